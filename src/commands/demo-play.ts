import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoInventory } from "../demo/demo-fleet-file.ts";
import { type DemoOptions, openDemo } from "../demo/open-demo.ts";
import { hasScreen, type Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";

// The password goes the way every password goes, by a name in the environment, and here only this process sees it.
const passwordVariable = "K3S_LB_DEMO_PASSWORD";

/**
 * `demo` as such: the dashboard on an embedded fleet, or without a terminal one `status` of it; with --plain the dashboard
 * as lines, wherever they go.
 * Shape: resolves to the exit code of what ran. The fleet ends with it, and with the fleet what was remembered of it: a
 * fleet that is new each time must not drift from the ledger of the one before, nor write into that of a real cluster.
 */
export async function playDemo(
  shell: Shell,
  options: DemoOptions,
  flags: Pick<TopFlags, "ascii" | "color" | "mouse" | "plain" | "theme">,
): Promise<number> {
  const demo = await openDemo(options, () => undefined);
  const state = await mkdtemp(join(tmpdir(), "k3s-lb-demo-"));
  try {
    const own = { [passwordVariable]: demo.password, XDG_STATE_HOME: state };
    const inside: Shell = { ...shell, env: { ...shell.env, ...own } };
    const fleet = demoInventory(demo.fleet, demo.endpoints, { kind: "env", name: passwordVariable });
    if (hasScreen(shell) || flags.plain === true) {
      const { runTop } = await import("./top.ts");
      return await runTop(inside, fleet, flags);
    }
    const { runStatus } = await import("./status.ts");
    return await runStatus(inside, fleet, flags);
  } finally {
    await demo.close();
    await forget(state);
  }
}

/** A recording that found no other place stays: the screen has said where it is. */
async function forget(state: string): Promise<void> {
  const names = await readdir(state, { recursive: true });
  if (!names.some((name) => name.endsWith(".gz"))) await rm(state, { recursive: true, force: true });
}
