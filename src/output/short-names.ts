/**
 * What all names share at their start, up to a separator, so that a table can show it once and then what differs:
 * `k8s-de1-master-` for `k8s-de1-master-1`, `k8s-de1-master-2`.
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

/** The names without what they share, for the heads of columns. */
export function shortNames(full: readonly string[]): readonly string[] {
  const { length } = sharedPrefix(full);
  return full.map((name) => name.slice(length));
}

/** The same for sentences: a bare number keeps the word before it, `master-1`. */
export function spokenNames(full: readonly string[]): readonly string[] {
  const prefix = sharedPrefix(full);
  const names = shortNames(full);
  const word = /[^-_.:]*[-_.:]$/.exec(prefix)?.[0] ?? "";
  return names.map((name) => (/^\d+$/.test(name) ? word + name : name));
}
