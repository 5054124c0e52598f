import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import type { OpenDemo } from "../../src/demo/open-demo.ts";
import { openDemoStage } from "./demo-stage.ts";
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
  const stage = await openDemoStage(nodes);
  const { demo } = stage;
  onTestFinished(() => stage.close());
  return {
    demo,
    dies: (master) => demo.fleet.answer(master, { kind: "refuse" }),
    recovers: (master) => demo.fleet.answer(master, statusAnswer(401)),
    async config(more = "") {
      const path = join(await tempDir(), "fleet.yaml");
      await writeFile(path, (await readFile(stage.config, "utf8")) + more);
      return path;
    },
  };
}
