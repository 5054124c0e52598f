import {
  countFindings,
  type LintCounts,
  type LintFinding,
  type LintSeverity,
  lintSeverities,
} from "../domain/lint-report.ts";
import { paint, strong } from "./colour.ts";
import type { Style } from "./style.ts";
import { wrapLines } from "./table.ts";
import type { Tone } from "./tone.ts";

const TONES: Readonly<Record<LintSeverity, Tone>> = { error: "bad", warning: "warn", note: "info" };

/** The findings that count, each with its reason and what to write, and a last line with how many there are. */
export function formatLintTable(findings: readonly LintFinding[], style: Style): string {
  const shown = findings.filter(({ allowed }) => allowed === undefined);
  const lines = shown.flatMap((finding) => findingLines(finding, style));
  const counts = countFindings(findings);
  return [...lines, strong(countWords(counts), style.colour)].map((line) => `${line}\n`).join("");
}

function findingLines({ file, line, severity, id, text, reason, fix }: LintFinding, style: Style): readonly string[] {
  const { columns, colour, glyphs } = style;
  const head = `${file}:${line} ${severity} ${id} `;
  const [first = "", ...rest] = wrapLines(text, columns, head, "    ");
  const painted = first.replace(` ${severity} ${id} `, (words) => paint(words, TONES[severity], colour));
  return [
    painted,
    ...rest,
    ...wrapLines(reason, columns, "    ", "    ").map((each) => paint(each, "muted", colour)),
    ...wrapLines(fix, columns, `  ${glyphs.arrow} `, "    "),
  ];
}

function countWords(counts: LintCounts): string {
  const found = lintSeverities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? "" : "s"}`);
  const allowed = counts.allowed === 0 ? "" : `; ${counts.allowed} allowed by comments`;
  return `${found.length === 0 ? "no findings" : found.join(", ")}${allowed}`;
}
