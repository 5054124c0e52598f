import { type CfgVariable, splitCfgWords } from "./cfg-words.ts";

/** One file of a configuration, as `haproxy -f` is given it. `file` is its name for findings. */
export type CfgSource = { readonly file: string; readonly text: string };

/**
 * A line with words.
 * Shape: `words` are without the modifier `no` or `default` in front of them; `variables` refer to positions in `words`.
 * `raw` is the line as it stands, which may hold a password: it is for reading and never for printing.
 */
export type CfgLine = {
  readonly file: string;
  readonly number: number;
  readonly raw: string;
  readonly modifier: "no" | "default" | undefined;
  readonly words: readonly string[];
  readonly variables: readonly CfgVariable[];
};

/** A comment without its `#`. */
export type CfgComment = { readonly file: string; readonly number: number; readonly text: string };

/**
 * A section with all its lines, of both branches of an `.if`. `name` and `from` are empty where there is none.
 * `comments` are those inside of it, and those that stand right above its header. `byWord` has the lines by their first
 * word, without those that `no` or `default` take back.
 */
export type CfgSection = {
  readonly keyword: string;
  readonly name: string;
  readonly from: string;
  readonly header: CfgLine;
  readonly lines: readonly CfgLine[];
  readonly byWord: ReadonlyMap<string, readonly CfgLine[]>;
  readonly comments: readonly CfgComment[];
};

/** What HAProxy cannot read. `text` holds nothing of the line, which may be a password. */
export type CfgProblem = {
  readonly file: string;
  readonly number: number;
  readonly column: number;
  readonly text: string;
};

/** All files in their order. `directives` are the lines of `.if`, `.notice` and their like, and scopes in brackets. */
export type Cfg = {
  readonly files: readonly string[];
  readonly sections: readonly CfgSection[];
  readonly directives: readonly CfgLine[];
  readonly problems: readonly CfgProblem[];
};

/** What begins a section in HAProxy 2.4 to 3.4; a later version's own sections count as lines of the one above. */
const SECTIONS: ReadonlySet<string> = new Set(
  (
    "global defaults listen frontend backend peers resolvers mailers userlist http-errors cache program ring " +
    "log-forward log-profile fcgi-app crt-store traces acme healthcheck namespace_list"
  ).split(" "),
);

/**
 * Reads the files of a configuration in the order in which HAProxy is given them.
 * Shape: never throws; what HAProxy cannot read is in `problems`, and the rest is read on. A section ends with its file.
 * Source: HAProxy src/cfgparse.c (parse_cfg).
 */
export function readCfg(sources: readonly CfgSource[]): Cfg {
  const files = sources.map(readFile);
  return {
    files: sources.map(({ file }) => file),
    sections: files.flatMap(({ sections }) => sections),
    directives: files.flatMap(({ directives }) => directives),
    problems: files.flatMap(({ problems }) => problems),
  };
}

/** The lines of a section that begin with this word, or these two, and are not taken back by `no` or `default`. */
export function linesOf(section: CfgSection, first: string, second?: string): readonly CfgLine[] {
  const lines = section.byWord.get(first) ?? [];
  return second === undefined ? lines : lines.filter(({ words }) => words[1] === second);
}

type OpenSection = Omit<CfgSection, "byWord"> & {
  readonly lines: CfgLine[];
  readonly byWord: Map<string, CfgLine[]>;
  readonly comments: CfgComment[];
};

/** A file being read. `above` are the comments since the last line that was something else. */
type Reading = {
  readonly sections: OpenSection[];
  readonly directives: CfgLine[];
  readonly problems: CfgProblem[];
  above: CfgComment[];
  /** The branches that are open, by what began each last. */
  readonly branches: string[];
};

function readFile({ file, text }: CfgSource): Reading {
  const reading: Reading = { sections: [], directives: [], problems: [], above: [], branches: [] };
  const report = (number: number, column: number, words: string) =>
    reading.problems.push({ file, number, column, text: words });
  const hasMark = text.startsWith("\ufeff");
  if (hasMark) report(1, 1, "a byte order mark stands in front of the first word: HAProxy does not know that word");
  const lines = (hasMark ? text.slice(1) : text).split("\n");
  const last = lines.length - 1;
  if (lines[last] !== "") report(last + 1, 1, "the last line has no line end: HAProxy takes the file for a cut one");
  lines.forEach((raw, index) => {
    readLine(reading, { file, number: index + 1 }, raw, (column, words) => report(index + 1, column, words));
  });
  if (reading.branches.length > 0) report(lines.length, 1, "an .if is not closed by .endif");
  flushComments(reading);
  return reading;
}

