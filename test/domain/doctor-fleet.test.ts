import { describe, expect, it } from "vitest";
import { checkModeFindings } from "../../src/domain/doctor-check-mode.ts";
import type { NodeFacts } from "../../src/domain/doctor-facts.ts";
import { fleetFindings } from "../../src/domain/doctor-fleet.ts";
import type { FleetCheck } from "../../src/domain/inventory.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { factsOf, failureOf, fleet, pageOf, pageRows, said } from "../support/doctor-facts.ts";
import { aRow } from "../support/fleet-view.ts";
import { rowsOf, type Said } from "../support/scene.ts";

const nowMs = 3_000;
const [one, two] = fleet.nodes;
const closed = (version: string) =>
  ({ kind: "closed", process: { version, nodeName: undefined, startedAtSeconds: 1 } }) as const;

/** What is said of the first node; the second one is well. */
function find(part: Partial<NodeFacts>, check: Parameters<typeof said>[1]): readonly string[] {
  const all = [factsOf({ ...part, node: one as NodeFacts["node"] }), factsOf({ node: two as NodeFacts["node"] })];
  return said(fleetFindings(fleet, all, nowMs).get(one?.name ?? "") ?? [], check);
}

describe("fleetFindings", () => {
  it("has a good word for each check when all is well", () => {
    expect(["skew", "backend", "servers", "masters"].map((check) => find({}, check as "skew"))).toEqual([
      ["ok: the version that most nodes run"],
      ["ok: backend k8s-de1-kube-api is there"],
      ["ok: one server line for every master, and no other"],
      ["ok: every master is usable"],
    ]);
  });

  it("tells with the words of status what differs from the fleet file", () => {
    const rows = [
      ...rowsOf(fleet, (master) => (master === 3 ? undefined : { sessions: 0 })),
      aRow({ proxy: fleet.backend, name: "old-master", sessions: 0 }),
    ];
    expect(find({ page: pageOf(rows) }, "servers")).toEqual([
      expect.stringMatching(/^warning: .*master-3/),
      expect.stringMatching(/^warning: server line old-master in k8s-de1-kube-api on node01 is no master/),
    ]);
  });

  it("finds a backend that is not there, and the masters in another", () => {
    const other = [
      ...rowsOf(fleet, () => ({ sessions: 0 }), "other"),
      aRow({ proxy: "other", name: "BACKEND", type: "backend" }),
    ];
    expect(find({ page: pageOf(other) }, "backend")[0]).toMatch(
      /^warning: no backend k8s-de1-kube-api on node01; the masters stand in other there/,
    );
    const empty = [aRow({ proxy: "stats", name: "BACKEND", type: "backend" })];
    expect(find({ page: pageOf(empty) }, "backend")).toEqual(["critical: no backend k8s-de1-kube-api"]);
  });

  it("finds a node without a usable master critical, and masters out of service by order worth a note", () => {
    const down = rowsOf(fleet, () => "DOWN");
    expect(find({ page: pageOf(down) }, "masters")[0]).toMatch(/^critical: node01 has no usable master/);
    const drained = rowsOf(fleet, (master) => (master === 2 ? "DRAIN" : { sessions: 0 }));
    const both = fleet.nodes.map((node) => factsOf({ node, page: pageOf(drained) }));
    expect(said(fleetFindings(fleet, both, nowMs).get("node01") ?? [], "masters")).toEqual([
      "note: by order, it seems: master-2 drain",
    ]);
  });

  it("tells other versions than those of the other nodes", () => {
    const all = fleet.nodes.map((node, i) => factsOf({ node, metrics: closed(i === 0 ? "3.2.4" : "2.6.12") }));
    const findings = fleetFindings(fleet, all, nowMs);
    expect(said(findings.get("node01") ?? [], "skew")).toEqual(["ok: the version that most nodes run"]);
    expect(said(findings.get("node02") ?? [], "skew")).toEqual([
      "warning: HAProxy is 3.2.4 on node01, but 2.6.12 on node02",
    ]);
  });

  it("notes a HAProxy that was replaced between two looks", () => {
    const before = pageOf(pageRows({ sessions: 2, sessionsTotal: 90 }));
    const later = pageOf(pageRows({ sessions: 2, sessionsTotal: 2 }), 2_200);
    expect(find({ page: before, later }, "masters")).toEqual(["note: HAProxy restarted on node01 0s ago"]);
  });

  it("takes the rows that ssh brought where the port is closed, and says nothing of a page that nobody saw", () => {
    const connected = { ok: false, failure: failureOf("timeout", "no connection in time") } as const;
    expect(find({ connected, page: undefined }, "servers")).toEqual([
      "ok: one server line for every master, and no other",
    ]);
    const silent = { connected, page: undefined, ssh: undefined } as const;
    expect(find(silent, "servers")).toEqual(["skipped: not asked, as the stats port cannot be connected"]);
  });
});

