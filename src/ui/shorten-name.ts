/** Cuts the middle out: the ends of a name say more than its middle. */
export function shortenName(name: string, columns: number, ellipsis: string): string {
  if (name.length <= columns) return name;
  if (columns <= 1) return name.slice(0, Math.max(0, columns));
  const tail = Math.floor((columns - 1) / 2);
  const head = columns - 1 - tail;
  return name.slice(0, head) + ellipsis + (tail === 0 ? "" : name.slice(-tail));
}
