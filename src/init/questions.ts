import { expandMasters, expandNodes } from "../domain/fleet-expand.ts";
import { explainIssues } from "../domain/fleet-issues.ts";
import { checkFleetFile } from "../domain/fleet-schema.ts";
import type { Mistake } from "../domain/mistake.ts";
import { expandInStep } from "../domain/name-range.ts";
import type { Found } from "./found.ts";

/** What is known after an answer; `passwordVariable` is `undefined` where the page asks for no password. */
export type Answers = { readonly found: Found; readonly passwordVariable: string | undefined };

/** What came of an answer: more is known, or what is wrong with it. */
export type AnswerResult =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problem: string };

/** A question; `fallback` is the answer that an empty line gives, and stands in brackets. */
export type Question = {
  readonly text: string;
  fallback(answers: Answers): string | undefined;
  read(answer: string, answers: Answers): AnswerResult;
};

const cluster: Question = {
  text: "Name of the cluster",
  fallback: () => "k3s",
  read: (answer, answers) => checked({ cluster: answer }, answers, { cluster: answer }),
};

const masters: Question = {
  text: "Masters, as HAProxy's server lines are called (ranges as in master-[1:3], several with commas)",
  fallback: ({ found }) => `${found.cluster ?? "k3s"}-master-[1:3]`,
  read(answer, answers) {
    const { entries, mistakes } = expandMasters(splitList(answer).map((name) => ({ name })));
    const found = entries.map(({ fields }) => ({ name: fields.name, address: undefined }));
    return fine(mistakes, found.length, answers, { masters: found });
  },
};

const masterAddresses: Question = {
  text: "Their addresses, in the same order (port 6443 unless given)",
  fallback: ({ found }) => found.masters.map(({ name }) => name).join(","),
  read(answer, answers) {
    const { found } = answers;
    const list = expandList(answer);
    if (list.length !== found.masters.length) return unequal(list.length, found.masters.length, "masters");
    const named = found.masters.map(({ name }, i) => ({ name, address: list[i] ?? name }));
    return fine(expandMasters(named).mistakes, named.length, answers, { masters: named });
  },
};

const nodes: Question = {
  text: "Nodes, the machines that run a HAProxy (ranges as in node[01:38], several with commas)",
  fallback: () => undefined,
  read(answer, answers) {
    const { entries, mistakes } = expandNodes(splitList(answer).map((name) => ({ name })));
    const found = entries.map(({ fields }) => bareNode(fields.name, undefined));
    return fine(mistakes, found.length, answers, { nodes: found });
  },
};

const nodeAddresses: Question = {
  text: "Their addresses, in the same order, without a port (such as 10.8.0.[11:48])",
  fallback: () => "their names",
  read(answer, answers) {
    const { found } = answers;
    if (answer === "their names") return { ok: true, answers };
    const list = expandList(answer);
    if (list.length !== found.nodes.length) return unequal(list.length, found.nodes.length, "nodes");
    const addressed = found.nodes.map(({ name }, i) => bareNode(name, list[i]));
    const raw = addressed.map(({ name, address }) => ({ name, address: address ?? name }));
    return fine(expandNodes(raw).mistakes, addressed.length, answers, { nodes: addressed });
  },
};

const backend: Question = {
  text: "Backend that holds the masters",
  fallback: ({ found }) => `${found.cluster ?? "k3s"}-kube-api`,
  read: (answer, answers) => checked({ backend: answer }, answers, { backend: answer }),
};

const expectations: ReadonlyMap<string, 401 | 200 | "migrate"> = new Map<string, 401 | 200 | "migrate">([
  ["401", 401],
  ["200", 200],
  ["migrate", "migrate"],
]);

const expectation: Question = {
  text: "What the health check wants of /readyz: 401, 200, or migrate (both)",
  fallback: () => "401",
  read(answer, answers) {
    const expect = expectations.get(answer);
    const check = { ...answers.found.check, ...(expect !== undefined && { expect }) };
    return checked({ check: { expect: expect ?? answer } }, answers, { check });
  },
};

const port: Question = {
  text: "Port of the stats page",
  fallback: () => "1936",
  read(answer, answers) {
    const value = /^\d+$/.test(answer) ? Number(answer) : answer;
    const stats = typeof value === "number" ? { port: value } : {};
    return checked({ stats: { port: value } }, answers, { stats: { ...answers.found.stats, ...stats } });
  },
};

const path: Question = {
  text: "Its path (stats uri)",
  fallback: () => "/",
  read: (answer, answers) =>
    checked({ stats: { path: answer } }, answers, { stats: { ...answers.found.stats, path: answer } }),
};

const username: Question = {
  text: "User of the stats page (- where it asks for no password)",
  fallback: () => "admin",
  read(answer, { found, passwordVariable }) {
    if (answer === "-") return { ok: true, answers: { found, passwordVariable: undefined } };
    const known = { found, passwordVariable };
    return checked({ stats: { username: answer } }, known, { stats: { ...found.stats, username: answer } });
  },
};

/** What is asked where there is no file to begin with, in this order. */
export const allQuestions: readonly Question[] = [
  cluster,
  masters,
  masterAddresses,
  nodes,
  nodeAddresses,
  backend,
  expectation,
  port,
  path,
  username,
];

/** What is asked where everything but the masters is known. */
export const masterQuestions: readonly Question[] = [masters, masterAddresses];

/** What is asked where everything but the nodes is known. */
export const nodeQuestions: readonly Question[] = [nodes, nodeAddresses];

/** Holds one key against the definition of the fleet file, beside a master and a node that are sound. */
function checked(part: object, answers: Answers, known: Partial<Found>): AnswerResult {
  const value = { masters: [{ name: "m" }], nodes: [{ name: "n" }], ...part };
  const [mistake] = explainIssues(value, checkFleetFile(value).issues);
  return mistake === undefined ? taken(answers, known) : { ok: false, problem: mistake.text };
}

function fine(mistakes: readonly Mistake[], count: number, answers: Answers, known: Partial<Found>): AnswerResult {
  const [mistake] = mistakes;
  if (mistake !== undefined) return { ok: false, problem: mistake.text };
  return count === 0 ? { ok: false, problem: "expected at least one name" } : taken(answers, known);
}

function taken({ found, passwordVariable }: Answers, known: Partial<Found>): AnswerResult {
  return { ok: true, answers: { found: { ...found, ...known }, passwordVariable } };
}

function unequal(given: number, wanted: number, what: string): AnswerResult {
  return { ok: false, problem: `these are ${given}, and there are ${wanted} ${what}; expected one for each` };
}

function bareNode(name: string, address: string | undefined): Found["nodes"][number] {
  return { name, address: address === name ? undefined : address, ssh: undefined, labels: {}, statsPort: undefined };
}

/** Cuts at commas and blanks outside of brackets. */
function splitList(answer: string): string[] {
  return answer.split(/[,\s]+(?![^[]*\])/).filter((part) => part !== "");
}

/** The members of a list of addresses with ranges; what is no range stands for itself. */
function expandList(answer: string): readonly string[] {
  return splitList(answer).flatMap((address) => {
    const result = expandInStep({ address });
    return result.ok ? result.entries.map((one) => one["address"] ?? address) : [address];
  });
}
