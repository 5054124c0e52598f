import { DemoFleet, type DemoFleetSettings, type DemoNode } from "../../src/demo/demo-fleet.ts";
import type { EmbeddedHaproxy } from "../../src/demo/embedded-haproxy.ts";
import { createStatsAnswerer } from "../../src/demo/stats-answer.ts";

/** An embedded fleet whose time a test turns, and its pages without a socket. */
export type World = {
  readonly fleet: DemoFleet;
  readonly node: DemoNode;
  pass(ms: number): void;
  /** Turns time in small steps until the node's process is as wanted; fails after a minute of its time. */
  until(isSo: (haproxy: EmbeddedHaproxy) => boolean): void;
  page(uri: string, node?: DemoNode): string;
  post(body: string): string;
};

const stepMs = 50;

export function createWorld(settings: Partial<DemoFleetSettings> = {}): World {
  let nowMs = 1_800_000_000_000;
  const fleet = new DemoFleet(
    { nodes: 1, masters: 3, version: "2.6.12", seed: 7, uptimeMs: 0, ...settings },
    { now: () => nowMs },
  );
  const [node] = fleet.nodes;
  if (node === undefined) throw new Error("a world needs a node");
  const answer = createStatsAnswerer();
  const request = {
    method: "GET",
    isHttp10: false,
    wantsClose: false,
    host: "127.0.0.1:1936",
    authorization: "Basic eA==",
    origin: undefined,
    referer: undefined,
    body: "",
  };
  const access = { authorization: "Basic eA==", isAdmin: true };
  return {
    fleet,
    node,
    pass(ms) {
      nowMs += ms;
    },
    until(isSo) {
      const endMs = nowMs + 60_000;
      while (!isSo(fleet.visit(node))) {
        if (nowMs > endMs) throw new Error("it did not come to that within a minute");
        nowMs += stepMs;
      }
    },
    page: (uri, of = node) => answer(fleet.visit(of), { ...request, uri }, access, nowMs).body,
    post(body) {
      const { head } = answer(fleet.visit(node), { ...request, method: "POST", uri: "/", body }, access, nowMs);
      return /;st=([A-Z]+)/.exec(head)?.[1] ?? head;
    },
  };
}
