import { type CfgSource, readCfg } from "../domain/cfg-file.ts";
import { type CfgPattern, findPattern } from "../domain/cfg-pattern.ts";
import type { LintFinding, LintResult } from "../domain/lint-report.ts";
import { cleanText } from "../domain/text.ts";
import { allowedBy } from "./allowed.ts";
import type { Hit, LintContext, LintRule, LintSubject } from "./rule.ts";
import { rules } from "./rules.ts";

/**
 * Judges a configuration by every rule.
 * Shape: files in the order in which HAProxy is given them; findings in the order of the lines, then of the ids. Never
 * throws, and no finding holds a password or a character that a terminal obeys.
 */
export function lint(sources: readonly CfgSource[], context: LintContext): LintResult {
  const cfg = readCfg(sources);
  const subject: LintSubject = { ...context, cfg, pattern: judgedPart(findPattern(cfg, context.fleet)) };
  const findings = rules.flatMap((rule) => rule.find(subject).map((hit) => toFinding(rule, hit)));
  const order = new Map(cfg.files.map((file, index) => [cleanText(file), index]));
  return {
    findings: withoutRepeats(findings).toSorted(
      (a, b) =>
        (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) ||
        a.line - b.line ||
        (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    ),
    remarks: remarksOn(subject),
  };
}

/** Without a backend of masters `global` serves something else, which does not want what this pattern wants. */
function judgedPart(pattern: CfgPattern): CfgPattern {
  return pattern.backends.length === 0 ? { ...pattern, global: [] } : pattern;
}

function toFinding(rule: LintRule, { at, sections, text, fix, severity, reason }: Hit): LintFinding {
  const [first] = sections;
  const allowed = allowedBy(rule.id, sections);
  return {
    id: rule.id,
    name: rule.name,
    severity: severity ?? rule.severity,
    file: cleanText(at.file),
    line: at.number,
    section: first === undefined ? "" : cleanText(`${first.keyword} ${first.name}`).trim(),
    text: cleanText(text),
    reason: reason ?? rule.reason,
    fix: cleanText(fix ?? rule.fix),
    allowed: allowed === undefined ? undefined : cleanText(allowed),
  };
}

/** What several proxies inherit from one line is one finding. */
function withoutRepeats(findings: readonly LintFinding[]): readonly LintFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ id, file, line, text }) => {
    const key = JSON.stringify([id, file, line, text]);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function remarksOn({ pattern }: LintSubject): readonly string[] {
  if (pattern.backends.length === 0) {
    return [
      "no backend here leads to Kubernetes masters: TCP, with a check of /readyz, port 6443 or the fleet's servers",
      "global was not held to what such a backend needs; where it is in another file, name both files",
    ];
  }
  return pattern.global.length > 0 ? [] : ["no section global here: LB020, LB052 and LB055 could not be judged"];
}
