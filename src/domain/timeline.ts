import type { Change } from "./changes.ts";
import { nameNodes } from "./node-words.ts";
import type { CellState, NodeState } from "./view.ts";

/**
 * What happened, told once for all nodes that it happened on within a short time.
 * Shape: `nodes` in the order in which they came. `flaps` counts how often a subject that goes back and forth changed, and
 * the same on many nodes is one change; then `to` is what it was last. Units: `firstMs` and `lastMs` Unix time.
 */
export type FleetEvent = {
  readonly id: number;
  readonly kind: Change["kind"];
  readonly master: string | undefined;
  readonly from: CellState | NodeState | undefined;
  readonly to: CellState | NodeState | undefined;
  readonly nodes: readonly string[];
  readonly cause: string | undefined;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly flaps: number;
};

/** The last events, the newest first; replaced whole by every `add` that changes it. */
export type Timeline = { readonly events: readonly FleetEvent[]; readonly nextId: number };

export const emptyTimeline: Timeline = { events: [], nextId: 1 };

/** The same on more nodes within this time is one event: checks of a fleet notice a fault over a few seconds. */
const joinMs = 10_000;
/** A subject that changed back within this time goes back and forth. */
const flapMs = 120_000;
const limit = 1000;

/**
 * Adds what was seen at one moment.
 * Shape: a change joins the event that tells the same of other nodes, if that is not older than ten seconds. With the
 * third change of one master on one node (or of one node) within two minutes an event begins that tells of going back and
 * forth, and all further ones join it. The oldest of more than a thousand events is forgotten.
 */
export function addChanges(timeline: Timeline, changes: readonly Change[], wallMs: number): Timeline {
  return changes.reduce((line, change) => addChange(line, change, wallMs), timeline);
}

function addChange({ events, nextId }: Timeline, change: Change, wallMs: number): Timeline {
  const own = events.filter((event) => wallMs - event.lastMs <= flapMs && isAbout(event, change));
  const isFlapping = change.kind !== "restart" && (own.length >= 2 || (own[0]?.flaps ?? 0) > 0);
  const joined = isFlapping
    ? events.find((event) => event.flaps > 0 && event.master === masterOf(change) && wallMs - event.lastMs <= flapMs)
    : events.find((event) => event.flaps === 0 && wallMs - event.firstMs <= joinMs && tellsSame(event, change));
  if (joined === undefined) {
    return { events: [begin(change, nextId, wallMs, isFlapping), ...events].slice(0, limit), nextId: nextId + 1 };
  }
  const next: FleetEvent = {
    ...joined,
    nodes: joined.nodes.includes(change.node) ? joined.nodes : [...joined.nodes, change.node],
    lastMs: wallMs,
    ...(isFlapping ? swing(joined, change) : {}),
  };
  return { events: events.map((event) => (event === joined ? next : event)), nextId };
}

/** A master that goes down three times did so three times, however many nodes saw each of them. */
function swing(event: FleetEvent, change: Change): Pick<FleetEvent, "to" | "cause" | "flaps"> {
  const to = toOf(change);
  return { to, cause: causeOf(change), flaps: event.flaps + (to === event.to ? 0 : 1) };
}

/** The two changes before it count, too: the third is what makes it one that goes back and forth. */
function begin(change: Change, id: number, wallMs: number, isFlapping: boolean): FleetEvent {
  return {
    id,
    kind: change.kind,
    master: masterOf(change),
    from: change.kind === "restart" ? undefined : change.from,
    to: toOf(change),
    nodes: [change.node],
    cause: causeOf(change),
    firstMs: wallMs,
    lastMs: wallMs,
    flaps: isFlapping ? 3 : 0,
  };
}

function isAbout(event: FleetEvent, change: Change): boolean {
  return event.kind === change.kind && event.master === masterOf(change) && event.nodes.includes(change.node);
}

function tellsSame(event: FleetEvent, change: Change): boolean {
  if (event.kind !== change.kind || event.master !== masterOf(change)) return false;
  return change.kind === "restart" || (event.from === change.from && event.to === change.to);
}

function masterOf(change: Change): string | undefined {
  return change.kind === "master" ? change.master : undefined;
}

function toOf(change: Change): FleetEvent["to"] {
  return change.kind === "restart" ? undefined : change.to;
}

function causeOf(change: Change): string | undefined {
  return change.kind === "restart" ? undefined : change.cause;
}

/** "master-2 UP → DOWN on 12 nodes (node[01-12]): connection refused", as one line without a time. */
export function eventWords(event: FleetEvent, arrow: string): string {
  const on = nameNodes(event.nodes);
  if (event.kind === "restart") return `HAProxy restarted on ${on}`;
  const why = event.cause === undefined ? "" : `: ${event.cause}`;
  const [from, to] = [stateWord(event.from), stateWord(event.to)];
  if (event.flaps > 0) {
    const subject = event.master === undefined ? on : `${event.master} on ${on}`;
    return `${subject} back and forth, ${event.flaps} changes, now ${to}${why}`;
  }
  if (event.master !== undefined) return `${event.master} ${from} ${arrow} ${to} on ${on}${why}`;
  return event.to === "fresh" ? `${on} back, after ${from}` : `${on} ${arrow} ${to}${why}`;
}

function stateWord(state: FleetEvent["to"]): string {
  return state === "fresh" ? "answering" : String(state).toUpperCase();
}
