import { describe, expect, it } from "vitest";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { nodesByFile } from "../../src/generate/same-file-nodes.ts";
import { fleetOf } from "../support/fleet.ts";

const base = fleetOf();
const [model] = base.nodes;

function named(name: string, stats: Partial<FleetNode["stats"]> = {}, socket = "/run/haproxy/admin.sock"): FleetNode {
  if (model === undefined) throw new Error("a fleet has nodes");
  return { ...model, name, stats: { ...model.stats, ...stats }, admin: { ...model.admin, socket } };
}

function groups(nodes: readonly FleetNode[], by: "listener" | "socket" = "listener", secrets: "env" | "hash" = "env") {
  return nodesByFile({ ...base, nodes }, by, secrets).map(({ suffix, names }) => [suffix, names]);
}

describe("nodesByFile", () => {
  it("gives one group without a suffix where nodes are alike", () => {
    expect(groups([named("n1"), named("n2")])).toEqual([["", "n[1-2]"]]);
  });

  it("tells apart what stands in the file, in the fleet's order", () => {
    const tls = { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure: false };
    const nodes = [
      named("n1"),
      named("n2", { port: 8404 }),
      named("n3"),
      named("n4", { tls }),
      named("n5", {}, "/run/x"),
    ];
    expect(groups(nodes)).toEqual([
      ["-n1", "n[1,3]"],
      ["-n2", "n2"],
      ["-n4", "n4"],
      ["-n5", "n5"],
    ]);
    expect(groups(nodes, "socket")).toEqual([
      ["-n1", "n[1-4]"],
      ["-n5", "n5"],
    ]);
  });

  it("tells passwords apart only where their hashes are written", () => {
    const nodes = [named("n1"), named("n2", { password: { kind: "env", name: "OTHER" } })];
    expect(groups(nodes)).toEqual([["", "n[1-2]"]]);
    expect(groups(nodes, "listener", "hash")).toHaveLength(2);
  });

  it("makes names for files of any names of nodes, and no two the same", () => {
    const nodes = [named("a/../b"), named("a b", { port: 1 }), named("a:b", { port: 2 })];
    expect(groups(nodes).map(([suffix]) => suffix)).toEqual(["-a_.._b", "-a_b", "-a_b-2"]);
  });
});
