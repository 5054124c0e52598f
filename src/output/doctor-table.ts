import { compareVerdicts, type DoctorVerdict, doctorChecks, type Finding } from "../domain/doctor-finding.ts";
import type { Diagnosis, NodeDiagnosis } from "../domain/doctor-judge.ts";
import { foldNames } from "../domain/fold.ts";
import { paint, strong } from "./colour.ts";
import { doctorTone, summaryWords } from "./doctor-words.ts";
import type { Style } from "./style.ts";
import { wrapLines } from "./table.ts";
import { pad, textWidth } from "./width.ts";

/**
 * `-o table`: what is wrong and worth knowing, the worst first, and what to do about it. Nodes with the same finding
 * share a line; what is fine is counted only. With `isAll`, every check of every node instead.
 */
export function formatDoctor(diagnosis: Diagnosis, isAll: boolean, style: Style): string {
  const parts = isAll
    ? diagnosis.nodes.map((node) => nodeLines(node, style))
    : [foldedLines(foldFindings(diagnosis), style)];
  return [headlineLines(diagnosis, style), ...parts]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function headlineLines(diagnosis: Diagnosis, style: Style): readonly string[] {
  const verdict = diagnosis.verdict.toUpperCase();
  const indent = " ".repeat(verdict.length + 2);
  const text = `${diagnosis.cluster}: ${summaryWords(diagnosis)}`;
  const [first = "", ...rest] = wrapLines(text, style.columns, indent, indent);
  return [`${paint(verdict, doctorTone(diagnosis.verdict), style.colour)}  ${first.slice(indent.length)}`, ...rest];
}

/** One finding of several nodes, or several checks that were skipped for one reason. */
type Line = {
  readonly nodes: readonly string[];
  readonly checks: readonly string[];
  readonly verdict: DoctorVerdict;
  readonly text: string;
  readonly fix: string | undefined;
};

/** By verdict, then in the order of the checks. Of several fixes for the same text, the first node's is told. */
function foldFindings({ nodes }: Diagnosis): readonly Line[] {
  const lines = new Map<string, { nodes: string[]; finding: Finding }>();
  for (const { node, findings } of nodes) {
    for (const finding of findings) {
      if (finding.verdict === "ok") continue;
      const key = JSON.stringify([finding.check, finding.verdict, finding.text]);
      const line = lines.get(key);
      if (line === undefined) lines.set(key, { nodes: [node], finding });
      else line.nodes.push(node);
    }
  }
  const found = [...lines.values()].map(({ nodes: on, finding: { check, ...said } }) => ({
    nodes: on,
    checks: [check],
    ...said,
  }));
  const rank = ({ checks }: Line) => doctorChecks.findIndex(({ name }) => name === checks[0]);
  const sorted = found.toSorted((a, b) => compareVerdicts(a.verdict, b.verdict) || rank(a) - rank(b));
  return joinSkipped(sorted);
}

/** What was skipped on the same nodes for the same reason is one line. */
function joinSkipped(lines: readonly Line[]): readonly Line[] {
  const joined = new Map<string, Line>();
  for (const line of lines) {
    const { verdict, nodes, text, checks } = line;
    const key = verdict === "skipped" ? JSON.stringify([nodes, text]) : JSON.stringify([nodes, text, checks, verdict]);
    const before = joined.get(key);
    joined.set(key, before === undefined ? line : { ...before, checks: [...before.checks, ...checks] });
  }
  return [...joined.values()];
}

/** Longer names of many nodes stand on a line of their own. */
const longestNodes = 24;

function foldedLines(lines: readonly Line[], style: Style): readonly string[] {
  const widths = lines.map(({ nodes }) => textWidth(foldNames(nodes))).filter((width) => width <= longestNodes);
  const nodesWidth = Math.max(0, ...widths);
  // What is mended by the same deed as the next line is told there.
  const isToldNext = ({ fix }: Line, index: number) => fix !== undefined && lines[index + 1]?.fix === fix;
  return lines.flatMap((line, index) =>
    lineOf(isToldNext(line, index) ? { ...line, fix: undefined } : line, nodesWidth, style),
  );
}

function lineOf({ nodes, checks, verdict, text, fix }: Line, nodesWidth: number, style: Style): readonly string[] {
  const names = foldNames(nodes);
  const indent = " ".repeat(nodesWidth + 2);
  const word = pad(verdict, verdictWidth);
  const said = wrapLines(`${checks.join(", ")}: ${text}`, style.columns, `${indent}${word}  `, indentOf(indent));
  const [first = "", ...rest] = said;
  const body = `${paint(word, doctorTone(verdict), style.colour)}${first.slice(indent.length + verdictWidth)}`;
  const head = textWidth(names) > nodesWidth ? [names, indent + body] : [`${pad(names, nodesWidth)}  ${body}`];
  return [...head, ...rest, ...fixLines(fix, indentOf(indent), style)];
}

const verdictWidth = "critical".length;
const checkWidth = Math.max(...doctorChecks.map(({ name }) => name.length));

function indentOf(indent: string): string {
  return `${indent}${" ".repeat(verdictWidth + 2)}`;
}

function fixLines(fix: string | undefined, indent: string, style: Style): readonly string[] {
  const { arrow } = style.glyphs;
  if (fix === undefined) return [];
  return wrapLines(fix, style.columns, `${indent}${arrow} `, `${indent}${" ".repeat(arrow.length + 1)}`);
}

function nodeLines({ node, address, version, findings }: NodeDiagnosis, style: Style): readonly string[] {
  const head = [node, address, ...(version === undefined ? [] : [`HAProxy ${version}`])].join("  ");
  const indent = " ".repeat(2 + verdictWidth + 2 + checkWidth + 2);
  return [
    strong(head, style.colour),
    ...findings.flatMap(({ check, verdict, text, fix }) => {
      const [first = "", ...rest] = wrapLines(text, style.columns, indent, indent);
      const word = paint(pad(verdict, verdictWidth), doctorTone(verdict), style.colour);
      return [
        `  ${word}  ${pad(check, checkWidth)}  ${first.slice(indent.length)}`,
        ...rest,
        ...fixLines(fix, indent, style),
      ];
    }),
  ];
}
