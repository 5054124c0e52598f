import type { ConsoleDeps } from "./console-parts.ts";
import { keepLines, recallFrom } from "./recall.ts";
import { type Remembered, type TableName, tableNames } from "./remembered.ts";
import { createScreen, openView, type Screen } from "./screen.ts";

type Recalling = Pick<ConsoleDeps, "fleet" | "memory">;

/** The first screen, as this person left it. */
export function recallScreen(deps: Recalling & Pick<ConsoleDeps, "firstView">): Screen {
  const screen = recalledOn(createScreen(), deps);
  return deps.firstView === undefined ? screen : openView(screen, deps.firstView);
}

/** A label that no node of this fleet has groups nothing, and stays remembered. */
function recalledOn(screen: Screen, { fleet, memory }: Recalling): Screen {
  if (memory === undefined) return screen;
  const labels = fleet.nodes.flatMap((node) => Object.keys(node.labels));
  const { columns = {}, group, matrix = "state", sort = {} } = memory.recalled;
  return {
    ...screen,
    choices: { columns, sort },
    group: group !== undefined && labels.includes(group) ? group : undefined,
    mode: matrix,
    recall: recallFrom(memory),
  };
}

export type ScreenMemory = {
  /** Keeps what of the screen is a person's own, as soon as it has changed. */
  note(screen: Screen): void;
  /** The screen with what the person chose on another one since. */
  recall(screen: Screen): Screen;
};

export function createScreenMemory(deps: Recalling, first: Screen): ScreenMemory {
  const { memory } = deps;
  let noted = first;
  return {
    note(screen) {
      const before = noted;
      noted = screen;
      const change = changeOf(before, screen);
      keepLines(memory, before.recall, screen.recall);
      if (change !== undefined) memory?.keep(change);
    },
    recall(screen) {
      noted = recalledOn(screen, deps);
      return noted;
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
