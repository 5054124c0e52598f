/** One step of the change-over, in one or more parts: each is something to do, and what proves that it is done. */
export type Step = { readonly title: string; readonly why: readonly string[]; readonly parts: readonly Part[] };

/** Commands are whole lines. */
export type Part = { readonly run: readonly string[]; readonly proof: readonly Proof[] };

/** A command and what it has to answer. */
export type Proof = { readonly command: string; readonly answer: string };

/** The steps as text, numbered from 1. Commands stand alone on their lines, to be copied. */
export function formatSteps(steps: readonly Step[]): string {
  return steps.map(({ title, why, parts }, i) => formatStep(`${i + 1}. ${title}`, why, parts)).join("\n");
}

function formatStep(title: string, why: readonly string[], parts: readonly Part[]): string {
  return [title, ...why.map((line) => `   ${line}`), "", ...parts.flatMap(formatPart)].join("\n");
}

function formatPart({ run, proof }: Part): readonly string[] {
  const proofs = proof.flatMap(({ command, answer }) => [`      ${command}`, `        -> ${answer}`]);
  return [
    ...(run.length > 0 ? [...run.map((line) => `      ${line}`), ""] : []),
    ...(proofs.length > 0 ? ["   Proof:", "", ...proofs, ""] : []),
  ];
}
