/**
 * What all names share at their start, up to a separator, so that rows can show the part that differs.
 * Shape: "" for fewer than two names, or where a name would be empty or the saving is under three characters.
 */
export function sharedPrefix(names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined || others.length === 0) return "";
  let length = first.length;
  for (const name of others) {
    let same = 0;
    while (same < length && name[same] === first[same]) same += 1;
    length = same;
  }
  const prefix = first.slice(0, length).replace(/[^-_.:]*$/, "");
  return prefix.length < 3 || names.includes(prefix) ? "" : prefix;
}

/** Cuts the middle out: the ends of a name say more than its middle. */
export function shortenName(name: string, columns: number, ellipsis: string): string {
  if (name.length <= columns) return name;
  if (columns <= 1) return name.slice(0, Math.max(0, columns));
  const tail = Math.floor((columns - 1) / 2);
  const head = columns - 1 - tail;
  return name.slice(0, head) + ellipsis + (tail === 0 ? "" : name.slice(-tail));
}
