import { describe, expect, it } from "vitest";
import { describeFailure } from "../../src/domain/describe-failure.ts";
import { type FailureKind, failureDetails, notStatsFailure, type PollFailure } from "../../src/domain/failure.ts";
import type { FleetNode, StatsEndpoint } from "../../src/domain/inventory.ts";
import { fleetOf } from "../support/fleet.ts";

const [plain] = fleetOf({ nodes: 1 }).nodes;
if (plain === undefined) throw new Error("a fleet without nodes");

const nodeWith = (stats: Partial<StatsEndpoint>, part: Partial<FleetNode> = {}): FleetNode => ({
  ...plain,
  address: "10.8.0.11",
  ...part,
  stats: { ...plain.stats, port: 1936, path: "/", username: "admin", password: undefined, ...stats },
});
const failure = (kind: FailureKind, detail: string, statusCode?: number): PollFailure => ({ kind, detail, statusCode });
const say = (of: PollFailure, node: FleetNode = nodeWith({})) => describeFailure(of, node);
const secret = { kind: "literal", value: "hunter2" } as const;
const tls = { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure: false };

describe("describeFailure", () => {
  it("tells a closed port from a host that is away", () => {
    expect(say(failure("unreachable", failureDetails.refused))).toEqual({
      text: "Cannot connect to 10.8.0.11:1936: connection refused.",
      hint: "The node answers, but nothing listens on port 1936: is haproxy running there (systemctl status haproxy), and is `stats.port` right?",
    });
    expect(say(failure("unreachable", failureDetails.noRoute)).hint).toContain("VPN");
  });

  it("tells a missing password from a wrong one, and never shows it", () => {
    expect(say(failure("unauthorized", "401", 401)).text).toBe(
      "10.8.0.11:1936 wants a password, and none is configured.",
    );
    const wrong = say(failure("unauthorized", "401", 401), nodeWith({ password: secret }));
    expect(wrong.text).toBe("10.8.0.11:1936 refuses user admin or the password.");
    expect(JSON.stringify(wrong)).not.toContain(secret.value);
  });

  it("tells no connection in time from no answer in time", () => {
    const [connect, answer] = [failureDetails.connectTimeout, failureDetails.answerTimeout].map((detail) =>
      say(failure("timeout", detail)),
    );
    expect(connect?.text).toMatch(/^10\.8\.0\.11:1936: no connection in time \(\d+ ms\)\.$/);
    expect(connect?.hint).toContain("firewall");
    expect(answer?.hint).toContain("poll.timeout");
  });

  it("names the setting that a certificate asks for", () => {
    const node = nodeWith({ tls });
    expect(say(failure("tls", failureDetails.otherName), node).hint).toContain("asked was 10.8.0.11");
    expect(say(failure("tls", failureDetails.selfSigned), node).hint).toContain("stats.tls.ca");
    expect(say(failure("tls", failureDetails.speaksTls)).hint).toContain("Add `stats.tls`");
  });

  it("puts IPv6 into brackets", () => {
    const node = nodeWith({}, { address: "fd00::1" });
    expect(say(failure("unreachable", failureDetails.refused), node).text).toContain("[fd00::1]:1936");
  });

  it.each([
    [failure("http-status", "answers 302 (to login.example)", 302), "stats.path"],
    [failure("http-status", "answers 503", 503), "stats uri"],
    [notStatsFailure("html"), "stats page"],
    [notStatsFailure("no-rows"), "stats scope"],
    [failure("dns", failureDetails.nameNotFound), "address"],
    [failure("too-large", failureDetails.tooLarge), "stats.port"],
    [failure("forbidden", "403", 403), "ACL"],
  ])("says what to do about %o", (of, word) => {
    const { text, hint } = say(of);
    expect(text).toMatch(/^[A-Z0-9].*\.$/);
    expect(hint).toContain(word);
  });

  it("has one line of text and one of hint for every kind and detail", () => {
    const kinds: readonly FailureKind[] = [
      "unreachable",
      "timeout",
      "dns",
      "tls",
      "too-large",
      "http-status",
      "not-stats",
    ];
    for (const kind of kinds) {
      for (const detail of Object.values(failureDetails)) {
        for (const node of [nodeWith({}), nodeWith({ tls, password: secret })]) {
          const { text, hint } = say(failure(kind, detail), node);
          expect(`${text}${hint}`).not.toMatch(/\n|undefined/);
          expect(hint.length).toBeGreaterThan(20);
        }
      }
    }
  });
});
