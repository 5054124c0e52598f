/** `undefined` is the order in which the pane comes by itself: worst first, or the fleet file's. */
export type Sort = { readonly column: string; readonly reverse: boolean };

/** The same order the other way round; of the order in which the pane comes, that of the first column. */
export function reversed(sort: Sort | undefined, columns: readonly string[]): Sort | undefined {
  const [first] = columns;
  if (sort !== undefined && columns.includes(sort.column)) return { ...sort, reverse: !sort.reverse };
  return first === undefined ? undefined : { column: first, reverse: true };
}

/** By this column; where that is so already, the other way round. */
export function ordered(sort: Sort | undefined, column: string): Sort {
  return { column, reverse: sort?.column === column && !sort.reverse };
}

/** The next order in the round: as it comes, then by one column after the other. */
export function nextSort(sort: Sort | undefined, columns: readonly string[], by: number): Sort | undefined {
  const choices = [undefined, ...columns];
  const at = choices.indexOf(sort?.column);
  const column = choices[(at + by + choices.length) % choices.length];
  return column === undefined ? undefined : { column, reverse: false };
}
