import { createPoller } from "../app/poller.ts";
import { createStore } from "../app/store.ts";
import { createAssessor } from "../domain/assess.ts";
import type { Fleet } from "../domain/inventory.ts";
import { systemClock } from "../io/clock.ts";
import { createNodeReader } from "../io/node-reader.ts";
import type { Ending, Terminal } from "../io/terminal.ts";
import { openSecrets } from "./open-secrets.ts";
import type { Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";
import { lookOf } from "./top-look.ts";
import { fleetOf, parallelOf } from "./top-options.ts";

/** Polls, and draws what is known, until the viewer leaves or the terminal does. Resolves to the exit code. */
export async function runConsole(shell: Shell, whole: Fleet, flags: TopFlags, terminal: Terminal): Promise<number> {
  const fleet = fleetOf(whole, flags);
  const clock = systemClock;
  const asksAtTerminal = fleet.nodes.some(({ stats }) => stats.password?.kind === "command");
  const secrets = asksAtTerminal
    ? await terminal.lend(() => openSecrets(shell, fleet.nodes))
    : await openSecrets(shell, fleet.nodes);
  const reader = await createNodeReader({ nodes: fleet.nodes, secrets });
  const store = createStore();
  const poller = createPoller({ nodes: fleet.nodes, reader, clock, store, parallel: parallelOf(flags) });
  const assess = createAssessor(fleet);
  const alone = flags.backend !== undefined;
  let intervalMs: number | undefined;
  poller.start();
  try {
    const { startScreen } = await import("../ui/start-screen.ts");
    const ending = await startScreen({
      fleet,
      clock,
      look: lookOf(shell, flags),
      read: (nowMs) => assess(store.records, nowMs, { alone, intervalMs }),
      watch: store.subscribe,
      poller: {
        ...poller,
        setIntervalMs(next) {
          intervalMs = next;
          poller.setIntervalMs(next);
        },
      },
      terminal,
      operations: undefined,
      stdin: shell.stdin,
      stdout: shell.stdout,
    });
    terminal.leave();
    return exitCode(ending);
  } finally {
    terminal.leave();
    poller.stop();
    await reader.close();
  }
}

/** A viewer who leaves has succeeded, by whatever key; a signal that ends the program shows as it does for others. */
function exitCode(ending: Ending): number {
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
