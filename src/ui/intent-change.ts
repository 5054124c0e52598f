import type { Intent } from "./intent.ts";

/** What of a frame is no longer as it was drawn: where the cursor stands, or which rows there are as well. */
export type Change = "nothing" | "cursor" | "rows";

const order: readonly Change[] = ["nothing", "cursor", "rows"];
const outside: ReadonlySet<Intent["kind"]> = new Set(["poll", "interval", "repaint", "suspend", "quit"]);
const moving: ReadonlySet<Intent["kind"]> = new Set(["move", "page", "edge"]);
const typing: ReadonlySet<Intent["kind"]> = new Set(["type", "erase", "cursor", "recall", "accept"]);

/** What an intent changes. */
export function changeBy({ kind }: Intent): Change {
  if (outside.has(kind)) return "nothing";
  return moving.has(kind) ? "cursor" : "rows";
}

/** The most that may have changed since the frame on which an intent acts; after more, it needs a new one. */
export function toleratedBy({ kind }: Intent): Change {
  if (outside.has(kind) || typing.has(kind)) return "rows";
  return moving.has(kind) ? "cursor" : "nothing";
}

export function isMore(change: Change, than: Change): boolean {
  return order.indexOf(change) > order.indexOf(than);
}
