/**
 * A line of HAProxy's configuration, taken apart into words.
 * Shape: `variables` are the references to the environment inside the words, by the word's position; a reference stays in
 * its word as it is written. `comment` is what stands behind the first `#` that begins one, without it.
 */
export type CfgWords = {
  readonly words: readonly string[];
  readonly variables: readonly CfgVariable[];
  readonly comment: string | undefined;
  readonly problem: CfgWordsProblem | undefined;
};

/** `"${name-fallback}"`: the fallback holds where the variable is not set. */
export type CfgVariable = { readonly word: number; readonly name: string; readonly fallback: string | undefined };

/** What HAProxy refuses or ignores a part of the line for. `column` counts from 1; no text of the line is in `text`. */
export type CfgWordsProblem = { readonly column: number; readonly text: string };

/** HAProxy's MAX_LINE_ARGS. */
const MOST_WORDS = 64;

/** C's isspace without the line feed, which ends a line before words are made of it. */
const BLANK = /[ \t\v\f\r]/;
const HEX = /^[0-9A-Fa-f]{2}$/;
/** What means nothing but itself, in quotes and out of them. */
const PLAIN = /[^ \t\v\f\r\\"'#$]+/y;
const VARIABLE = /(?:\.(?:LINE|FILE|SECTION)(?!\w)|[A-Za-z_]\w*)/y;

/**
 * Takes a line apart as HAProxy does: backslashes, strong and weak quotes, comments, references to the environment.
 * Shape: never throws. A `#` outside of quotes begins a comment anywhere, also inside a word; a carriage return ends the
 * line; an empty word ends it too, so that what follows counts for nothing. Words in front of a problem are kept.
 * Source: HAProxy src/tools.c (parse_line), doc/configuration.txt 2.2 and 2.3; held to `haproxy -dC` by a test.
 */
export function splitCfgWords(line: string): CfgWords {
  const state: Splitter = {
    line,
    at: skipBlanks(line, 0),
    word: undefined,
    words: [],
    variables: [],
    quote: undefined,
  };
  let problem: CfgWordsProblem | undefined;
  let comment: string | undefined;
  while (state.at < line.length && problem === undefined) {
    const char = line[state.at];
    if (char === "\r") {
      problem = afterReturn(line, state.at);
      break;
    }
    if (char === "#" && state.quote === undefined) {
      comment = line.slice(state.at + 1).replace(/\r$/, "");
      break;
    }
    problem = step(state, char ?? "");
  }
  if (problem === undefined && state.quote !== undefined) problem = said(state.quote.at, "a quote is not closed");
  closeWord(state);
  const { words, variables } = state;
  const empty = words.indexOf("");
  if (empty >= 0 && empty < words.length - 1) {
    problem ??= said(0, `word ${empty + 1} is empty, and ends the line for HAProxy: it ignores or refuses the rest`);
  }
  const kept = empty < 0 ? words : words.slice(0, empty);
  return { words: kept, variables: variables.filter(({ word }) => word < kept.length), comment, problem };
}

/** Where the reading of a line stands. `word` is `undefined` between words; `quote` is the one that is open. */
type Splitter = {
  readonly line: string;
  at: number;
  word: string | undefined;
  readonly words: string[];
  readonly variables: CfgVariable[];
  quote: { readonly mark: string; readonly at: number } | undefined;
};

function step(state: Splitter, char: string): CfgWordsProblem | undefined {
  const { line, quote } = state;
  if (quote === undefined && BLANK.test(char)) {
    closeWord(state);
    state.at = skipBlanks(line, state.at);
    return state.words.length >= MOST_WORDS ? said(state.at, `more than ${MOST_WORDS} words`) : undefined;
  }
  if (char === quote?.mark) {
    state.quote = undefined;
    return move(state, "", 1);
  }
  if (quote === undefined && (char === '"' || char === "'")) {
    state.quote = { mark: char, at: state.at };
    return move(state, "", 1);
  }
  if (char === "\\" && quote?.mark !== "'") return readEscape(state);
  if (char === "$" && quote?.mark === '"') return readVariable(state);
  PLAIN.lastIndex = state.at;
  const run = PLAIN.exec(line)?.[0] ?? char;
  return move(state, run, run.length);
}

/** Outside of the escapes a backslash is itself, and what follows is read on its own. */
function readEscape(state: Splitter): undefined | CfgWordsProblem {
  const { line, at, quote } = state;
  const next = line[at + 1] ?? "";
  if (next === "x") {
    const digits = line.slice(at + 2, at + 4);
    if (!HEX.test(digits)) return said(at, "\\x wants two hexadecimal digits");
    return move(state, String.fromCharCode(Number.parseInt(digits, 16)), 4);
  }
  const letter = { t: "\t", n: "\n", r: "\r" }[next];
  if (letter !== undefined) return move(state, letter, 2);
  const isMark = next !== "" && " \\#'\"".includes(next);
  if (isMark || (next === "$" && quote?.mark === '"')) return move(state, next, 2);
  return move(state, "\\", 1);
}

function readVariable(state: Splitter): CfgWordsProblem | undefined {
  const { line, at } = state;
  const hasBrace = line[at + 1] === "{";
  VARIABLE.lastIndex = at + (hasBrace ? 2 : 1);
  const name = VARIABLE.exec(line)?.[0];
  if (name === undefined) return said(at, "$ inside double quotes wants a variable's name behind it");
  let end = at + (hasBrace ? 2 : 1) + name.length;
  let fallback: string | undefined;
  if (hasBrace) {
    if (line[end] === "[") {
      if (!line.startsWith("[*]", end)) return said(end, "[ in a variable's name can only be [*]");
      end += 3;
    }
    const close = line.indexOf("}", end);
    if (close < 0 || (close > end && line[end] !== "-")) return said(at + 1, "a brace is not closed");
    if (line[end] === "-") fallback = line.slice(end + 1, close);
    end = close + 1;
  }
  state.variables.push({ word: state.words.length, name, fallback });
  return move(state, line.slice(at, end), end - at);
}

function move(state: Splitter, text: string, by: number): undefined {
  state.word = (state.word ?? "") + text;
  state.at += by;
}

function closeWord(state: Splitter): void {
  if (state.word !== undefined) state.words.push(state.word);
  state.word = undefined;
}

/** Between words a carriage return is a blank to HAProxy; anywhere else it ends the line. */
function skipBlanks(line: string, from: number): number {
  let at = from;
  while (BLANK.test(line[at] ?? "")) at += 1;
  return at;
}

function afterReturn(line: string, at: number): CfgWordsProblem | undefined {
  return /\S/.test(line.slice(at)) ? said(at, "a carriage return ends the line: HAProxy ignores the rest") : undefined;
}

function said(at: number, text: string): CfgWordsProblem {
  return { column: at + 1, text };
}
