import type { FleetCheck } from "../domain/inventory.ts";
import type { SettledEvent } from "../domain/settling.ts";
import type { FleetView } from "../domain/view.ts";
import type { EventOrigin } from "../output/event-json.ts";
import type { ColourFlags } from "./colour-of.ts";
import type { Shell } from "./shell.ts";
import { styleOf } from "./stream-style.ts";

/** Makes the text of one event, and of how the fleet stands. Units: `atMs` Unix time. */
export type EventPrinter = { event(event: SettledEvent): string; state(view: FleetView, atMs: number): string };

/** Loads the one format that is asked for. */
export async function createEventPrinter(
  shell: Shell,
  { format, ...flags }: { readonly format: "text" | "jsonl" } & ColourFlags,
  expect: FleetCheck["expect"],
  origin: EventOrigin,
): Promise<EventPrinter> {
  if (format === "jsonl") {
    const { formatEventLine, toChangeEvent, toStateEvent } = await import("../output/event-json.ts");
    return {
      event: (event) => formatEventLine(toChangeEvent(event, origin)),
      state: (view, atMs) => formatEventLine(toStateEvent(view, atMs)),
    };
  }
  const { formatEvent, formatState } = await import("../output/event-text.ts");
  const style = styleOf(shell.stdout, shell, flags, expect);
  return { event: (event) => formatEvent(event, style), state: (view, atMs) => formatState(view, atMs, style) };
}
