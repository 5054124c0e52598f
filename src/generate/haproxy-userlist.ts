import { quoteCfgWord } from "../domain/cfg-quote.ts";
import { UserError } from "../domain/user-error.ts";
import type { GenerateInput } from "./generate-input.ts";
import { passwordGuard } from "./haproxy-global.ts";
import type { HaproxyLine, HaproxySection } from "./haproxy-section.ts";
import { adminGroup, type HaproxyUser, haproxyUsers, userlistName } from "./haproxy-users.ts";

// crypt(3): an identifier, the salt and the hash, none of which has a character that HAProxy's parser knows.
const HASH = /^\$(?:1|5|6|y|2[aby])\$[A-Za-z0-9./$=,]{20,200}$/;

/**
 * The users of the stats listener. A userlist and not `stats auth`, as only that can close /metrics too and take hashes.
 * Errors: `UserError` where a hash is missing or is none.
 */
export function userlistSection(input: GenerateInput): HaproxySection {
  const users = haproxyUsers(input);
  return {
    keyword: "userlist",
    name: userlistName,
    lines: [
      // A file with a `global` of its own gets the guard here: HAProxy reads conditions in any section.
      ...(input.sectionsOnly ? passwordGuard(input) : []),
      ...users.map((user) => userLine(input, user)),
      ...(users.some(({ isAdmin }) => isAdmin) ? [{ words: ["group", adminGroup] }] : []),
    ],
  };
}

function userLine({ secrets }: GenerateInput, { name, variable, isAdmin }: HaproxyUser): HaproxyLine {
  const user = ["user", quoteCfgWord(name, "stats.username")];
  const groups = isAdmin ? ["groups", adminGroup] : [];
  if (secrets.kind === "env") return { words: [...user, "insecure-password", `"\${${variable}}"`, ...groups] };
  const hash = secrets.hashes[name];
  if (hash === undefined || !HASH.test(hash)) {
    throw new UserError(
      `there is no hash of the password of ${JSON.stringify(name)}, as crypt(3) writes them ($5$…)`,
      "Make one with: openssl passwd -5",
    );
  }
  return { words: [...user, "password", hash, ...groups] };
}
