import type { Clock } from "../app/clock.ts";
import type { NodeReader } from "../app/reader.ts";
import { createStore } from "../app/store.ts";
import { sweep } from "../app/sweep.ts";
import { createAssessor } from "../domain/assess.ts";
import { focusOnMasters } from "../domain/focus.ts";
import type { Fleet, FleetNode } from "../domain/inventory.ts";
import type { Severity } from "../domain/view.ts";
import { DEFAULT_PARALLEL } from "./flag-values.ts";
import { sayWarnings, selectMasters, selectNodes } from "./fleet-option.ts";
import { openIntents } from "./open-ledger.ts";
import { isClosedOutput } from "./output-error.ts";
import { print, type Shell } from "./shell.ts";
import type { StatusOptions } from "./status-options.ts";
import { createStatusPrinter, type StatusPrinter } from "./status-printer.ts";
import { startProgress } from "./sweep-progress.ts";

const EXIT_CODES: Readonly<Record<Severity, number>> = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 };

/** What a sweep asks, and by which time. */
export type SweepTools = { readonly reader: NodeReader; readonly clock: Clock };

/** Opens them for the nodes that are to be asked. */
export type OpenTools = (nodes: readonly FleetNode[]) => Promise<SweepTools>;

/**
 * Sweeps once, or at every interval with `watch`, and prints each answer. Resolves to the last one's exit code.
 */
export async function watchStatus(
  shell: Shell,
  fleet: Fleet,
  options: StatusOptions,
  open: OpenTools,
): Promise<number> {
  const wanted = narrow(fleet, options);
  const masters = options.masters?.length ? selectMasters(wanted, options.masters).map(({ name }) => name) : [];
  const printAnswer = await createStatusPrinter(shell, fleet.check.expect, options);
  const tools = await open(wanted.nodes);
  try {
    return await sweepAndPrint(shell, wanted, masters, options, { ...tools, printAnswer });
  } finally {
    await tools.reader.close();
  }
}

async function sweepAndPrint(
  shell: Shell,
  wanted: Fleet,
  masters: readonly string[],
  options: StatusOptions,
  { reader, clock, printAnswer }: SweepTools & { readonly printAnswer: StatusPrinter },
): Promise<number> {
  const store = createStore();
  const assess = createAssessor(wanted);
  const readIntents = openIntents(shell, wanted.cluster, (text) => sayWarnings(shell, [text]));
  const alone = options.backend !== undefined;
  const intervalMs = options.watch?.intervalMs ?? Math.max(...wanted.nodes.map((node) => node.poll.intervalMs));
  for (;;) {
    const startedMs = clock.now();
    const stopProgress = startProgress(shell, clock, store, wanted.nodes);
    const parallel = options.parallel ?? DEFAULT_PARALLEL;
    const sweeping = sweep({ reader, clock, store, nodes: wanted.nodes, parallel });
    // Read beside the nodes, so that a long ledger costs no time.
    const [facts] = await Promise.all([readIntents(), sweeping]);
    stopProgress();
    const nowMs = clock.now();
    if (options.debug === true) sayTimes(shell, wanted.nodes.length, nowMs - startedMs);
    // The first answer of a long sweep is not stale when the last one comes: a sweep is one moment.
    const freshMs = Math.max(intervalMs, nowMs - startedMs);
    const ledger = facts && { facts, wallMs: clock.wall() };
    const view = focusOnMasters(assess(store.records, nowMs, { alone, intervalMs: freshMs, ledger }), masters);
    const { text, severity } = printAnswer(view, clock.wall());
    const goesOn = (await isPrinted(shell, text)) && options.watch !== undefined;
    if (!goesOn) return EXIT_CODES[severity];
    await until(clock, startedMs + intervalMs);
  }
}

/** The fleet as the options want it seen: fewer nodes, another backend, another time limit. */
function narrow(fleet: Fleet, { nodes = [], backend, timeoutMs }: StatusOptions): Fleet {
  const chosen = selectNodes(fleet, nodes);
  return {
    ...fleet,
    backend: backend ?? fleet.backend,
    nodes: timeoutMs === undefined ? chosen : chosen.map((node) => ({ ...node, poll: { ...node.poll, timeoutMs } })),
  };
}

function sayTimes(shell: Shell, nodes: number, tookMs: number): void {
  shell.stderr.write(`k3s-lb: asked ${nodes} nodes in ${Math.round(tookMs)} ms\n`);
}

/** False once nobody reads any more, as behind `| head -1`: then there is nothing left to do, and nothing wrong. */
async function isPrinted(shell: Shell, text: string): Promise<boolean> {
  try {
    await print(shell, text);
    return true;
  } catch (error) {
    if (isClosedOutput(error)) return false;
    throw error;
  }
}

function until(clock: Clock, atMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(Math.max(0, atMs - clock.now()), resolve);
  });
}
