/** Characters that take one column each; before any other, what two lines share is no longer counted. */
const oneColumn =
  /[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u203a\u2190-\u21ff\u2298\u2500-\u257f\u25b4\u25be\u2713\u2717]/;
const style = /\u001b\[([\d;]*)m/y;

/**
 * How much two painted lines have in common at their start.
 * Shape: `index` into the new line and the `column` it stands at, where no colour is in force, so that the rest can be
 * written by itself.
 */
export function sharedStart(before: string, after: string): { readonly index: number; readonly column: number } {
  const active = new Set<string>();
  let best = { index: 0, column: 0 };
  let index = 0;
  let column = 0;
  while (index < after.length && before[index] === after[index]) {
    style.lastIndex = index;
    const [sequence, codes] = style.exec(after) ?? [];
    if (sequence !== undefined && codes !== undefined) {
      if (!before.startsWith(sequence, index)) break;
      for (const code of codes.split(";")) applyCode(active, code);
      index += sequence.length;
    } else {
      if (!oneColumn.test(after[index] ?? "")) break;
      index += 1;
      column += 1;
    }
    if (active.size === 0) best = { index, column };
  }
  return best;
}

/** Which codes end which others. Source: ECMA-48, select graphic rendition. */
function applyCode(active: Set<string>, code: string): void {
  const ended = { 22: /^[12]$/, 23: /^3$/, 24: /^4$/, 27: /^7$/, 39: /^(3|9)\d$/, 49: /^(4|10)\d$/ }[code];
  if (code === "" || code === "0") active.clear();
  else if (ended === undefined) active.add(code);
  else for (const known of active) if (ended.test(known)) active.delete(known);
}
