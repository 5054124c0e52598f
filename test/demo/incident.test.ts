import { describe, expect, it } from "vitest";
import { DemoFleet } from "../../src/demo/demo-fleet.ts";
import { Incident, incidentSteps, roundMs } from "../../src/demo/incident.ts";
import { statusText } from "../../src/demo/status-text.ts";

describe("Incident", () => {
  it("leaves the fleet healthy for the first five seconds, however old its processes are", () => {
    const play = start(12);
    expect(play.at(4.9)).toEqual([]);
    expect(play.everywhere(1)).toEqual(["UP"]);
    expect(play.everywhere(2)).toEqual(["UP"]);
    expect(play.everywhere(3)).toEqual(["UP"]);
  });

  it("lets the last master answer 500 and die: down on every node, its sessions held and then lost", () => {
    const play = start(12);
    play.at(4);
    const held = play.sessions(3);
    expect(held).toBeGreaterThanOrEqual(12);
    expect(play.at(8.5)).toEqual(["master-ill"]);
    expect(play.everywhere(3)).toEqual(["DOWN"]);
    expect(play.lastChecks(3)).toEqual(["L7STS etcdserver: leader changed"]);
    expect(play.sessions(3)).toBeGreaterThan(0);
    expect(play.at(16)).toEqual(["master-dead"]);
    expect(play.lastChecks(3)).toEqual(["L4CON Connection refused"]);
    expect(play.sessions(3)).toBe(0);
  });

  it("brings it back within three seconds", () => {
    const play = start(12);
    expect(play.at(25.5)).toEqual(["master-ill", "master-dead", "master-back"]);
    expect(play.everywhere(3)).toEqual(["UP"]);
  });

  it("cuts one site from the first master and no other, and keeps what sessions it had", () => {
    const play = start(12);
    play.at(29);
    const held = play.sessions(1, "b");
    expect(play.at(36).at(-1)).toBe("path-cut");
    expect(play.everywhere(1, "b")).toEqual(["DOWN"]);
    expect(play.everywhere(1, "a")).toEqual(["UP"]);
    expect(play.everywhere(1, "c")).toEqual(["UP"]);
    expect(play.sessions(1, "b")).toBe(held);
    expect(held).toBeGreaterThan(0);
    expect(play.at(48).at(-1)).toBe("path-healed");
    expect(play.everywhere(1)).toEqual(["UP"]);
  });

  it("drains the second master everywhere, and then one node restarts and forgets", () => {
    const play = start(12);
    expect(play.at(51).at(-1)).toBe("drained");
    expect(play.everywhere(2)).toEqual(["DRAIN"]);
    expect(play.sessions(2)).toBeGreaterThan(0);
    expect(play.at(62)).toEqual(["node-restarted"]);
    expect(play.nodesWhere(2, "UP")).toEqual(["node04"]);
    expect(play.nodesWhere(2, "DRAIN")).toHaveLength(11);
  });

  it("loses two nodes in two ways and finds them again", () => {
    const play = start(12);
    play.at(67);
    expect(play.unreachable()).toEqual(["node07 closed", "node10 silent"]);
    play.at(79);
    expect(play.unreachable()).toEqual([]);
  });

  it("closes the drained master's sessions, puts it back, and begins again from a healthy fleet", () => {
    const play = start(12);
    play.at(84);
    expect(play.nodesWhere(2, "DRAIN").length).toBe(11);
    expect(play.drainedSessions()).toBe(0);
    play.at(95);
    for (const master of [1, 2, 3] as const) expect(play.everywhere(master)).toEqual(["UP"]);
    expect(play.at(roundMs / 1000 + 6)).toEqual(["master-ill"]);
  });

  it("plays faster without checks that run faster", () => {
    const play = start(12, 10);
    expect(play.at(0.6)).toEqual(["master-ill"]);
    expect(play.everywhere(3)).not.toContain("DOWN");
  });

  it.each([
    [1, 1],
    [1, 3],
    [2, 2],
    [200, 3],
  ])("plays a whole round on %i nodes and %i masters", (nodes, masters) => {
    const play = start(nodes, 1, masters);
    const scenes = play.at(roundMs / 1000);
    expect(scenes).toEqual(incidentSteps(play.fleet).map((step) => step.scene));
    expect(scenes.includes("drained")).toBe(masters > 1);
  });
});

type Master = 1 | 2 | 3;

/** Plays on a fleet that has been up for an hour; `at` goes to that second and tells the scenes since the last call. */
function start(nodes: number, speed = 1, masters = 3) {
  const beginMs = 1_800_000_000_000;
  let nowMs = beginMs;
  const fleet = new DemoFleet(
    { nodes, masters, version: "2.6.12", seed: 5, uptimeMs: 3_600_000 },
    { now: () => nowMs },
  );
  const incident = new Incident(fleet, speed);
  const lines = (master: Master, site?: string) =>
    fleet.nodes
      .filter((node) => site === undefined || node.site === site)
      .flatMap((node) => {
        const line = fleet.visit(node).sessions.lines[master - 1];
        return line === undefined ? [] : [{ node, ...line }];
      });
  return {
    fleet,
    at(second: number): readonly string[] {
      const scenes: string[] = [];
      while (nowMs < beginMs + second * 1000) {
        nowMs += 100;
        scenes.push(...incident.advance().map((step) => step.scene));
      }
      return scenes;
    },
    everywhere: (master: Master, site?: string) => [
      ...new Set(lines(master, site).map(({ server }) => statusText(server))),
    ],
    nodesWhere: (master: Master, text: string) =>
      lines(master)
        .filter(({ server }) => statusText(server) === text)
        .map(({ node }) => node.name),
    lastChecks: (master: Master) => [
      ...new Set(lines(master).map(({ server }) => `${server.last?.status} ${server.last?.text}`)),
    ],
    sessions: (master: Master, site?: string) =>
      lines(master, site).reduce((sum, { counters }) => sum + counters.current, 0),
    drainedSessions: () =>
      lines(2)
        .filter(({ server }) => server.drained)
        .reduce((sum, { counters }) => sum + counters.current, 0),
    unreachable: () =>
      fleet.nodes.filter((node) => node.reachability !== "open").map((node) => `${node.name} ${node.reachability}`),
  };
}
