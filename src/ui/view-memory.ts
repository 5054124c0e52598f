import type { ConsoleDeps } from "./console-parts.ts";
import { createLineMemory, recallFrom } from "./recall.ts";
import { type Memory, type Remembered, type TableName, tableNames } from "./remembered.ts";
import { createScreen, openView, type Screen } from "./screen.ts";

/** The first screen, as this person left it. A label that no node of this fleet has groups nothing, and stays remembered. */
export function recallScreen({
  firstView,
  fleet,
  memory,
}: Pick<ConsoleDeps, "fleet" | "memory" | "firstView">): Screen {
  const screen = createScreen(recallFrom(memory));
  const labels = fleet.nodes.flatMap((node) => Object.keys(node.labels));
  const { columns = {}, group, matrix = screen.mode, sort = {} } = memory?.recalled ?? {};
  const recalled: Screen = {
    ...screen,
    choices: { columns, sort },
    group: group !== undefined && labels.includes(group) ? group : undefined,
    mode: matrix,
  };
  return firstView === undefined ? recalled : openView(recalled, firstView);
}

/** Keeps what of the screen is a person's own, as soon as it has changed. */
export type ScreenMemory = { note(screen: Screen): void };

export function createScreenMemory(memory: Memory | undefined, first: Screen): ScreenMemory {
  const lines = createLineMemory(memory, first.recall);
  let noted = first;
  return {
    note(screen) {
      lines.note(screen.recall);
      const change = changeOf(noted, screen);
      noted = screen;
      if (change !== undefined) memory?.keep(change);
    },
  };
}

function changeOf(before: Screen, after: Screen): Remembered | undefined {
  if (before.choices === after.choices && before.group === after.group && before.mode === after.mode) return undefined;
  const changed = (part: "columns" | "sort") =>
    tableNames.filter((table) => before.choices[part][table] !== after.choices[part][table]);
  const of = <Value>(tables: readonly TableName[], values: Readonly<Partial<Record<TableName, Value>>>) =>
    Object.fromEntries(tables.map((table) => [table, values[table]]));
  const [columns, sort] = [changed("columns"), changed("sort")];
  return {
    ...(columns.length > 0 && { columns: of(columns, after.choices.columns) }),
    ...(sort.length > 0 && { sort: of(sort, after.choices.sort) }),
    ...(before.group !== after.group && { group: after.group }),
    ...(before.mode !== after.mode && { matrix: after.mode }),
  };
}
