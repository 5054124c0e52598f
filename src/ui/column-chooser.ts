import type { Dialog } from "./dialog.ts";
import type { Intent } from "./intent.ts";
import { type Choices, type OwnTable, withColumns, withSort } from "./own-table.ts";
import type { ShownColumns } from "./remembered.ts";
import type { Pane, Screen } from "./screen.ts";
import type { Sight } from "./sight.ts";
import { type ColumnHead, isShown } from "./table.ts";

/** The columns of a table to choose from. The table shows what stands here; it is kept by Enter, and gone by Esc. */
export type ColumnsDialog = OwnTable & { readonly kind: "columns"; readonly index: number; readonly offset: number };

const pageRows = 8;

/** Opens the chooser for the table that has the cursor. */
export function openChooser(screen: Screen, { tables }: Sight): Screen {
  const table = tables?.[paneOf(screen)];
  if (table === undefined) {
    return { ...screen, said: "Columns are chosen in the tables of masters, nodes and servers; this is none of them." };
  }
  return { ...screen, dialog: { kind: "columns", ...table, index: 0, offset: 0 } };
}

/** The chooser with the columns as they are in the frame under it: how early one goes depends on what there is to show. */
export function refreshed<Any extends Dialog>(dialog: Any, { tables = {} }: Sight): Any {
  if (dialog.kind !== "columns") return dialog;
  const table = Object.values(tables).find((one) => one?.table === dialog.table);
  if (table === undefined) return dialog;
  return { ...dialog, heads: table.heads };
}

/** Serves a key while the chooser is open. */
export function reduceChooser(screen: Screen, dialog: ColumnsDialog, intent: Intent): Screen {
  const { heads, index } = dialog;
  const head = heads[index];
  switch (intent.kind) {
    case "back":
    case "leave":
      return { ...screen, dialog: undefined };
    case "accept":
      return { ...screen, dialog: undefined, choices: kept(screen.choices, head ? dialog : byDefault(dialog)) };
    case "mark":
      return { ...screen, dialog: head ? { ...dialog, shown: toggled(head, dialog.shown) } : byDefault(dialog) };
    case "move":
      return { ...screen, dialog: { ...dialog, index: within(dialog, index + intent.by) } };
    case "page":
      return { ...screen, dialog: { ...dialog, index: within(dialog, index + Math.trunc(intent.by * pageRows)) } };
    case "edge":
      return { ...screen, dialog: { ...dialog, index: intent.to === "top" ? 0 : heads.length } };
    default:
      return screen;
  }
}

/** The line under the columns leads back to how the table comes. */
function within({ heads }: ColumnsDialog, index: number): number {
  return Math.max(0, Math.min(heads.length, index));
}

function paneOf({ stack }: Screen): Pane {
  return (stack.at(-1) ?? stack[0]).pane;
}

function kept(choices: Choices, { shown, sort, table }: ColumnsDialog): Choices {
  return withSort(withColumns(choices, table, shown), table, sort);
}

function byDefault(dialog: ColumnsDialog): ColumnsDialog {
  return { ...dialog, shown: {}, sort: undefined };
}

function toggled(head: ColumnHead, shown: ShownColumns): ShownColumns {
  return head.isName === true ? shown : { ...shown, [head.id]: !isShown(head, shown) };
}
