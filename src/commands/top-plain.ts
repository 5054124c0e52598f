import { createPoller } from "../app/poller.ts";
import { createStore } from "../app/store.ts";
import { createTeller } from "../app/teller.ts";
import { createAssessor } from "../domain/assess.ts";
import { watchChanges } from "../domain/changes.ts";
import type { Fleet } from "../domain/inventory.ts";
import { addChanges, emptyTimeline } from "../domain/timeline.ts";
import type { FleetView } from "../domain/view.ts";
import { plainEvent, plainHeadline, plainOpening } from "../output/plain-text.ts";
import { DEFAULT_PARALLEL, readParallel } from "./flag-values.ts";
import { sayWarnings } from "./fleet-option.ts";
import { type Interrupt, watchInterrupts } from "./interrupts.ts";
import { openIntents, watchIntents } from "./open-ledger.ts";
import { openReader } from "./open-reader.ts";
import { isClosedOutput } from "./output-error.ts";
import { print, type Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";
import { fleetOf } from "./top-options.ts";
import { openTopRecording } from "./top-recording.ts";

const lookEveryMs = 500;
/** Whoever has not answered by then is told as not having answered. */
const patienceMs = 10_000;

/**
 * The dashboard as lines of text: what is true, then what changes, until a signal or until nobody reads any more. No key
 * is read, no cursor moved.
 * Shape: resolves to the exit code: 0 after SIGINT and a closed output, 143 after SIGTERM, 129 after SIGHUP.
 */
export async function runPlain(shell: Shell, whole: Fleet, flags: TopFlags): Promise<number> {
  const fleet = fleetOf(whole, flags);
  const parallel = flags.parallel === undefined ? DEFAULT_PARALLEL : readParallel(flags.parallel);
  const { reader, clock } = await openReader(shell, fleet.nodes);
  const alone = flags.backend !== undefined;
  const recording = await openTopRecording(shell, {
    ...{ fleet, clock, isAlone: alone, store: createStore(), path: flags.record },
  });
  const { store } = recording;
  const poller = createPoller({ nodes: fleet.nodes, reader, clock, store, parallel });
  const assess = createAssessor(fleet);
  const intents = watchIntents(
    openIntents(shell, fleet.cluster, (text) => sayWarnings(shell, [text])),
    clock,
    () => recording.facts(intents.current()),
  );
  const read = (): FleetView => {
    const facts = intents.current();
    const ledger = facts && { facts, wallMs: clock.wall() };
    return assess(store.records, clock.now(), { alone, ledger });
  };
  const interrupts = watchInterrupts();
  let stopped: Interrupt | undefined;
  let wake = () => {};
  let cancel = () => {};
  void interrupts.first.then((signal) => {
    stopped = signal;
    wake();
  });
  /** Some time, or less where a signal comes; then that signal. */
  const pause = async (): Promise<Interrupt | undefined> => {
    if (stopped === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        cancel = clock.after(lookEveryMs, resolve);
      });
    }
    return stopped;
  };
  poller.start();
  try {
    const { length } = fleet.nodes;
    await print(
      shell,
      `Polling ${length} node${length === 1 ? "" : "s"} of ${fleet.cluster}. Times are UTC. Ctrl-C ends it.\n`,
    );
    return exitCodes[await tell()];
  } catch (error) {
    if (isClosedOutput(error)) return 0;
    throw error;
  } finally {
    cancel();
    interrupts.forget();
    intents.stop();
    poller.stop();
    sayWarnings(shell, await recording.end());
    await reader.close();
  }

  async function tell(): Promise<Interrupt> {
    const startMs = clock.now();
    let view = read();
    while (view.nodes.some(({ state }) => state === "pending") && clock.now() - startMs < patienceMs) {
      const signal = await pause();
      if (signal !== undefined) return signal;
      view = read();
    }
    await print(shell, plainOpening(view, clock.wall()));
    const changes = watchChanges(fleet.check.expect);
    const teller = createTeller(view);
    let timeline = addChanges(emptyTimeline, changes.look(view), clock.wall());
    for (;;) {
      const signal = await pause();
      if (signal !== undefined) return signal;
      view = read();
      const wallMs = clock.wall();
      timeline = addChanges(timeline, changes.look(view), wallMs);
      const told = teller.look(view, timeline, wallMs);
      const lines = told.map((one) =>
        one.kind === "event" ? plainEvent(one.event, one.isAgain) : plainHeadline(one.view, wallMs),
      );
      if (lines.length > 0) await print(shell, lines.join(""));
    }
  }
}

const exitCodes: Readonly<Record<Interrupt, number>> = { SIGINT: 0, SIGTERM: 143, SIGHUP: 129 };
