import { formatAge } from "../domain/ages.ts";
import { formatHostPort } from "../domain/host.ts";
import { nameNodes } from "../domain/node-words.ts";
import type { FleetView, NodeView, Problem } from "../domain/view.ts";
import { severityTone, type Tone, verdictTone } from "../output/tone.ts";
import { calmTone, checkText } from "./master-columns.ts";
import { stateText } from "./node-columns.ts";
import type { KnownProblem } from "./problem-lines.ts";

/** A line of text above a list, and how many lines it may take. */
export type DetailText = {
  readonly text: string;
  readonly tone: Tone;
  readonly maxLines: number;
  /** A line that is one whole, blanks and all. */
  readonly isLine?: boolean;
};

const plain = (text: string, maxLines = 2): DetailText => ({ text, tone: "plain", maxLines });

/** A master in words: the verdict and why, its numbers, then its problems with what to do. */
export function masterText(view: FleetView, name: string): readonly DetailText[] {
  const master = view.masters.find((candidate) => candidate.name === name);
  if (master === undefined) return [plain(`${name} is no longer one of the masters.`)];
  const { check, checkMs, pinnedSessions, reason, sessions, verdict } = master;
  const pinned = pinnedSessions === 0 ? "" : `, ${pinnedSessions} of them pinned where it is down or out of service`;
  return [
    { text: `${verdict}: ${reason}`, tone: calmTone(verdictTone(verdict)), maxLines: 3 },
    plain(`address ${master.master.address}; checks: ${checkText(check, checkMs)}; ${sessions} sessions${pinned}`),
    ...view.problems.filter((problem) => problem.master === name).flatMap((problem) => masterProblem(problem, reason)),
  ];
}

/** A node in words: how it answers, what is known of its HAProxy, then its problems with what to do. */
export function nodeText(node: NodeView | undefined): readonly DetailText[] {
  if (node === undefined) return [plain("This node is no longer in the fleet.")];
  const { failure } = node;
  const texts: DetailText[] = [];
  if (failure !== undefined) {
    const times = failure.count === 1 ? "" : `, ${failure.count} polls in a row`;
    texts.push({
      text: `${failure.text.replace(/[.]?$/, ".")} For ${formatAge(failure.forMs)}${times}.`,
      tone: "warn",
      maxLines: 3,
    });
    texts.push(plain(failure.hint, 3));
  }
  if (node.cutOff) {
    texts.push({
      text: "No master is usable from here while other nodes have one: look at this node's network first.",
      tone: "bad",
      maxLines: 2,
    });
  } else if (node.usableMasters === 0) {
    texts.push({ text: "No master is usable from here.", tone: "bad", maxLines: 1 });
  }
  texts.push(plain(factsText(node)));
  return texts;
}

/** A group of nodes in words. */
export function groupText(name: string, nodes: readonly NodeView[]): readonly DetailText[] {
  const fresh = nodes.filter(({ state }) => state === "fresh").length;
  const left = nodes.filter(({ usableMasters }) => usableMasters === 0).map((node) => node.name);
  return [
    plain(`${name}: ${nodes.length === 1 ? "1 node" : `${nodes.length} nodes`}, ${fresh} of them answer`),
    ...(left.length === 0
      ? []
      : [{ text: `no master is usable from ${nameNodes(left)}`, tone: "bad", maxLines: 2 } as const]),
  ];
}

/** A problem in words, with what to do. */
export function problemText(problem: KnownProblem | undefined): readonly DetailText[] {
  if (problem === undefined) return [plain("This problem is over.")];
  const since = problem.ageMs === undefined ? "" : `, for ${formatAge(problem.ageMs)}`;
  return problemLines({ ...problem, text: `${problem.text}${since}` });
}

/** The line of the verdict has told what is wrong with a master; its other problems are told here. */
function masterProblem(problem: Problem, reason: string): readonly DetailText[] {
  const [text, fix] = problemLines(problem);
  const kinds = ["master-down", "master-path", "drift"];
  const isTold = kinds.includes(problem.kind) || problem.text === `${problem.master} is ${reason}`;
  return [text, fix].flatMap((line) => (line === undefined || (isTold && line === text) ? [] : [line]));
}

function problemLines(problem: Problem): readonly DetailText[] {
  return [
    { text: `${problem.severity}: ${problem.text}`, tone: severityTone(problem.severity), maxLines: 4 },
    plain(problem.fix, 4),
  ];
}

function factsText(node: NodeView): string {
  const { ageMs, config, labels, nodeName, restartedAgoMs, source, version } = node;
  const named = nodeName === undefined || nodeName === node.name ? "" : ` that calls itself ${nodeName}`;
  const facts = [
    stateText(node),
    formatHostPort(node.address, config.stats.port),
    ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    version === undefined ? "HAProxy's version is not known" : `HAProxy ${version}${named}`,
    ...(source === undefined ? [] : [`read from ${source === "stats" ? "the stats page" : "/metrics"}`]),
    ageMs === undefined ? "no answer yet" : `answered ${formatAge(ageMs)} ago`,
    ...(restartedAgoMs === undefined ? [] : [`restarted ${formatAge(restartedAgoMs)} ago`]),
  ];
  return facts.join(", ");
}
