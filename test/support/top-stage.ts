import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { demoFleetFile } from "../../src/demo/demo-fleet-file.ts";
import { type OpenDemo, openDemo } from "../../src/demo/open-demo.ts";
import { openShell, type PtyShell } from "./pty-shell.ts";

/** An embedded fleet, and a folder with a fleet file for it and a ledger; all of it goes when the test ends. */
export type TopStage = {
  readonly demo: OpenDemo;
  readonly folder: string;
  readonly config: string;
  /** `top` on the whole fleet, with its data on the screen. */
  openTop(columns?: number, rows?: number): Promise<PtyShell>;
  /** What the nodes' own pages say of a master, node by node. */
  statesOf(master: string): Promise<readonly string[]>;
};

export async function setTopStage(nodes = 6): Promise<TopStage> {
  const options = { nodes, masters: 3, version: "2.6.12", seed: 1, speed: 1, hasIncident: false } as const;
  const demo = await openDemo({ ...options, isConsoleLocal: true }, () => undefined);
  onTestFinished(() => demo.close());
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-stage-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const config = join(folder, "fleet.yaml");
  const password = join(folder, "password");
  await writeFile(password, demo.password, { mode: 0o600 });
  await writeFile(config, demoFleetFile(demo.fleet, demo.endpoints, password));
  return {
    demo,
    folder,
    config,
    async openTop(columns = 80, rows = 24) {
      const shell = openShell({ columns, rows, env: { XDG_STATE_HOME: folder } });
      shell.run(`--config ${config} top`);
      await shell.sees(`${nodes}/${nodes} fresh`);
      return shell;
    },
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
  };
}

/** All that must be true after `top` was left, by whatever way. */
export async function isRestored(shell: PtyShell, exitCode = 0): Promise<void> {
  await shell.sees(`exit-${exitCode} tty-same`);
  if (shell.isAlternate() || !shell.isCursorShown())
    throw new Error(`the terminal is not as it was\n${shell.screen()}`);
}
