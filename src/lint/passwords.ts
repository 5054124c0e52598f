import type { CfgLine, CfgSection } from "../domain/cfg-file.ts";
import type { Hit, LintRule } from "./rule.ts";

/** The password of the sample from which this pattern is copied. */
const SAMPLE = "yoursupersecretpassword";

/** What is tried first. */
const KNOWN: ReadonlySet<string> = new Set(
  "admin password passwort haproxy changeme changeit secret stats 123456 12345678 root test k3s adminpassword admin123 letmein".split(
    " ",
  ),
);

export const knownPassword: LintRule = {
  id: "LB023",
  name: "known-password",
  severity: "error",
  finds: "a password that everybody knows: the sample's, a usual one, the user's name, or none",
  reason: "whoever reaches the page reads it, and gives orders where stats admin lets them",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to the environment as HAProxy writes it.
  fix: 'user <name> insecure-password "${K3S_LB_STATS_PASSWORD}" in a userlist, or a hash behind password',
  find: ({ cfg }) => cfg.sections.flatMap((section) => section.lines.flatMap((line) => findIn(line, section))),
};

/** What a line says of a user; the password never leaves this file. */
type Login = { readonly user: string; readonly password: string };

function findIn(line: CfgLine, section: CfgSection): readonly Hit[] {
  if (line.modifier !== undefined) return [];
  const login = section.keyword === "userlist" ? ofUserlist(line) : ofStats(line);
  const fault = login === undefined ? undefined : faultOf(login);
  if (login === undefined || fault === undefined) return [];
  return [{ at: line, sections: [section], text: `the password of ${login.user || "a user without a name"} ${fault}` }];
}

function ofStats(line: CfgLine): Login | undefined {
  if (line.words[0] !== "stats" || line.words[1] !== "auth") return undefined;
  const text = resolve(line, 2);
  if (text === undefined) return undefined;
  const colon = text.indexOf(":");
  // Without a colon it may be the password that stands here, so it is not told as the user's name.
  return colon < 0 ? { user: "", password: "" } : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function ofUserlist(line: CfgLine): Login | undefined {
  const at = line.words.indexOf("insecure-password");
  if (line.words[0] !== "user" || at < 2) return undefined;
  const password = resolve(line, at + 1);
  return password === undefined ? undefined : { user: line.words[1] ?? "", password };
}

/** A word as HAProxy would read it in an empty environment; `undefined` where only the environment knows it. */
function resolve(line: CfgLine, at: number): string | undefined {
  let text = line.words[at] ?? "";
  for (const { word, name, fallback } of line.variables) {
    if (word !== at) continue;
    if (fallback === undefined) return undefined;
    text = text.replace(`\${${name}-${fallback}}`, () => fallback);
  }
  return text;
}

function faultOf({ user, password }: Login): string | undefined {
  const lower = password.toLowerCase();
  if (password === "") return "is empty";
  if (lower === SAMPLE) return "is the one of the sample, which is public";
  if (lower === user.toLowerCase()) return "is the user's name";
  return KNOWN.has(lower) ? "is one that is tried first" : undefined;
}
