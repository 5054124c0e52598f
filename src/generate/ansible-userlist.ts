import { type AnsibleItem, type AnsibleValue, jinja, list, map } from "./ansible-value.ts";
import type { HaproxySection } from "./haproxy-section.ts";

/** Where the password of a user is to be had: the name of a variable that the vault holds, and in which form. */
export type VaultSecret = { readonly variable: string; readonly isHash: boolean };

/**
 * A userlist as the role takes it, passwords as references to the vault.
 * Shape: the role writes the groups itself, from those of the users.
 * Errors: a line that the role cannot write is a bug of whoever made the section.
 */
export function userlistItem({ name, lines }: HaproxySection, secretOf: (word: string) => VaultSecret): AnsibleItem {
  const users = lines.filter(({ words }) => words[0] === "user");
  const groups = users.flatMap(({ words }) => groupsOf(words));
  const written = lines.filter(({ words }) => words[0] !== "user").map(({ words }) => words.join(" "));
  if (written.join("\n") !== [...new Set(groups)].map((group) => `group ${group}`).join("\n")) {
    throw new Error(`the userlist ${name} has lines that the role does not write: ${written.join("; ")}`);
  }
  const items = users.map(({ words, notes }) => {
    const value = userValue(words, secretOf);
    return notes === undefined ? { value } : { value, notes };
  });
  return {
    value: {
      kind: "map",
      entries: [
        { key: "name", value: name },
        { key: "users", value: { kind: "list", items } },
      ],
    },
  };
}

function userValue(words: readonly string[], secretOf: (word: string) => VaultSecret): AnsibleValue {
  const [, name = "", , secret = ""] = words;
  const groups = groupsOf(words);
  const { variable, isHash } = secretOf(secret);
  return map({
    name,
    ...(isHash ? { password: hashOf(variable) } : { insecure_password: passwordOf(variable) }),
    groups: groups.length > 0 ? list(groups) : undefined,
  });
}

const groupsOf = (words: readonly string[]): readonly string[] =>
  words[4] === "groups" ? (words[5] ?? "").split(",") : [];

/**
 * The password in strong quotes, so that HAProxy reads no blank, `#`, `$` or backslash in it as more than itself. A single
 * quote ends them, stands in double quotes, and begins them again, as in a shell. The expression has no backslash, as
 * Ansible doubles those in some places.
 * Source: HAProxy's configuration.txt 2.2, "Quoting and escaping".
 */
function passwordOf(variable: string): AnsibleValue {
  return jinja(`'{{ ${variable} | replace("'", "'" ~ '"' ~ "'" ~ '"' ~ "'") ${orFail(variable)} }}'`);
}

/** A hash has no character that HAProxy's parser knows outside of double quotes; a pipe leaves a line end behind it. */
function hashOf(variable: string): AnsibleValue {
  return jinja(`{{ ${variable} | trim ${orFail(variable)} }}`);
}

/** HAProxy before 3.3 takes an empty password, and with it everybody. */
const orFail = (variable: string): string => `if ${variable} else undef(hint="${variable} is empty")`;
