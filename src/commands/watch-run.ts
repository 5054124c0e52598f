import { randomUUID } from "node:crypto";
import { createPoller } from "../app/poller.ts";
import { createStore } from "../app/store.ts";
import { createAssessor } from "../domain/assess.ts";
import { watchChanges } from "../domain/changes.ts";
import type { Fleet } from "../domain/inventory.ts";
import { didYouMean } from "../domain/nearest.ts";
import { createSettling, type SettledEvent } from "../domain/settling.ts";
import { addChanges, emptyTimeline } from "../domain/timeline.ts";
import { UserError } from "../domain/user-error.ts";
import type { FleetView } from "../domain/view.ts";
import { readDuration, readParallel } from "./flag-values.ts";
import { sayWarnings } from "./fleet-option.ts";
import { watchInterrupts } from "./interrupts.ts";
import { openEventHook } from "./open-event-hook.ts";
import { openIntents, watchIntents } from "./open-ledger.ts";
import { openReader } from "./open-reader.ts";
import { isClosedOutput } from "./output-error.ts";
import { print, type Shell } from "./shell.ts";
import { fleetOf } from "./top-options.ts";
import type { WatchFlags } from "./watch.ts";
import { createEventPrinter } from "./watch-printer.ts";

const FORMATS = ["text", "jsonl"] as const;

export type WatchFormat = (typeof FORMATS)[number];

export function readFormat(text: string): WatchFormat {
  const format = FORMATS.find((each) => each === text);
  if (format !== undefined) return format;
  throw new UserError(
    `--output: there is no format "${text}"${didYouMean(text, FORMATS)}`,
    `Formats: ${FORMATS.join(", ")}.`,
  );
}

/** How often is looked whether something changed; a look has a tenth of the time at most. */
const lookMs = 250;
/** Nodes that say nothing for that long keep the first line waiting no longer. */
const firstMs = 5_000;

/**
 * Polls, and prints every event once it has settled, until a signal, the end of `--for`, or nobody reads any more.
 * Shape: resolves to the exit code; after a signal the process ends by it.
 * Errors: a UserError for flags and secrets, and what the output cannot be written for.
 */
export async function runWatch(
  shell: Shell,
  whole: Fleet,
  flags: WatchFlags & { readonly format: WatchFormat },
): Promise<number> {
  const fleet = fleetOf(whole, flags);
  const parallel = readParallel(flags.parallel);
  const forMs = flags.for === undefined ? undefined : readDuration("--for", flags.for, 1);
  const origin = { cluster: fleet.cluster, run: randomUUID().slice(0, 8) };
  const printer = await createEventPrinter(shell, flags, fleet.check.expect, origin);
  const interrupts = watchInterrupts();
  const { reader, clock } = await openReader(shell, fleet.nodes);
  const store = createStore();
  const poller = createPoller({ nodes: fleet.nodes, reader, clock, store, parallel });
  const assess = createAssessor(fleet);
  const warn = (text: string) => sayWarnings(shell, [text]);
  const intents = watchIntents(openIntents(shell, fleet.cluster, warn), clock, () => undefined);
  const hook = flags.onEvent ? openEventHook(shell, fleet, { clock, origin, say: warn }) : undefined;
  const changes = watchChanges(fleet.check.expect);
  const settling = createSettling();
  let timeline = emptyTimeline;
  let day: string | undefined;
  const { promise: over, resolve: end, reject: fail } = Promise.withResolvers<void>();
  let printing = Promise.resolve();
  let cancelLook = () => {};

  function say(text: string): void {
    printing = printing.then(() => print(shell, text));
    printing.catch((error: unknown) => (isClosedOutput(error) ? end() : fail(error)));
  }

  function tell(events: readonly SettledEvent[]): void {
    if (events.length === 0) return;
    say(events.map(printer.event).join(""));
    hook?.tell(events);
  }

  /** Times in the text have no date, so the state is said again with the first look of a day. */
  function sayState(view: FleetView): void {
    const wallMs = clock.wall();
    const today = new Date(wallMs).toISOString().slice(0, 10);
    if (today === day || (day !== undefined && flags.format === "jsonl")) return;
    day = today;
    say(printer.state(view, wallMs));
  }

  const startedMs = clock.now();
  function look(): void {
    const nowMs = clock.now();
    const facts = intents.current();
    const ledger = facts && { facts, wallMs: clock.wall() };
    const view = assess(store.records, nowMs, { alone: flags.backend !== undefined, ledger });
    timeline = addChanges(timeline, changes.look(view), clock.wall());
    const isKnown = view.nodes.every((node) => node.state !== "pending") || nowMs - startedMs >= firstMs;
    if (isKnown) {
      sayState(view);
      tell(settling.look(timeline, view, nowMs));
    }
    cancelLook = clock.after(Math.max(lookMs, 10 * (clock.now() - nowMs)), look);
  }

  const cancelEnd = forMs === undefined ? () => {} : clock.after(forMs, end);
  poller.start();
  look();
  try {
    await Promise.race([over, interrupts.first]);
    tell(settling.flush());
    await Promise.all([hook?.end(), printing.catch(() => undefined)]);
  } finally {
    cancelEnd();
    cancelLook();
    intents.stop();
    poller.stop();
    await reader.close();
    interrupts.forget();
  }
  return interrupts.end();
}
