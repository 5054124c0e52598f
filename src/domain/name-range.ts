/** The texts a range stands for, or what is wrong with it. */
export type RangeResult =
  | { readonly ok: true; readonly members: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** What one entry of the fleet file expands to, or the field that keeps it from expanding. */
export type ExpandResult =
  | { readonly ok: true; readonly entries: readonly Readonly<Record<string, string>>[] }
  | { readonly ok: false; readonly field: string; readonly problem: string };

/** More members than any fleet has; a slip such as [1:1000000] is named before it fills the memory. */
const MAX_RANGE_MEMBERS = 20_000;

// Two or three groups without an empty one: no IPv6 literal in brackets looks like that.
const RANGE = /\[([0-9A-Za-z]+):([0-9A-Za-z]+)(?::([0-9A-Za-z]+))?\]/g;

/**
 * The members of one range, as an Ansible inventory has it: `01:38` keeps its zeros, `a:f` counts letters.
 * Source: Ansible, "Adding ranges of hosts"; there, too, a padded start asks for an end of the same width.
 */
export function rangeMembers(start: string, end: string, step = "1"): RangeResult {
  const stride = /^\d+$/.test(step) ? Number(step) : 0;
  if (stride < 1) return { ok: false, problem: `has the step "${step}"; expected a whole number from 1 on` };
  const digits = /^\d+$/.test(start) && /^\d+$/.test(end);
  const letters = (/^[a-z]$/.test(start) && /^[a-z]$/.test(end)) || (/^[A-Z]$/.test(start) && /^[A-Z]$/.test(end));
  if (!digits && !letters) {
    return { ok: false, problem: `is neither numbers (01:38) nor single letters of one case (a:f)` };
  }
  const isPadded = digits && [start, end].some((text) => text.length > 1 && text.startsWith("0"));
  if (isPadded && start.length !== end.length) {
    return {
      ok: false,
      problem: `has ends of different width; write both with ${Math.max(start.length, end.length)} digits`,
    };
  }
  const first = digits ? Number(start) : start.charCodeAt(0);
  const last = digits ? Number(end) : end.charCodeAt(0);
  if (last < first) return { ok: false, problem: `runs backwards; write the smaller end first` };
  if ((last - first) / stride >= MAX_RANGE_MEMBERS || !Number.isSafeInteger(last)) {
    return { ok: false, problem: `has more than ${MAX_RANGE_MEMBERS} members` };
  }
  const members: string[] = [];
  for (let value = first; value <= last; value += stride) {
    members.push(digits ? String(value).padStart(isPadded ? start.length : 0, "0") : String.fromCharCode(value));
  }
  return { ok: true, members };
}

/**
 * Expands all ranges of one entry, which advance in step: the first of each together, then the second of each.
 * Shape: a field without a range is the same in every entry; ranges of unequal length are refused.
 */
export function expandInStep(fields: Readonly<Record<string, string>>): ExpandResult {
  const templates: { field: string; literals: string[]; ranges: (readonly string[])[] }[] = [];
  let length: { field: string; range: string; count: number } | undefined;
  for (const [field, text] of Object.entries(fields)) {
    const literals: string[] = [];
    const ranges: (readonly string[])[] = [];
    let from = 0;
    for (const match of text.matchAll(RANGE)) {
      const result = rangeMembers(match[1] ?? "", match[2] ?? "", match[3]);
      if (!result.ok) return { ok: false, field, problem: `the range ${match[0]} ${result.problem}` };
      const count = result.members.length;
      length ??= { field, range: match[0], count };
      if (count !== length.count) {
        const problem = `the range ${match[0]} has ${count} members, ${length.range} in ${length.field} has ${length.count}; ranges of one entry advance in step and need equal lengths`;
        return { ok: false, field, problem };
      }
      literals.push(text.slice(from, match.index));
      ranges.push(result.members);
      from = match.index + match[0].length;
    }
    literals.push(text.slice(from));
    templates.push({ field, literals, ranges });
  }
  const entries = Array.from({ length: length?.count ?? 1 }, (_, step) =>
    Object.fromEntries(
      templates.map(({ field, literals, ranges }) => [
        field,
        literals.map((literal, i) => literal + (ranges[i]?.[step] ?? "")).join(""),
      ]),
    ),
  );
  return { ok: true, entries };
}
