import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoFleetFile } from "../../src/demo/demo-fleet-file.ts";
import { type OpenDemo, openDemo } from "../../src/demo/open-demo.ts";

/** An embedded fleet of three masters that nothing befalls by itself, and a folder with a fleet file for it. */
export type DemoStage = {
  readonly demo: OpenDemo;
  readonly folder: string;
  readonly config: string;
  /** What the nodes' own pages say of a master, node by node. */
  statesOf(master: string): Promise<readonly string[]>;
  close(): Promise<void>;
};

export async function openDemoStage(nodes = 6): Promise<DemoStage> {
  const options = { nodes, masters: 3, version: "2.6.12", seed: 1, speed: 1, hasIncident: false } as const;
  const demo = await openDemo({ ...options, isConsoleLocal: true }, () => undefined);
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-stage-"));
  const config = join(folder, "fleet.yaml");
  const password = join(folder, "password");
  await writeFile(password, demo.password, { mode: 0o600 });
  await writeFile(config, demoFleetFile(demo.fleet, demo.endpoints, password));
  return {
    demo,
    folder,
    config,
    statesOf(master) {
      const authorization = `Basic ${Buffer.from(`admin:${demo.password}`).toString("base64")}`;
      return Promise.all(
        demo.endpoints.map(async ({ address, port }) => {
          const answer = await fetch(`http://${address}:${port}/;csv`, { headers: { authorization } });
          const row = (await answer.text()).split("\n").find((line) => line.includes(`,${master},`));
          return row?.split(",")[17] ?? "absent";
        }),
      );
    },
    async close() {
      await demo.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