describe("checkModeFindings", () => {
  const expecting = (expected: FleetCheck["expect"]) => ({ ...fleet, check: { ...fleet.check, expect: expected } });
  const answering = (say: (master: number) => Said) => factsOf({ page: pageOf(rowsOf(fleet, say)) });
  const all = (code: number): NodeFacts =>
    answering(() => ({ sessions: 0, checkStatus: "L7OK", checkCode: code }) satisfies Partial<StatsRow>);
  const mixed = answering((master) => ({ sessions: 0, checkStatus: "L7OK", checkCode: master === 1 ? 200 : 401 }));

  it.each<[string, NodeFacts, FleetCheck["expect"], string]>([
    ["weak, as the sample", all(401), 401, "note: weak: master-1, master-2, master-3 answer 401"],
    ["weak against the fleet file", all(401), 200, "warning: weak: master-1, master-2, master-3 answer 401"],
    ["ready", all(200), 200, "ok: ready: master-1, master-2, master-3 answer 200"],
    ["ready before the fleet file", all(200), 401, "note: ready: master-1, master-2, master-3 answer 200, better"],
    ["through with the change-over", all(200), "migrate", "note: ready: master-1, master-2, master-3 answer 200: the"],
    ["mixed by accident", mixed, 401, "warning: mixed: master-1 answers 200, master-2, master-3 answer 401, and"],
    ["weak, before the masters change", all(401), "migrate", "but no readiness; the change-over is under way"],
    ["mixed on purpose", mixed, "migrate", "note: mixed: master-1 answers 200, master-2, master-3 answer 401; the"],
  ])("finds checks that are %s", (_, facts, expected, text) => {
    expect(said(checkModeFindings(facts, expecting(expected), nowMs), "check")).toEqual([
      expect.stringContaining(text),
    ]);
  });

  it("gives the lines of both sides, and the order that loses no master", () => {
    const [{ fix = "" } = { fix: "" }] = checkModeFindings(all(401), fleet, nowMs);
    expect(fix).toContain("`http-check expect status 200,401`");
    expect(fix).toContain('`kube-apiserver-arg: ["anonymous-auth=true"]`');
    expect(fix.indexOf("status 200,401")).toBeLessThan(fix.indexOf("expect status 200`"));
  });

  it("warns of a check that asks no HTTP", () => {
    const facts = answering(() => ({ sessions: 0, checkStatus: "L6OK", checkCode: undefined }));
    expect(said(checkModeFindings(facts, fleet, nowMs), "check")).toEqual([
      "warning: the check of master-1, master-2, master-3 asks no HTTP, so it proves a listener and no more",
    ]);
  });

  it("takes the code of a check that was under way from the other look", () => {
    const running = rowsOf(fleet, () => ({ checkStatus: "L7OK", checkCode: undefined, checkRunning: true }));
    const page = pageOf(rowsOf(fleet, () => ({ checkStatus: "L7OK", checkCode: 200 })));
    const facts = factsOf({ page, later: pageOf(running, 2_200) });
    expect(said(checkModeFindings(facts, expecting(200), nowMs), "check")[0]).toMatch(/^ok: ready/);
  });

  it("says nothing of masters that are not there, or were not seen", () => {
    expect(said(checkModeFindings(factsOf({ page: pageOf([]) }), fleet, nowMs), "check")).toEqual([
      "skipped: no master stands in the backend",
    ]);
    const failure = failureOf("not-stats", "an empty answer", 200);
    const blind = factsOf({ page: { ok: false, failure }, ssh: undefined });
    expect(said(checkModeFindings(blind, fleet, nowMs), "check")).toEqual(["skipped: not seen, as no page came back"]);
  });
});
