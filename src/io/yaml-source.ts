import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from "yaml";
import type { FilePath } from "../domain/mistake.ts";

/** A place in a text. Both counted from 1. */
export type Position = { readonly line: number; readonly column: number };

/** A YAML text, read: its value, its own mistakes, and where in the text each part of the value stands. */
export type YamlSource = {
  readonly value: unknown;
  readonly mistakes: readonly { readonly position: Position; readonly text: string }[];
  /** The place of a value or its key; of the nearest part around it where nothing stands there. */
  locate(path: FilePath, at: "key" | "value"): Position;
  /** Whether the text itself says something at this place. */
  has(path: FilePath): boolean;
};

// One anchor may serve every node of a fleet; a few anchors that multiply one another are still refused.
const MAX_ALIASES = 50_000;

/**
 * Reads YAML 1.2 with anchors and merge keys (`<<`).
 * Shape: a text with mistakes has the value `undefined`; keys with nothing behind them are left out. No message repeats the text's content, which may be secret.
 */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const mistakes: { position: Position; text: string }[] = [];
  const complain = (offset: number, words: string): void => {
    mistakes.push({ position: positionOf(offset), text: words });
  };
  let doc: Document.Parsed | undefined;
  let value: unknown;
  try {
    doc = parseDocument(text, { merge: true, prettyErrors: false, lineCounter: lines });
    // After the first mistake of a line the parser stumbles on: its later words there are noise.
    const seen = new Set<number>();
    for (const error of [...doc.errors, ...doc.warnings]) {
      const { line } = positionOf(error.pos[0]);
      if (!seen.has(line))
        complain(error.code === "RESOURCE_EXHAUSTION" ? 0 : error.pos[0], explain(error.code, error.message));
      seen.add(line);
    }
    visit(doc, {
      Alias(_key, alias) {
        if (doc !== undefined && alias.resolve(doc) === undefined) {
          complain(alias.range?.[0] ?? 0, `the alias *${alias.source} has no anchor &${alias.source} before it`);
        }
      },
    });
    if (mistakes.length === 0) value = withoutEmpty(doc.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    complain(0, explainCrash(error));
  }
  const find = (path: FilePath): { pair: Found; depth: number } => walk(doc, path);
  return {
    value,
    mistakes,
    locate(path, at) {
      const { pair, depth } = find(path);
      const node = at === "value" && depth === path.length ? (pair.value ?? pair.key) : (pair.key ?? pair.value);
      return positionOf(node?.range?.[0] ?? 0);
    },
    has: (path) => find(path).depth === path.length,
  };
}

/**
 * A key with nothing behind it (`stats:` and only comments below) is a key left out; so that nobody is left without
 * https or a password by an oversight, these two stay to be refused. A value inside itself ends in a RangeError.
 */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => inner !== null || key === "tls" || key === "password");
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutEmpty(inner)]));
}

type Found = { readonly key: Node | undefined; readonly value: Node | undefined };

/** Goes down the path as far as the text goes, through aliases and merge keys. */
function walk(doc: Document.Parsed | undefined, path: FilePath): { pair: Found; depth: number } {
  let pair: Found = { key: undefined, value: asNode(doc?.contents) };
  for (const [depth, part] of path.entries()) {
    const next = doc === undefined ? undefined : child(doc, pair.value, part);
    if (next === undefined) return { pair, depth };
    pair = next;
  }
  return { pair, depth: path.length };
}

function child(doc: Document.Parsed, holder: Node | undefined, part: string | number): Found | undefined {
  const node = isAlias(holder) ? holder.resolve(doc) : holder;
  if (isSeq(node)) {
    const item = typeof part === "number" ? asNode(node.items[part]) : undefined;
    return item === undefined ? undefined : { key: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pairs = node.items.filter(isPair) as Pair[];
  const own = pairs.find((pair) => keyText(pair) === String(part));
  if (own !== undefined) return { key: asNode(own.key), value: asNode(own.value) };
  for (const pair of pairs.filter((one) => keyText(one) === "<<")) {
    const merged = asNode(pair.value);
    const sources = isSeq(merged) ? merged.items.map(asNode) : [merged];
    for (const source of sources) {
      const found = child(doc, source, part);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function keyText(pair: Pair): string {
  const key = pair.key;
  return typeof key === "object" && key !== null && "value" in key ? String(key.value) : String(key);
}

function asNode(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

/** The parser's words, in ours where its own may puzzle or may quote the text. */
function explain(code: string, message: string): string {
  switch (code) {
    case "DUPLICATE_KEY":
      return "this key stands twice in one mapping; expected each key once";
    case "MULTIPLE_DOCS":
      return "a second document begins here; expected one fleet in one file";
    case "TAB_AS_INDENT":
      return "a tab indents this line; expected spaces";
    case "TAG_RESOLVE_FAILED":
      return "a tag (!…) that means nothing here; expected plain text, lists and mappings";
    case "BAD_INDENT":
      return "the indentation does not fit the lines around it";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "a nested mapping on one line; expected the inner one on lines of its own, or in { }";
    case "MISSING_CHAR":
      return /["']/.test(message)
        ? "the text ends before a quote is closed"
        : "a sign is missing here: a bracket, brace, colon or comma";
    case "RESOURCE_EXHAUSTION":
      return "nested too deeply to be read";
    default:
      return `not readable as YAML (${code.toLowerCase().replaceAll("_", " ")})`;
  }
}

function explainCrash(error: unknown): string {
  if (error instanceof RangeError) return "nested too deeply, or inside itself by an alias";
  if (error instanceof ReferenceError && error.message.startsWith("Excessive")) {
    return `more than ${MAX_ALIASES} uses of anchors; expected a file that is not multiplied by its own aliases`;
  }
  return "not readable as YAML";
}
