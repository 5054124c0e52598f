import { describe, expect, it } from "vitest";
import { type AdminFlags, readAdminFlags } from "../../src/commands/admin-options.ts";
import type { AdminVerb } from "../../src/commands/admin-useless.ts";
import { UserError } from "../../src/domain/user-error.ts";

function read(verb: AdminVerb, flags: Partial<AdminFlags> = {}) {
  return readAdminFlags(verb, ["master-2"], { ledger: true, output: "table", color: true, ...flags });
}

function refusal(verb: AdminVerb, flags: Partial<AdminFlags>): string {
  try {
    read(verb, flags);
  } catch (error) {
    if (error instanceof UserError) return `${error.message} ${error.hint ?? ""}`.trim();
    throw error;
  }
  throw new Error("it was accepted");
}

describe("readAdminFlags", () => {
  it("asks nothing, waits for nothing and kills nothing unless told so", () => {
    expect(read("drain")).toMatchObject({
      action: "drain",
      yes: false,
      isDryRun: false,
      wait: undefined,
      kill: undefined,
      minHealthy: 1,
      forceLast: [],
      includeBlind: false,
      via: undefined,
      parallel: 64,
      hasLedger: true,
    });
  });

  it("reads durations, shares and numbers", () => {
    const options = read("drain", { for: "30m", kill: true, grace: "90s", batch: "10", pause: "1s", timeout: "2m" });
    expect(options).toMatchObject({
      forMs: 1_800_000,
      wait: { timeoutMs: 120_000 },
      kill: { graceMs: 90_000, batch: { kind: "count", nodes: 10 }, pauseMs: 1000 },
    });
    expect(read("kill-sessions")).toMatchObject({
      action: "shutdown",
      kill: { batch: { kind: "share", percent: 25 }, pauseMs: 5000 },
      wait: undefined,
    });
    expect(read("enable", { wait: true, stable: "3s" })).toMatchObject({ action: "ready", wait: { stableMs: 3000 } });
  });

  it("takes control characters out of a reason", () => {
    expect(read("drain", { reason: "kernel\u001b[2J\nupdate" }).reason).toBe("kernel[2J update");
    expect(refusal("drain", { reason: " " })).toContain("--reason");
  });

  it.each([
    [
      "drain",
      { grace: "60s" },
      "--grace is the time before --kill, which is not given. Add --kill, or leave --grace out.",
    ],
    ["enable", { stable: "10s" }, "--stable is for --wait, which is not given. Add --wait, or leave --stable out."],
    [
      "drain",
      { timeout: "5m" },
      "--timeout is for --wait, which is not given. Add --wait or --kill, or leave --timeout out.",
    ],
    ["enable", { timeout: "5m" }, "--timeout is for --wait, which is not given. Add --wait, or leave --timeout out."],
    [
      "enable",
      { for: "30m" },
      "--for says how long a master is to stay out of service; enable does not. Leave it out.",
    ],
    ["kill-sessions", { forceLast: ["master-2"] }, "--force-last passes the guard of masters"],
    ["enable", { minHealthy: "2" }, "--min-healthy guards masters"],
    [
      "drain",
      { wait: true, stable: "1s" },
      "--stable says how long a master that is enabled must stay UP; drain does not.",
    ],
    ["maint", { batch: "5" }, "--batch and --pause are about closing sessions. Add --kill"],
    ["drain", { kill: true, batch: "0%" }, '--batch: "0%" should be a share'],
    ["drain", { kill: true, batch: "some" }, '--batch: "some" should be a share'],
    ["drain", { minHealthy: "0" }, '--min-healthy: "0" should be a whole number from 1'],
    ["drain", { via: "sshh" }, '--via: there is no route "sshh"; did you mean "ssh"?'],
    ["drain", { output: "yaml" }, '--output: there is no format "yaml"'],
    ["drain", { for: "30" }, '--for: "30" should be a duration with its unit: 30s or 30ms.'],
  ] as const)("refuses %s with %j in words", (verb, flags, words) => {
    expect(refusal(verb, flags)).toContain(words);
  });
});
