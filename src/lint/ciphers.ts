import { type CfgLine, linesOf } from "../domain/cfg-file.ts";
import type { CfgPattern } from "../domain/cfg-pattern.ts";
import { allowsEcdsa } from "./cipher-suites.ts";
import { type Hit, hitAt, type LintRule } from "./rule.ts";

/** Both kinds of certificates, with forward secrecy; TLS 1.3 has suites of its own. */
const GOOD = "ECDHE+AESGCM:ECDHE+CHACHA20";

export const ciphers: LintRule = {
  id: "LB051",
  name: "ciphers",
  severity: "warning",
  finds: "lists of ciphers that no EC certificate can use",
  reason: "k3s has EC certificates: below TLS 1.3 every handshake with them fails, and only TLS 1.3 hides it",
  fix: `ssl-default-server-ciphers ${GOOD}`,
  find: ({ pattern }) => [...inGlobal(pattern), ...inProxies(pattern)],
};

function inGlobal({ global }: CfgPattern): readonly Hit[] {
  return global.flatMap((section) =>
    ["ssl-default-bind-ciphers", "ssl-default-server-ciphers"].flatMap((keyword) =>
      linesOf(section, keyword)
        .filter((line) => isWithoutEc(line, line.words[1]))
        .map((line) => ({
          at: line,
          sections: [section],
          text: `${keyword} has no suite with ECDSA`,
          fix: `${keyword} ${GOOD}`,
        })),
    ),
  );
}

/** A list on a default-server line holds for many servers, and is told once. */
function inProxies({ backends, frontends, statsPages }: CfgPattern): readonly Hit[] {
  const hits = [...new Set([...backends, ...frontends, ...statsPages])].flatMap((proxy) =>
    [...proxy.section.lines].flatMap((line) => {
      if (!/^(?:server|server-template|default-server|bind)$/.test(line.words[0] ?? "")) return [];
      const at = line.words.indexOf("ciphers", 1);
      if (at < 0 || !isWithoutEc(line, line.words[at + 1])) return [];
      return [hitAt(line, proxy, "ciphers without a suite with ECDSA", { fix: `ciphers ${GOOD}` })];
    }),
  );
  return hits;
}

function isWithoutEc(line: CfgLine, list: string | undefined): boolean {
  if (list === undefined || line.variables.some(({ word }) => line.words[word] === list)) return false;
  return !allowsEcdsa(list);
}
