import { roleDefaults } from "./ansible-places.ts";
import { type PlacedSection, sectionEntries } from "./ansible-section.ts";
import { userlistItem, type VaultSecret } from "./ansible-userlist.ts";
import type { AnsibleEntry, AnsibleItem } from "./ansible-value.ts";
import { vaultVariables } from "./ansible-vault.ts";
import type { GenerateInput } from "./generate-input.ts";
import type { HaproxySection } from "./haproxy-section.ts";
import { haproxySections } from "./haproxy-sections.ts";

/** Sections of which a file has several, and the variable that lists them. */
const LISTS = [
  ["userlist", "haproxy_userlists"],
  ["listen", "haproxy_listen"],
  ["frontend", "haproxy_frontend"],
  ["backend", "haproxy_backend"],
] as const;

/** The variables of the haproxy role for one node. */
export function ansibleHaproxy(input: GenerateInput): readonly AnsibleEntry[] {
  const secrets = vaultVariables(input);
  const hashes = Object.fromEntries(secrets.map(({ user, placeholder }) => [user, placeholder]));
  return roleVariablesOf(haproxySections({ ...input, secrets: { kind: "hash", hashes } }), (word) => {
    const secret = secrets.find(({ placeholder }) => placeholder === word);
    if (secret === undefined) throw new Error("a user of a userlist has a password that is no placeholder");
    return secret;
  });
}

/** The variables that make the role write these sections, in the order of its templates. */
export function roleVariablesOf(
  sections: readonly HaproxySection[],
  secretOf: (word: string) => VaultSecret,
): readonly AnsibleEntry[] {
  const single = (["global", "defaults"] as const).flatMap((keyword) =>
    sections
      .filter((section) => section.keyword === keyword)
      .flatMap((section) => withDefaults(keyword, sectionEntries({ ...section, keyword }))),
  );
  const lists = LISTS.flatMap(([keyword, key]) => {
    const items = sections
      .filter((section) => section.keyword === keyword)
      .map((section) => (isPlaced(section) ? named(section) : userlistItem(section, secretOf)));
    return items.length === 0 ? [] : [{ key, value: { kind: "list", items } } as const];
  });
  return [...single, ...lists];
}

const isPlaced = (section: HaproxySection): section is PlacedSection => section.keyword !== "userlist";

function named(section: PlacedSection): AnsibleItem {
  return { value: { kind: "map", entries: [{ key: "name", value: section.name }, ...sectionEntries(section)] } };
}

/** What is not in the section must not come from the role either. */
function withDefaults(keyword: "global" | "defaults", entries: readonly AnsibleEntry[]): readonly AnsibleEntry[] {
  const given = new Set(entries.map(({ key }) => key));
  const absent = roleDefaults[keyword].filter(([key]) => !given.has(key)).map(([key, value]) => ({ key, value }));
  return [...entries, ...absent];
}
