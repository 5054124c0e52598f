import type { Cfg, CfgSection } from "../domain/cfg-file.ts";
import type { LintRule } from "./rule.ts";

export const unreadable: LintRule = {
  id: "LB001",
  name: "unreadable-line",
  severity: "error",
  finds: "lines that HAProxy cannot read, or reads only in part",
  reason: "HAProxy refuses the file, or leaves out what stands behind that place",
  fix: "haproxy -c -f <file> says the same of it, with the line",
  find: ({ cfg }) => {
    const told = cfg.problems.slice(0, MOST).map((problem) => ({
      at: problem,
      sections: sectionsAt(cfg, problem.file, problem.number),
      text: problem.column > 1 ? `${problem.text} (column ${problem.column})` : problem.text,
    }));
    const next = cfg.problems[MOST];
    if (next === undefined) return told;
    return [...told, { at: next, sections: [], text: `${cfg.problems.length - MOST} more of the kind from here on` }];
  },
};

/** HAProxy itself gives up after so many. */
const MOST = 50;

/** The section that a line stands in, or none: the last one that begins above it in its file. */
function sectionsAt(cfg: Cfg, file: string, number: number): readonly CfgSection[] {
  const section = cfg.sections.findLast(({ header }) => header.file === file && header.number <= number);
  return section === undefined ? [] : [section];
}
