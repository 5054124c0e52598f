import { onTestFinished } from "vitest";
import { type DemoStage, openDemoStage } from "./demo-stage.ts";
import { openShell, type PtyShell } from "./pty-shell.ts";

/** A stage with a ledger of its own in its folder; all of it goes when the test ends. */
export type TopStage = DemoStage & {
  /** `top` on the whole fleet, with its data on the screen. */
  openTop(columns?: number, rows?: number): Promise<PtyShell>;
};

export async function setTopStage(nodes = 6): Promise<TopStage> {
  const stage = await openDemoStage(nodes);
  onTestFinished(() => stage.close());
  return {
    ...stage,
    async openTop(columns = 80, rows = 24) {
      const shell = openShell({ columns, rows, env: { XDG_STATE_HOME: stage.folder } });
      shell.run(`--config ${stage.config} top`);
      await shell.sees(`${nodes}/${nodes} fresh`);
      return shell;
    },
  };
}

/** All that must be true after `top` was left, by whatever way. */
export async function isRestored(shell: PtyShell, exitCode = 0): Promise<void> {
  await shell.sees(`exit-${exitCode} tty-same`);
  if (shell.isAlternate() || !shell.isCursorShown() || shell.mouse() !== "none")
    throw new Error(`the terminal is not as it was\n${shell.screen()}`);
}
