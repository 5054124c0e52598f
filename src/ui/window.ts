/**
 * The first visible row of a list, so that the selected one is visible: as it was where that is possible, so that
 * moving by a row scrolls by a row.
 */
export function follow(offset: number, index: number, height: number, count: number): number {
  const last = Math.max(0, count - height);
  const lowest = Math.min(index, last);
  const highest = Math.max(0, index - height + 1);
  return Math.max(highest, Math.min(Math.max(0, offset), lowest));
}

/** Where the selection stands now: on its row, wherever that went; where the row is gone, at its old place. */
export function locate(ids: readonly string[], selected: string | undefined, index: number): number {
  const found = selected === undefined ? 0 : ids.indexOf(selected);
  return found >= 0 ? found : Math.max(0, Math.min(index, ids.length - 1));
}
