import { createInterface } from "node:readline";
import { UserError } from "../domain/user-error.ts";
import type { Answers, Question } from "../init/questions.ts";
import { watchInterrupts } from "./interrupts.ts";
import type { Shell } from "./shell.ts";

/** Whether somebody sits in front of it. Questions go to stderr, so that the file may go to stdout. */
export function canAsk({ stdin, stderr }: Shell): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** A terminal that answers line by line. `close` gives it back. */
export type Asker = { ask(question: string): Promise<string>; close(): void };

/** Ctrl-C in the middle of the questions. */
export class Interrupted extends Error {}

/**
 * Opens the terminal for questions. Errors: `ask` fails with a `UserError` at the end of the input, and with
 * `Interrupted` after Ctrl-C.
 * Not as a terminal of readline's: raw mode would swallow Ctrl-C, which has to end the program here.
 */
export function openAsker({ stdin, stderr }: Shell): Asker {
  const lines = createInterface({ input: stdin, terminal: false });
  const typed: string[] = [];
  let waiting: { resolve(line: string): void; reject(error: unknown): void } | undefined;
  let isOver = false;
  const interrupts = watchInterrupts();
  void interrupts.first.then(() => {
    // The cursor stands behind the question.
    stderr.write("\n");
    waiting?.reject(new Interrupted());
    waiting = undefined;
    lines.close();
  });
  const ended = (): UserError => new UserError("the answers ended, nothing was written", "Begin again: k3s-lb init.");
  lines.on("line", (line) => {
    if (waiting === undefined) typed.push(line);
    else waiting.resolve(line);
    waiting = undefined;
  });
  lines.on("close", () => {
    isOver = true;
    stdin.pause();
    if (waiting !== undefined) stderr.write("\n");
    waiting?.reject(ended());
    waiting = undefined;
  });
  return {
    ask(question) {
      stderr.write(question);
      const line = typed.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (interrupts.isStopped()) return Promise.reject(new Interrupted());
      if (isOver) return Promise.reject(ended());
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    close() {
      interrupts.forget();
      lines.close();
    },
  };
}

/**
 * Asks the questions in their order. An empty line is the answer in brackets; an answer that is wrong is told and asked
 * for again.
 */
export async function askAll(
  shell: Shell,
  asker: Asker,
  questions: readonly Question[],
  before: Answers,
): Promise<Answers> {
  let answers = before;
  for (const question of questions) {
    const fallback = question.fallback(answers);
    const text = `${question.text}${fallback === undefined ? "" : ` [${fallback}]`}: `;
    for (;;) {
      const line = (await asker.ask(text)).trim();
      const result = question.read(line === "" ? (fallback ?? "") : line, answers);
      if (result.ok) {
        answers = result.answers;
        break;
      }
      shell.stderr.write(`  ${result.problem}\n`);
    }
  }
  return answers;
}

/** Opens the terminal, asks, and gives it back. */
export async function askOnTerminal(shell: Shell, questions: readonly Question[], before: Answers): Promise<Answers> {
  const asker = openAsker(shell);
  try {
    return await askAll(shell, asker, questions, before);
  } finally {
    asker.close();
  }
}
