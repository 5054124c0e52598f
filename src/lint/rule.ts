import type { Cfg, CfgLine, CfgSection } from "../domain/cfg-file.ts";
import type { CfgPattern } from "../domain/cfg-pattern.ts";
import type { CfgProxy } from "../domain/cfg-proxy.ts";
import type { HaproxyVersion } from "../domain/haproxy-version.ts";
import type { Fleet } from "../domain/inventory.ts";
import type { LintRuleText, LintSeverity } from "../domain/lint-report.ts";

/** What is known beside the files. `caAtHand` is where this machine, or the fleet's, has the authority of the masters. */
export type LintContext = {
  readonly fleet: LintFleet | undefined;
  readonly version: HaproxyVersion | undefined;
  readonly caAtHand: string | undefined;
};

export type LintFleet = Pick<Fleet, "masters" | "backend" | "frontend" | "check">;

/** A configuration with all that rules ask of it. */
export type LintSubject = LintContext & { readonly cfg: Cfg; readonly pattern: CfgPattern };

/** A rule: its words, and the function that finds. */
export type LintRule = LintRuleText & { find(subject: LintSubject): readonly Hit[] };

/**
 * A place where a rule applies.
 * Shape: `sections` are those that have a part in it, the one to change first: a comment in any of them allows it. `text`
 * says what is there; `fix`, `severity` and `reason`, where they are given, stand in for the rule's own.
 */
export type Hit = {
  readonly at: Pick<CfgLine, "file" | "number">;
  readonly sections: readonly CfgSection[];
  readonly text: string;
  readonly fix?: string;
  readonly severity?: LintSeverity;
  readonly reason?: string;
};

/** A hit on a proxy as a whole: something is missing in it. */
export function hitOn(proxy: CfgProxy, text: string, more: Partial<Hit> = {}): Hit {
  return { at: proxy.section.header, sections: [proxy.section, ...proxy.defaults], text, ...more };
}

/** A hit on one line of a proxy or of what it inherits from. */
export function hitAt(line: CfgLine, proxy: CfgProxy, text: string, more: Partial<Hit> = {}): Hit {
  return { at: line, sections: [proxy.section, ...proxy.defaults], text, ...more };
}

/** "m1", "m1 and m2", "m1, m2 and 3 more". */
export function listNames(names: readonly string[]): string {
  if (names.length <= 3) return names.join(", ").replace(/, ([^,]*)$/, " and $1");
  return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