function readLine(
  reading: Reading,
  place: { readonly file: string; readonly number: number },
  raw: string,
  report: (column: number, words: string) => void,
): void {
  if (/^\s*\[/.test(raw)) {
    flushComments(reading);
    reading.directives.push({ ...place, raw, modifier: undefined, words: [raw.trim()], variables: [] });
    return;
  }
  const nul = raw.indexOf("\0");
  if (nul >= 0) report(nul + 1, "a NUL byte: HAProxy takes the file for a cut one");
  const { words, variables, comment, problem } = splitCfgWords(raw);
  if (problem !== undefined) report(problem.column, problem.text);
  const note = comment === undefined ? undefined : { ...place, text: comment.trim() };
  if (words.length === 0) {
    if (note === undefined) flushComments(reading);
    else reading.above.push(note);
    return;
  }
  const line = toLine(place, raw, words, variables);
  const [word = ""] = line.words;
  if (line.modifier === undefined && SECTIONS.has(word)) {
    reading.sections.push({
      keyword: word,
      ...namesOf(line.words),
      header: line,
      lines: [],
      byWord: new Map(),
      comments: reading.above,
    });
    reading.above = [];
  } else {
    flushComments(reading);
    if (word.startsWith(".")) readDirective(reading, line, report);
    else if (reading.sections.length === 0) report(1, "this stands in no section");
    else addLine(reading.sections.at(-1), line);
  }
  if (note !== undefined) reading.sections.at(-1)?.comments.push(note);
}

function addLine(section: OpenSection | undefined, line: CfgLine): void {
  section?.lines.push(line);
  const [word = ""] = line.words;
  const same = section?.byWord.get(word);
  if (line.modifier === undefined && same === undefined) section?.byWord.set(word, [line]);
  else if (line.modifier === undefined) same?.push(line);
}

function toLine(
  place: { readonly file: string; readonly number: number },
  raw: string,
  words: readonly string[],
  variables: readonly CfgVariable[],
): CfgLine {
  const [first] = words;
  if (first !== "no" && first !== "default") return { ...place, raw, modifier: undefined, words, variables };
  const moved = variables.map((one) => ({ ...one, word: one.word - 1 })).filter(({ word }) => word >= 0);
  return { ...place, raw, modifier: first, words: words.slice(1), variables: moved };
}

/** `frontend <name> from <defaults>`; the defaults' own name may be left out. */
function namesOf(words: readonly string[]): { readonly name: string; readonly from: string } {
  const hasName = words[1] !== "from";
  const from = words[hasName ? 2 : 1] === "from" ? words[hasName ? 3 : 2] : undefined;
  return { name: hasName ? (words[1] ?? "") : "", from: from ?? "" };
}

const DIRECTIVES: ReadonlySet<string> = new Set([".notice", ".diag", ".warning", ".alert"]);

function readDirective(
  { directives, branches }: Reading,
  line: CfgLine,
  report: (column: number, words: string) => void,
): void {
  directives.push(line);
  const [word = "", extra] = line.words;
  if (word === ".if") branches.push(word);
  else if (word === ".elif" || word === ".else" || word === ".endif") {
    const open = branches.pop();
    if (open === undefined) report(1, `${word} without an .if`);
    else if (word !== ".endif" && open === ".else") report(1, `${word} after .else`);
    if (word !== ".endif" && open !== undefined) branches.push(word);
    if (word !== ".elif" && extra !== undefined) report(1, `${word} takes no words`);
  } else if (!DIRECTIVES.has(word)) report(1, "a directive that HAProxy does not know");
  else if (line.words.length > 2) report(1, `${word} takes one word; several want quotes around them`);
}

function flushComments(reading: Reading): void {
  reading.sections.at(-1)?.comments.push(...reading.above);
  reading.above = [];
}
