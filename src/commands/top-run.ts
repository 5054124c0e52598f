import type { Fleet } from "../domain/inventory.ts";
import { keepHeapSmall } from "../io/small-heap.ts";
import type { Ending, Terminal } from "../io/terminal.ts";
import { sayWarnings } from "./fleet-option.ts";
import type { Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";
import { openTopCluster, type TopCluster } from "./top-cluster.ts";
import type { TopClusters } from "./top-clusters.ts";
import { openTopMemory } from "./top-memory.ts";
import type { TopSettings } from "./top-settings.ts";

/** Polls, and draws what is known, until the viewer leaves or the terminal does. Resolves to the exit code. */
export async function runConsole(
  shell: Shell,
  whole: Fleet,
  flags: TopFlags,
  terminal: Terminal,
  settings: TopSettings,
  clusters?: TopClusters,
): Promise<number> {
  const first = await openTopCluster(shell, whole, {
    ...{ flags, settings, lend: terminal.lend },
    scope: clusters?.known.find(({ name }) => name === clusters.first)?.scope,
  });
  keepHeapSmall();
  const opened: TopCluster[] = [first];
  let isLeft = false;
  const openOther = async (name: string) => {
    const { openOtherCluster } = await import("./top-clusters.ts");
    const other = await openOtherCluster(shell, clusters, name, { flags, settings });
    // Who leaves while one is being opened has left that one too.
    if (isLeft) await other.end();
    opened.push(other);
    return other.deps;
  };
  const memory = openTopMemory(shell);
  try {
    const { startScreen } = await import("../ui/start-screen.ts");
    const ending = await startScreen({
      ...first.deps,
      terminal,
      clusters: clusters && { ...clusters, open: openOther },
      mouse: flags.mouse ?? settings.mouse ?? false,
      memory,
      stdin: shell.stdin,
      stdout: shell.stdout,
    });
    terminal.leave();
    return exitCodeOf(ending);
  } finally {
    isLeft = true;
    terminal.leave();
    const said = await Promise.all(opened.map((cluster) => cluster.end()));
    sayWarnings(shell, [...said.flat(), ...(await memory.end())]);
  }
}

/** A viewer who leaves has succeeded, by whatever key; a signal that ends the program shows as it does for others. */
export function exitCodeOf(ending: Ending): number {
  switch (ending.kind) {
    case "interrupt":
      return 0;
    case "terminate":
      return 143;
    case "hangup":
      return 129;
    case "bug":
      throw ending.error;
  }
}
