import { createPoller } from "../app/poller.ts";
import { createStore } from "../app/store.ts";
import { createAssessor } from "../domain/assess.ts";
import type { Fleet } from "../domain/inventory.ts";
import { keepHeapSmall } from "../io/small-heap.ts";
import type { Ending, Terminal } from "../io/terminal.ts";
import { configFlag } from "./admin-scope.ts";
import { DEFAULT_PARALLEL, readParallel } from "./flag-values.ts";
import { sayWarnings } from "./fleet-option.ts";
import { openIntents, watchIntents } from "./open-ledger.ts";
import { openReader } from "./open-reader.ts";
import type { Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";
import { createTopAnnounce } from "./top-announce.ts";
import { lookOf } from "./top-look.ts";
import { createTopOperations } from "./top-operations.ts";
import { fleetOf } from "./top-options.ts";
import { openTopRecording } from "./top-recording.ts";
import type { TopSettings } from "./top-settings.ts";

/** How far back the dashboard shows the ledger. */
const historyLimit = 200;

/** Polls, and draws what is known, until the viewer leaves or the terminal does. Resolves to the exit code. */
export async function runConsole(
  shell: Shell,
  whole: Fleet,
  flags: TopFlags,
  terminal: Terminal,
  settings: TopSettings,
): Promise<number> {
  const fleet = fleetOf(whole, flags);
  const parallel = flags.parallel === undefined ? DEFAULT_PARALLEL : readParallel(flags.parallel);
  const open = () => openReader(shell, fleet.nodes);
  const asksAtTerminal = fleet.nodes.some(({ stats }) => stats.password?.kind === "command");
  const { reader, clock } = asksAtTerminal ? await terminal.lend(open) : await open();
  keepHeapSmall();
  const alone = flags.backend !== undefined;
  const recording = await openTopRecording(shell, {
    ...{ fleet, clock, isAlone: alone, store: createStore(), path: flags.record },
  });
  const { store } = recording;
  const poller = createPoller({ nodes: fleet.nodes, reader, clock, store, parallel });
  const assess = createAssessor(fleet);
  let intervalMs: number | undefined;
  let redraw = () => {};
  const warnings: string[] = [];
  const readIntents = openIntents(shell, fleet.cluster, (text) => warnings.push(text));
  const intents = watchIntents(readIntents, clock, () => {
    recording.facts(intents.current());
    redraw();
  });
  const ledger = () => {
    const facts = intents.current();
    return facts && { facts, wallMs: clock.wall() };
  };
  const operations =
    flags.readOnly === true
      ? undefined
      : createTopOperations(shell, {
          ...{ fleet, alone, reader, clock, store, parallel },
          intents: () => intents.current()?.intents ?? [],
        });
  const look = lookOf(shell, flags, settings);
  const announce = createTopAnnounce(shell, fleet, {
    arrow: look.glyphs.arrow,
    clock,
    flags,
    warn: (text) => warnings.push(text),
  });
  poller.start();
  try {
    const { startScreen } = await import("../ui/start-screen.ts");
    const ending = await startScreen({
      fleet,
      clock,
      look,
      read: (nowMs) => assess(store.records, nowMs, { alone, intervalMs, ledger: ledger() }),
      watch(listener) {
        redraw = listener;
        return store.subscribe(listener);
      },
      poller: {
        ...poller,
        setIntervalMs(next) {
          intervalMs = next;
          recording.interval(next);
          poller.setIntervalMs(next);
        },
      },
      terminal,
      operations,
      recording,
      history: async () => (await import("./read-operations.ts")).readOperations(shell, fleet.cluster, historyLimit),
      announce,
      scope: configFlag(flags.config),
      stdin: shell.stdin,
      stdout: shell.stdout,
    });
    terminal.leave();
    return exitCodeOf(ending);
  } finally {
    terminal.leave();
    intents.stop();
    poller.stop();
    await Promise.all([operations?.end(), announce?.end()]);
    sayWarnings(shell, [...warnings, ...(await recording.end())]);
    await reader.close();
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
