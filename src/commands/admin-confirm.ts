import { createInterface } from "node:readline";
import type { Plan } from "../domain/plan.ts";
import { UserError } from "../domain/user-error.ts";
import type { Shell } from "./shell.ts";

/** What has to happen before a plan runs: nothing, a yes, or the names typed that `--confirm` did not give. */
export type Confirmation =
  | { readonly kind: "given" }
  | { readonly kind: "ask" }
  | { readonly kind: "type"; readonly names: readonly string[] };

/** What was said on the command line. `canAsk`: somebody sits in front of it. */
export type Consent = { readonly yes: boolean; readonly confirmed: readonly string[]; readonly canAsk: boolean };

/**
 * Decides how a plan is confirmed.
 * Errors: a UserError where nobody can be asked and the flags do not say enough; its hint is the flags to add.
 */
export function decideConfirmation(plan: Plan, { yes, confirmed, canAsk }: Consent): Confirmation {
  const names = plan.toType.filter((name) => !confirmed.includes(name));
  if (names.length > 0 && canAsk) return { kind: "type", names };
  if (names.length > 0) {
    const flags = [...(yes ? [] : ["--yes"]), ...names.map((name) => `--confirm ${name}`)].join(" ");
    throw new UserError(
      `not confirmed, nothing was sent: ${whyTyped(plan)} wants the name typed.`,
      `If it is meant, add ${flags}`,
    );
  }
  if (yes) return { kind: "given" };
  if (canAsk) return { kind: "ask" };
  throw new UserError(
    "not confirmed, nothing was sent: there is no terminal to ask on.",
    "Look at it with --dry-run, then add --yes.",
  );
}

function whyTyped({ masters, steps, usableLeft }: Plan): string {
  if (masters.length > 1) return "more than one master at once";
  if (steps.some(({ before }) => before === undefined)) return "a node that is acted on unseen";
  return Math.min(...usableLeft.values()) === 0
    ? "leaving a node without a usable master"
    : "leaving a node with a single usable master";
}

/**
 * Asks on the terminal until all is said or refused. The default is No: an empty line, an end of input and every other
 * word are a No. Resolves to false then, and as soon as `stopped` resolves.
 */
export async function isConfirmed(
  shell: Shell,
  confirmation: Confirmation,
  summary: string,
  stopped: Promise<unknown>,
): Promise<boolean> {
  const ask = (question: string) => askLine(shell, question, stopped);
  switch (confirmation.kind) {
    case "given":
      return true;
    case "ask":
      return /^y(es)?$/i.test((await ask(`${summary}. Go on? [y/N] `)).trim());
    case "type":
      shell.stderr.write(`${summary}.\n`);
      for (const name of confirmation.names) {
        const typed = (await ask(`Type ${name} to go on: `)).trim();
        if (typed !== name) return false;
      }
      return true;
  }
}

/** One line from the terminal; an end of input gives an empty one. The terminal itself edits the line. */
function askLine({ stdin, stderr }: Shell, question: string, stopped: Promise<unknown>): Promise<string> {
  return new Promise((resolve) => {
    stderr.write(question);
    // Not as a terminal: raw mode would swallow Ctrl-C, which has to end the program here.
    const lines = createInterface({ input: stdin, terminal: false });
    lines.once("line", (line) => {
      resolve(line);
      lines.close();
    });
    lines.once("close", () => {
      resolve("");
      stdin.pause();
    });
    void stopped.then(() => {
      // The cursor stands behind the question.
      stderr.write("\n");
      lines.close();
    });
  });
}
