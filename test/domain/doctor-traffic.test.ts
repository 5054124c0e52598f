import { describe, expect, it } from "vitest";
import type { NodeFacts } from "../../src/domain/doctor-facts.ts";
import { trafficFindings, wantsSecondLook } from "../../src/domain/doctor-traffic.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { factsOf, fleet, pageOf, said } from "../support/doctor-facts.ts";
import { aRow } from "../support/fleet-view.ts";

const server = (part: Partial<StatsRow>) => [aRow({ proxy: fleet.backend, name: "master-1", ...part })];

function contstats(before: Partial<StatsRow>, after?: Partial<StatsRow>): string {
  const part: Partial<NodeFacts> = {
    page: pageOf(server(before)),
    later: after === undefined ? undefined : pageOf(server({ ...before, ...after }), 2_200),
  };
  return said(trafficFindings(factsOf(part), fleet.backend), "contstats").join();
}

describe("trafficFindings", () => {
  it("sees contstats where bytes grow though no session has ended", () => {
    expect(contstats({ sessions: 2, bytesOut: 5 }, { bytesOut: 9 })).toBe("ok: bytes are counted while sessions run");
  });

  it("does not take the bytes of a session that has ended for that", () => {
    const after = { sessions: 1, bytesOut: 9 };
    expect(contstats({ sessions: 2, bytesOut: 5 }, after)).toBe(
      "skipped: not to be seen in a second with so few sessions open",
    );
  });

  it("misses it where old sessions are not counted at all", () => {
    const old = { sessions: 3, sessionsTotal: 3, lastSessionSeconds: 60, bytesIn: 0, bytesOut: 0 };
    expect(contstats(old)).toContain("note: sessions are open for seconds and not a byte of them is counted");
    expect(contstats({ ...old, lastSessionSeconds: 2 }, {})).toContain("skipped: not to be seen in a second");
  });

  it("misses it where many sessions are open and nothing moves", () => {
    expect(contstats({ sessions: 30 }, {})).toContain("note: 30 sessions are open and not a byte was counted");
  });

  it("says that it cannot tell without sessions, or across a restart", () => {
    expect(contstats({ sessions: 0 })).toBe("skipped: not to be seen while no session is open");
    expect(contstats({ sessions: 30 }, { sessionsTotal: 1 })).toContain("skipped: not to be seen in one look");
  });

  it("says that no page shows timeouts, and what does", () => {
    expect(trafficFindings(factsOf(), fleet.backend).at(-1)).toEqual({
      check: "timeouts",
      verdict: "skipped",
      text: "no page of HAProxy shows its timeouts",
      fix: "Let k3s-lb read that node's file: k3s-lb lint /etc/haproxy/haproxy.cfg.",
    });
  });
});

describe("wantsSecondLook", () => {
  it.each([
    [{ sessions: 0 }, false],
    [{ sessions: 1 }, true],
    [{ sessions: 0, checkRunning: true }, true],
    [{ sessions: 5, proxy: "another" }, false],
  ])("at %j: %s", (part, wants) => {
    expect(wantsSecondLook(server(part), fleet.backend)).toBe(wants);
  });
});
