import { type Place, places, rawKey } from "./ansible-places.ts";
import { type AnsibleEntry, type AnsibleItem, type AnsibleValue, jinja } from "./ansible-value.ts";
import type { HaproxyLine, HaproxySection } from "./haproxy-section.ts";

/** A section whose lines become keys; a userlist has a form of its own. */
export type PlacedSection = HaproxySection & { readonly keyword: keyof typeof rawKey };

type Placed = AnsibleItem & { readonly path: readonly string[]; readonly many: boolean };

/**
 * The variables that make the role's templates write the lines of a section, in the same order.
 * Shape: a line whose place has gone by, or that has none, is a raw line, and so is all that follows it: raw lines are
 * written last. Comments that allow a finding are raw lines too, as `lint` reads the file on the node.
 */
export function sectionEntries({ keyword, lines }: PlacedSection): readonly AnsibleEntry[] {
  const placed: Placed[] = [];
  const raw: AnsibleItem[] = [];
  let open = places[keyword];
  for (const line of lines) {
    const words = line.words.flatMap(apart);
    const at = raw.length > 0 ? -1 : open.findIndex((place) => valueAt(place, words) !== undefined);
    const place = open[at];
    const value = place && valueAt(place, words);
    if (place === undefined || value === undefined) {
      raw.push({ value: rawValue(line), ...reasonsOf(line) });
      continue;
    }
    placed.push({ path: place.path, many: place.many, value, ...reasonsOf(line) });
    // What has been passed is closed, and so is a place that takes one line only.
    open = open.slice(place.many ? at : at + 1);
  }
  const allowed = new Set(lines.flatMap(({ notes = [] }) => notes.filter(isAllowance)));
  const items = [...[...allowed].map((note) => ({ value: `# ${note}` })), ...raw];
  const entries = entriesOf(placed);
  return items.length === 0 ? entries : [...entries, { key: rawKey[keyword], value: { kind: "list", items } }];
}

/** The comments that stay comments of the YAML: why a line is there. */
function reasonsOf({ notes = [] }: HaproxyLine): { readonly notes?: readonly string[] } {
  const reasons = notes.filter((note) => !isAllowance(note));
  return reasons.length === 0 ? {} : { notes: reasons };
}

const isAllowance = (note: string): boolean => note.startsWith("k3s-lb: allow ");

/**
 * The node's name is the one word that differs on every node, so Ansible puts it in. HAProxy takes no colon there, so that
 * an underscore may have been one.
 */
function rawValue({ words }: HaproxyLine): AnsibleValue {
  const [first, name = ""] = words;
  if (first !== "node") return words.join(" ");
  return jinja(
    name.includes("_") ? "node {{ inventory_hostname | replace(':', '_') }}" : "node {{ inventory_hostname }}",
  );
}

/** The words of a word, as some are whole conditions. What is quoted stays together. */
function apart(word: string): readonly string[] {
  return /["'\\]/.test(word) ? [word] : word.split(" ").filter((part) => part !== "");
}

function valueAt({ head, value }: Place, words: readonly string[]): AnsibleValue | undefined {
  const [prefix = ""] = head;
  if (prefix.endsWith(".")) {
    const [word = "", ...rest] = words;
    return word.startsWith(prefix) ? value([word.slice(prefix.length), ...rest]) : undefined;
  }
  return head.every((word, at) => words[at] === word) ? value(words.slice(head.length)) : undefined;
}

function entriesOf(placed: readonly Placed[]): readonly AnsibleEntry[] {
  const keys = [...new Set(placed.map(({ path }) => path[0] ?? ""))];
  return keys.flatMap((key) => {
    const mine = placed.filter(({ path }) => path[0] === key);
    const [first] = mine;
    if (first === undefined) return [];
    if (first.path.length > 1) {
      const entries = entriesOf(mine.map((each) => ({ ...each, path: each.path.slice(1) })));
      return [{ key, value: { kind: "map", entries } }];
    }
    const items = mine.map(({ value, notes }) => (notes === undefined ? { value } : { value, notes }));
    return first.many ? [{ key, value: { kind: "list", items } }] : items.map((item) => ({ key, ...item }));
  });
}
