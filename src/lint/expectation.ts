import type { CfgLine } from "../domain/cfg-file.ts";
import { type CfgProxy, heldLines } from "../domain/cfg-proxy.ts";

/** Parameters that may stand between `expect` and what is expected; each has a value. */
const PARAMS: ReadonlySet<string> = new Set(
  "min-recv comment ok-status error-status tout-status on-success on-error status-code".split(" "),
);

/**
 * What the answers to a check have to be, of all `http-check expect` lines that hold in a backend.
 * Shape: `takes` tells of a status whether the check would pass with it; `undefined` where it cannot be told.
 */
export type Expectation = {
  readonly line: CfgLine;
  takes(status: number): boolean | undefined;
};

/** `undefined` where nothing is expected, and HAProxy takes every 2xx and 3xx. */
export function expectationOf(backend: CfgProxy): Expectation | undefined {
  const lines = heldLines(backend, "http-check", "expect");
  const [line] = lines;
  if (line === undefined) return undefined;
  return {
    line,
    takes(status) {
      const verdicts = lines.map((each) => passes(each.words, status));
      if (verdicts.includes(false)) return false;
      return verdicts.includes(undefined) ? undefined : true;
    },
  };
}

function passes(words: readonly string[], status: number): boolean | undefined {
  let at = 2;
  while (PARAMS.has(words[at] ?? "")) at += 2;
  const isNegated = words[at] === "!";
  if (isNegated) at += 1;
  const verdict = matches(words[at] ?? "", words[at + 1] ?? "", status);
  return verdict === undefined || !isNegated ? verdict : !verdict;
}

function matches(kind: string, value: string, status: number): boolean | undefined {
  if (kind === "status") {
    return value.split(",").some((part) => {
      const [low = "", high = low] = part.split("-");
      return status >= Number(low || Number.NaN) && status <= Number(high || Number.NaN);
    });
  }
  if (kind === "rstatus") return test(value, String(status));
  // Of a body only an expression that fits everything says something about a status.
  if (kind === "rstring" && test(value, "") === true && test(value, "Forbidden") === true) return true;
  return undefined;
}

/** The subject is short, so that no expression can take long; what is none of JavaScript's is left open. */
function test(expression: string, subject: string): boolean | undefined {
  if (expression.length > 200) return undefined;
  try {
    return new RegExp(expression).test(subject);
  } catch {
    return undefined;
  }
}
