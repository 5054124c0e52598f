import { pad, truncate } from "../output/width.ts";
import type { ColumnsDialog } from "./column-chooser.ts";
import { columnTable } from "./column-table.ts";
import type { FrameInput } from "./picture.ts";
import { paintEnds, paintSelected, type Span, span } from "./spans.ts";
import { type ColumnHead, fitting, isShown } from "./table.ts";

/** How the tables are called in the title of the chooser. */
export const chooserTitles: Readonly<Record<ColumnsDialog["table"], string>> = {
  masters: "columns of the masters",
  nodes: "columns of the nodes",
  groups: "columns of the groups",
  servers: "columns of the servers",
};

const defaults = "defaults";

/** Every column: `*` where it is shown, its title, what it means, and whether this screen has room for it. */
export function chooserLines({ look, size }: FrameInput, dialog: ColumnsDialog): readonly string[] {
  const { heads, index, table } = dialog;
  const noteWidth = 8;
  const names = heads.map(({ id, title }) => title || (columnTable[table].find((each) => each.id === id)?.title ?? ""));
  const titleWidth = Math.min(12, Math.max(...[...names, defaults].map(({ length }) => length)));
  const room = size.columns - 5 - titleWidth - noteWidth;
  const line = (mark: string, title: string, words: string, note: string, at: number) => {
    const start = `${at === index ? ">" : " "}${mark} ${pad(truncate(title, titleWidth, look.glyphs.ellipsis), titleWidth)}`;
    const spans: readonly Span[] = [span(`${start} ${pad(truncate(words, room, look.glyphs.ellipsis), room)} `)];
    const end = span(note, note === "no room" ? "warn" : "muted");
    return at === index
      ? paintSelected([...spans, end], size.columns, look)
      : paintEnds([...spans, end], [span("")], size.columns, look);
  };
  return [
    ...heads.map((head, at) => {
      const mark = isShown(head, dialog.shown) ? "*" : " ";
      return line(mark, names[at] ?? "", head.words ?? "", noteOf(head, dialog, size.columns), at);
    }),
    line(" ", defaults, "these columns, and this order, as they come", "", heads.length),
  ];
}

/** A column that is not shown is asked for as if it were chosen. */
function noteOf(head: ColumnHead, { heads, shown }: ColumnsDialog, screenColumns: number): string {
  if (head.isName === true) return "always";
  const wanted = isShown(head, shown) ? shown : { ...shown, [head.id]: true };
  const kept = fitting(
    heads.filter((each) => isShown(each, wanted)),
    screenColumns,
    wanted,
  );
  if (!kept.includes(head)) return "no room";
  return shown[head.id] === true ? "chosen" : "";
}
