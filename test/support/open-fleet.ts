import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { demoFleetFile } from "../../src/demo/demo-fleet-file.ts";
import { statusAnswer } from "../../src/demo/health-check.ts";
import { type OpenDemo, openDemo } from "../../src/demo/open-demo.ts";
import { tempDir } from "./temp-dir.ts";

/** An embedded fleet of three masters, up until a test makes a fault; it ends with the test. */
export type OpenFleet = {
  readonly demo: OpenDemo;
  dies(master: string): void;
  recovers(master: string): void;
  /** A fleet file with this text at its end, in a folder of its own. */
  config(more?: string): Promise<string>;
};

export async function openFleet(nodes: number): Promise<OpenFleet> {
  const options = { nodes, masters: 3, version: "2.6.12", seed: 1, speed: 1, hasIncident: false } as const;
  const demo = await openDemo({ ...options, isConsoleLocal: true }, () => undefined);
  onTestFinished(() => demo.close());
  return {
    demo,
    dies: (master) => demo.fleet.answer(master, { kind: "refuse" }),
    recovers: (master) => demo.fleet.answer(master, statusAnswer(401)),
    async config(more = "") {
      const folder = await tempDir();
      const password = join(folder, "password");
      const path = join(folder, "fleet.yaml");
      await writeFile(password, demo.password, { mode: 0o600 });
      await writeFile(path, demoFleetFile(demo.fleet, demo.endpoints, password));
      await appendFile(path, more);
      return path;
    },
  };
}
