import type { Intent } from "./intent.ts";

/** How much there is to scroll through, and how much of it is seen. */
export type Extent = { readonly lines: number; readonly height: number };

/** The first visible line after a key; never beyond the last page. */
export function scrolled(offset: number, intent: Intent, { height, lines }: Extent): number {
  const to = (next: number) => Math.max(0, Math.min(lines - height, next));
  switch (intent.kind) {
    case "move":
      return to(offset + intent.by);
    case "page":
      return to(offset + Math.trunc(intent.by * Math.max(2, height)));
    case "edge":
      return to(intent.to === "top" ? 0 : lines);
    default:
      return offset;
  }
}
