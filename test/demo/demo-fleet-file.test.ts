import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DemoFleet } from "../../src/demo/demo-fleet.ts";
import { demoFleetFile, demoInventory } from "../../src/demo/demo-fleet-file.ts";
import { loopbackAddress, type NodeEndpoint } from "../../src/demo/serve-fleet.ts";
import { loadFleetFile } from "../../src/io/fleet-file.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("demoFleetFile", () => {
  it.each([
    ["one node", 1, "one port"],
    ["twelve nodes on one port", 12, "one port"],
    ["twelve nodes on ports of their own", 12, "ports"],
    ["more nodes than a network has addresses", 700, "one port"],
  ] as const)("describes %s as the fleet is", async (_, nodes, spread) => {
    const { fleet, endpoints } = place(nodes, spread);
    const folder = await tempDir();
    const [file, password] = [join(folder, "k3s-lb.yaml"), join(folder, "password")];
    await writeFile(file, demoFleetFile(fleet, endpoints, password));
    await writeFile(password, "secret\n", { mode: 0o600 });
    const loaded = await loadFleetFile({ env: {}, cwd: folder, config: file });
    expect(loaded.fleet).toEqual(demoInventory(fleet, endpoints, { kind: "file", path: password }));
    expect(loaded.warnings).toEqual([]);
  });

  it("stays short where neighbours share a site", () => {
    const { fleet, endpoints } = place(2000, "one port");
    expect(demoFleetFile(fleet, endpoints, "/password").split("\n").length).toBeLessThan(40);
  });
});

function place(nodes: number, spread: "one port" | "ports"): { fleet: DemoFleet; endpoints: readonly NodeEndpoint[] } {
  const fleet = new DemoFleet({ nodes, masters: 3, version: "2.6.12", seed: 1, uptimeMs: 0 }, { now: () => 1e12 });
  const endpoints = fleet.nodes.map((node, index) =>
    spread === "ports"
      ? { node, address: "127.0.0.1", port: 20_000 + index }
      : { node, address: loopbackAddress(index), port: 20_000 },
  );
  return { fleet, endpoints };
}
