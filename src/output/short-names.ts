/**
 * Column heads for names that share their beginning: `k8s-de1-master-1`, `-2` become `1`, `2`, and the shared part
 * stands in `prefix` to be shown once. Cut only after a separator, and never so that a name becomes empty.
 */
export type ShortNames = { readonly prefix: string; readonly names: readonly string[] };

export function shortNames(names: readonly string[]): ShortNames {
  const first = names[0];
  if (first === undefined || names.length < 2) return { prefix: "", names };
  let shared = first.length;
  for (const name of names) {
    let same = 0;
    while (same < shared && same < name.length && name[same] === first[same]) same += 1;
    shared = same;
  }
  const cut = /^.*[-_.:]/.exec(first.slice(0, shared))?.[0].length ?? 0;
  if (cut === 0 || names.some((name) => name.length === cut)) return { prefix: "", names };
  return { prefix: first.slice(0, cut), names: names.map((name) => name.slice(cut)) };
}

/** The same for sentences: a bare number keeps the word before it, `master-1`. */
export function spokenNames(full: readonly string[]): readonly string[] {
  const { prefix, names } = shortNames(full);
  const word = /[^-_.:]*[-_.:]$/.exec(prefix)?.[0] ?? "";
  return names.map((name) => (/^\d+$/.test(name) ? word + name : name));
}
