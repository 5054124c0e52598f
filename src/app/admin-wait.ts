import type { Fleet } from "../domain/inventory.ts";
import type { StepResult } from "../domain/outcome.ts";
import { describeOldWorkers, type WaitJudge, type WaitNode } from "../domain/wait.ts";
import { createLook } from "./look.ts";
import type { PollDeps } from "./poll-node.ts";
import { createPoller } from "./poller.ts";

/** What waiting needs; `fleet` and `alone` as the plan's view was made. */
export type WaitDeps = PollDeps & { readonly fleet: Fleet; readonly alone: boolean };

export type WaitOptions = {
  readonly timeoutMs: number;
  readonly parallel: number;
  /** Somebody else polls these nodes into the store, as the dashboard does. */
  readonly isPolled: boolean;
  readonly isStopped: () => boolean;
  /** Told whenever a node has come nearer, or further off. */
  readonly onProgress: (nodes: readonly WaitNode[]) => void;
};

/**
 * How a wait ended. `contradicted`: nobody is waited for any more, but not everywhere because it came. `notes` are
 * sentences on what could not be seen.
 */
export type WaitRun = {
  readonly outcome: "done" | "contradicted" | "timed-out" | "interrupted";
  readonly nodes: readonly WaitNode[];
  readonly notes: readonly string[];
};

/** How often the answers are looked at; asking keeps to the nodes' own intervals. */
const tickMs = 50;

/**
 * Waits until no node is waited for any more, by answers that come in at the nodes' intervals. It sends nothing.
 * Units: milliseconds. No nodes are done at once.
 */
export async function waitFor(
  names: readonly string[],
  judge: WaitJudge,
  deps: WaitDeps,
  options: WaitOptions,
): Promise<WaitRun> {
  const { clock, fleet, store } = deps;
  const look = createLook(deps);
  const endMs = clock.now() + options.timeoutMs;
  const wanted = new Set(names);
  // In the fleet's order: steps end in any, and what is told of a wait must not jump about.
  const nodes = fleet.nodes.filter((node) => wanted.has(node.name));
  const known = new Map(nodes.map(({ name }) => [name, { record: store.records.get(name), state: judge(look(name)) }]));
  const states = () => [...known.values()].map(({ state }) => state);
  const poller = options.isPolled ? undefined : createPoller({ ...deps, nodes, parallel: options.parallel });
  poller?.start();
  options.onProgress(states());
  try {
    for (;;) {
      const outcome = ending(states(), options.isStopped(), clock.now() >= endMs);
      if (outcome !== undefined) return { outcome, nodes: states(), notes: notesOf(states()) };
      await new Promise<void>((resolve) => clock.after(tickMs, resolve));
      const changed = [...known.keys()].filter((name) => store.records.get(name) !== known.get(name)?.record);
      for (const name of changed) known.set(name, { record: store.records.get(name), state: judge(look(name)) });
      if (changed.length > 0) options.onProgress(states());
    }
  } finally {
    poller?.stop();
  }
}

/** The nodes of a run where it is worth waiting: every step there has, or may have, taken effect. */
export function nodesToWaitFor(results: readonly StepResult[]): readonly string[] {
  return [...Map.groupBy(results, ({ step }) => step.node)]
    .filter(([, own]) => own.every(({ outcome }) => ["verified", "unchanged", "accepted"].includes(outcome)))
    .map(([node]) => node);
}

function ending(nodes: readonly WaitNode[], isStopped: boolean, isLate: boolean): WaitRun["outcome"] | undefined {
  if (nodes.every(({ state }) => state === "done")) return "done";
  if (nodes.every(({ state }) => state !== "waiting")) return "contradicted";
  if (isStopped) return "interrupted";
  return isLate ? "timed-out" : undefined;
}

function notesOf(nodes: readonly WaitNode[]): readonly string[] {
  const note = describeOldWorkers(nodes);
  return note === undefined ? [] : [note];
}
