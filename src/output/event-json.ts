import type { SettledEvent } from "../domain/settling.ts";
import { cleanText } from "../domain/text.ts";
import { eventWords, type FleetEvent } from "../domain/timeline.ts";
import type { FleetView, Severity } from "../domain/view.ts";

/**
 * Something that happened, as scripts see it. Times are ISO 8601 in UTC.
 * Shape: the same `id` with a higher `update` is the same event, grown; ids of two runs are never the same. `null`: there
 * is none, as a master in the restart of a node.
 */
export type ChangeEvent = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "Event";
  readonly event: "change";
  readonly cluster: string;
  readonly id: string;
  readonly update: number;
  readonly at: string;
  readonly until: string;
  readonly type: FleetEvent["kind"];
  readonly severity: Severity;
  readonly master: string | null;
  readonly from: NonNullable<FleetEvent["from"]> | null;
  readonly to: NonNullable<FleetEvent["to"]> | null;
  readonly nodes: readonly string[];
  readonly cause: string | null;
  /** Changes of a subject that goes back and forth; 0 for one that does not. */
  readonly flaps: number;
  readonly text: string;
};

/** How the fleet stood when the watch began: what changed is told from there on. */
export type StateEvent = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "Event";
  readonly event: "state";
  readonly cluster: string;
  readonly at: string;
  readonly severity: Severity;
  readonly text: string;
  readonly problems: readonly string[];
};

/** Where an event was seen. `run` is different in every run of the program. */
export type EventOrigin = { readonly cluster: string; readonly run: string };

/** The words of an event may be long, never endless. */
const textLimit = 2_000;

export function toChangeEvent({ event, severity, update }: SettledEvent, { cluster, run }: EventOrigin): ChangeEvent {
  return {
    apiVersion: "k3s-lb/v1",
    kind: "Event",
    event: "change",
    cluster,
    id: `${run}-${event.id}`,
    update,
    at: iso(event.firstMs),
    until: iso(event.lastMs),
    type: event.kind,
    severity,
    master: event.master ?? null,
    from: event.from ?? null,
    to: event.to ?? null,
    nodes: event.nodes,
    cause: event.cause ?? null,
    flaps: event.flaps,
    text: cleanText(eventWords(event, "→"), textLimit),
  };
}

/** Units: `atMs` Unix time. */
export function toStateEvent({ cluster, problems, severity, summary }: FleetView, atMs: number): StateEvent {
  const text = cleanText(summary, textLimit);
  const words = problems.map((problem) => cleanText(problem.text, textLimit));
  return {
    ...{ apiVersion: "k3s-lb/v1", kind: "Event", event: "state" },
    ...{ cluster, at: iso(atMs), severity, text, problems: words },
  };
}

/** One line of `-o jsonl`, and one line for a program that is told of events. */
export function formatEventLine(event: ChangeEvent | StateEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
