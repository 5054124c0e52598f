import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { haproxyFixes } from "../../src/domain/haproxy-fixes.ts";
import { generateHaproxy } from "../../src/generate/haproxy.ts";
import { anyInput, hashesFor } from "../support/any-input.ts";
import { makeCertificate } from "../support/certificates.ts";
import { type InputParts, inputOf } from "../support/generate-input.ts";
import { checkConfig, haproxies } from "../support/haproxy-check.ts";
import { skipsRealHaproxy } from "../support/real-haproxy.ts";

const isSkipped = skipsRealHaproxy();
const folder = mkdtempSync(join(tmpdir(), "k3s-lb-accepted-"));
const { certFile, keyFile } = makeCertificate(folder, "lb");
const pems = { ca: certFile, pair: join(folder, "pair.pem") };
writeFileSync(pems.pair, readFileSync(certFile, "utf8") + readFileSync(keyFile, "utf8"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const passwords = { K3S_LB_STATS_PASSWORD: 'it\'s "$HOME" #1', K3S_LB_ADMIN_PASSWORD: "x" };
const sound = { code: 0, complaints: [] };

/** Sections alone, as they would stand in somebody's file; that one's global names a file for the state. */
function textOf(parts: InputParts): string {
  const text = generateHaproxy(inputOf(parts))[0]?.text ?? "";
  return parts.sectionsOnly === true
    ? `global\n  log /dev/log local0\n  server-state-file ${folder}/state\ndefaults\n  log global\n\n${text}`
    : text;
}

describe.skipIf(isSkipped).each(haproxies)("haproxy $version", ({ path, version }) => {
  const verdict = (parts: InputParts) => checkConfig(path, textOf(parts), passwords);

  it("accepts what is made of any valid fleet file, without a warning", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyInput(pems), fc.constantFrom("2.4", version), (parts, wanted) => {
        expect(verdict({ ...parts, version: wanted })).toEqual(sound);
      }),
      { numRuns: 40 },
    );
  });

  it.each(haproxyFixes)("accepts it without $id, and with that alone", ({ id }) => {
    const others = haproxyFixes.map((fix) => fix.id).filter((other) => other !== id);
    const masters = [
      { name: "m1", address: "localhost:6443" },
      { name: "m2", address: "[fd00::2]:6443" },
    ];
    for (const without of [[id], others]) {
      expect(verdict({ haproxy: { without }, fleet: { masters }, version })).toEqual(sound);
    }
  });

  it.each([
    ["401 without a certificate of anybody", { expect: 401 }],
    ["200", { expect: 200 }],
    ["both while changing over, with the authority", { expect: "migrate", ca: pems.ca }],
    ["200 with a client certificate", { expect: 200, cert: pems.pair }],
    ["200 with a client certificate and the authority", { expect: 200, cert: pems.pair, ca: pems.ca }],
  ] as const)("accepts the check for %s", (_, check) => {
    expect(verdict({ check, version })).toEqual(sound);
    expect(verdict({ check, version, sectionsOnly: true, secrets: hashesFor("admin") })).toEqual(sound);
  });

  it("starts with a name that does not resolve, and tells of it", () => {
    const masters = [{ name: "m1", address: "no-such-host.invalid:6443" }];
    const { code, complaints } = verdict({ fleet: { masters }, version });
    expect(code).toBe(0);
    expect(complaints.filter((line) => !line.includes("could not resolve address"))).toEqual([]);
  });

  it.each([false, true])(
    "does not start where the password's variable is not set (sections only: %s)",
    (sectionsOnly) => {
      const text = textOf({ version, sectionsOnly });
      const { code, complaints } = checkConfig(path, text, {});
      expect(code).toBe(1);
      expect(complaints.join("\n")).toContain("K3S_LB_STATS_PASSWORD is not set: put it into /etc/default/haproxy");
    },
  );
});
