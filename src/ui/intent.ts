import type { ReplayOrder } from "../app/replayer.ts";
import type { Pane } from "./screen.ts";
import type { Shown } from "./show.ts";

/** A page of the whole fleet that a key of its own opens. */
export type View = "events" | "operations" | "problems" | "clusters";

/** What a key press asks for. The reducer (`screen.ts`) serves what belongs to the viewer, the controller the rest. */
export type Intent =
  | { readonly kind: "move"; readonly by: number }
  | { readonly kind: "page"; readonly by: number }
  | { readonly kind: "edge"; readonly to: "top" | "bottom" }
  | { readonly kind: "pane"; readonly by: 1 | -1 }
  | { readonly kind: "open" }
  | { readonly kind: "mode" }
  | { readonly kind: "group" }
  | { readonly kind: "copy"; readonly what: "row" | "command" }
  | { readonly kind: "view"; readonly view: View }
  | { readonly kind: "cluster"; readonly name: string }
  | { readonly kind: "back" }
  | { readonly kind: "quit" }
  | { readonly kind: "help" }
  | { readonly kind: "pause" }
  | { readonly kind: "poll" }
  | { readonly kind: "interval"; readonly by: 1 | -1 }
  | { readonly kind: "interval"; readonly toMs: number }
  | { readonly kind: "show"; readonly what: Shown }
  | { readonly kind: "sort"; readonly by: 1 | -1 }
  | { readonly kind: "reverse" }
  | { readonly kind: "columns" }
  | { readonly kind: "repaint" }
  | { readonly kind: "suspend" }
  | { readonly kind: "filter" }
  | { readonly kind: "type"; readonly text: string }
  | { readonly kind: "erase"; readonly what: "character" | "word" | "rest" | "all" }
  | { readonly kind: "cursor"; readonly to: "left" | "right" | "start" | "end" }
  | { readonly kind: "recall"; readonly by: 1 | -1 }
  | { readonly kind: "accept" }
  | { readonly kind: "leave" }
  | { readonly kind: "mark" }
  | { readonly kind: "unmark" }
  | { readonly kind: "act" }
  | { readonly kind: "command" }
  | { readonly kind: "complete" }
  | { readonly kind: "field" }
  | { readonly kind: "stop" }
  | { readonly kind: "write"; readonly file?: string | undefined }
  /** By the mouse: the cursor goes to this row, or this list is sorted by this column. */
  | { readonly kind: "place"; readonly pane: Pane; readonly id: string; readonly index: number }
  | { readonly kind: "order"; readonly pane: Pane; readonly column: string }
  | { readonly kind: "replay"; readonly order: ReplayOrder };
