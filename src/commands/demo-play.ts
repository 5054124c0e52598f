import { demoInventory } from "../demo/demo-fleet-file.ts";
import { type DemoOptions, openDemo } from "../demo/open-demo.ts";
import { hasScreen, type Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";

// The password goes the way every password goes, by a name in the environment, and here only this process sees it.
const passwordVariable = "K3S_LB_DEMO_PASSWORD";

/**
 * `demo` as such: the dashboard on an embedded fleet, or without a terminal one `status` of it; with --plain the dashboard
 * as lines, wherever they go.
 * Shape: resolves to the exit code of what ran. The fleet ends with it.
 */
export async function playDemo(
  shell: Shell,
  options: DemoOptions,
  flags: Pick<TopFlags, "color" | "mouse" | "plain" | "theme">,
): Promise<number> {
  const demo = await openDemo(options, () => undefined);
  try {
    const inside: Shell = { ...shell, env: { ...shell.env, [passwordVariable]: demo.password } };
    const fleet = demoInventory(demo.fleet, demo.endpoints, { kind: "env", name: passwordVariable });
    if (hasScreen(shell) || flags.plain === true) {
      const { runTop } = await import("./top.ts");
      return await runTop(inside, fleet, flags);
    }
    const { runStatus } = await import("./status.ts");
    return await runStatus(inside, fleet, flags);
  } finally {
    await demo.close();
  }
}
