import { columnTable, masterColumnWords } from "./column-table.ts";
import type { Dialog } from "./dialog.ts";
import type { Remembered, ShownColumns, TableName } from "./remembered.ts";
import type { Sort } from "./sort.ts";
import { type Column, type ColumnHead, isShown } from "./table.ts";

/** What a person chose of the tables: which columns, and in which order the rows. */
export type Choices = {
  readonly columns: NonNullable<Remembered["columns"]>;
  readonly sort: NonNullable<Remembered["sort"]>;
};

export const noChoices: Choices = { columns: {}, sort: {} };

/** A table that belongs to the person who looks at it. `heads` are all of its columns, also those that are not shown. */
export type OwnTable = {
  readonly table: TableName;
  readonly heads: readonly ColumnHead[];
  readonly shown: ShownColumns;
  readonly sort: Sort | undefined;
};

/** A column before the table of columns has said what it is called. */
export type DraftColumn<Row> = Omit<Column<Row>, "title" | "words"> & { readonly title?: string };

/** What was chosen of a table; while its chooser is open, what stands there. */
function choiceOf(
  { choices, dialog }: { readonly choices: Choices; readonly dialog: Dialog | undefined },
  table: TableName,
): { readonly shown: ShownColumns; readonly sort: Sort | undefined } {
  if (dialog?.kind === "columns" && dialog.table === table) return dialog;
  return { shown: choices.columns[table] ?? {}, sort: choices.sort[table] };
}

/** The choices with another order of one table. */
export function withSort(choices: Choices, table: TableName, sort: Sort | undefined): Choices {
  return choices.sort[table] === sort ? choices : { ...choices, sort: { ...choices.sort, [table]: sort } };
}

/** The choices with other columns of one table. The same object where nothing was chosen, so that nothing is written. */
export function withColumns(choices: Choices, table: TableName, shown: ShownColumns): Choices {
  const before = choices.columns[table];
  if (before === shown || (before === undefined && Object.keys(shown).length === 0)) return choices;
  return { ...choices, columns: { ...choices.columns, [table]: shown } };
}

/** The columns that are shown, under their titles, and what the chooser must know of them. */
export function ownTable<Row>(
  screen: { readonly choices: Choices; readonly dialog: Dialog | undefined },
  table: TableName,
  drafts: readonly DraftColumn<Row>[],
): { readonly columns: readonly Column<Row>[]; readonly own: OwnTable } {
  const { shown, sort } = choiceOf(screen, table);
  const heads = drafts.map((draft) => headed(table, draft));
  return { columns: heads.filter((head) => isShown(head, shown)), own: { table, heads, shown, sort } };
}

/**
 * What a title says beside bytes that somebody asked for, while sessions are open and none of them is counted. Beside those
 * that show by themselves it would come and go all night.
 */
export function frozenNote({ heads, shown }: OwnTable, areBytesFrozen: () => boolean): string {
  const hasBytes = heads.some((head) => (head.id === "in" || head.id === "out") && shown[head.id] === true);
  return hasBytes && areBytesFrozen() ? ": bytes stand still, is contstats off?" : "";
}

/** Only the columns that a fleet's masters have are not in the table; they bring their title. */
function headed<Row>(table: TableName, draft: DraftColumn<Row>): Column<Row> {
  const known = columnTable[table].find(({ id }) => id === draft.id);
  const title = draft.title ?? known?.title;
  if (title === undefined) throw new Error(`no column ${draft.id} in the table of columns of ${table}`);
  return { isHidden: known?.isHidden === true, ...draft, title, words: known?.words ?? masterColumnWords(draft.id) };
}
