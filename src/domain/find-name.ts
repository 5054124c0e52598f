import { nearest } from "./nearest.ts";

/** The name that was meant, or what is wrong with the text and, where there is one, the next thing to do. */
export type FoundName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: string; readonly hint: string | undefined };

/**
 * The one of `names` that a person means: the whole name, or the end of one after a separator where only one ends so,
 * "master-2" or "2" for "k8s-de1-master-2". `noun` says what they are names of.
 */
export function findName(noun: string, names: readonly string[], wanted: string): FoundName {
  if (names.includes(wanted)) return { ok: true, name: wanted };
  const ending = names.filter((name) => nameEndings(name).includes(wanted));
  const [only] = ending;
  if (only !== undefined && ending.length === 1) return { ok: true, name: only };
  if (only !== undefined) {
    return { ok: false, problem: `"${wanted}" may be ${ending.join(" or ")}`, hint: "Write the whole name." };
  }
  const meant = wanted === "" ? undefined : nearestName(names, wanted);
  const question = meant === undefined ? "" : `; did you mean "${meant}"?`;
  return { ok: false, problem: `there is no ${noun} "${wanted}"${question}`, hint: undefined };
}

/** What may stand for a name: "master-2" and "2" for "k8s-de1-master-2", but not the part "de1" alone. */
export function nameEndings(name: string): readonly string[] {
  const parts = name.split(/(?<=[-_.:])/);
  return parts.slice(1).map((_, i) => parts.slice(i + 1).join(""));
}

function nearestName(names: readonly string[], wanted: string): string | undefined {
  const near = nearest(
    wanted,
    names.flatMap((name) => [name, ...nameEndings(name)]),
  );
  return names.find((name) => near !== undefined && (name === near || nameEndings(name).includes(near)));
}
