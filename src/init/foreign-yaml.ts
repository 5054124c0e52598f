import { LineCounter, parseDocument, type ScalarTag, type Tags } from "yaml";
import { UserError } from "../domain/user-error.ts";

/** What stands where a value is encrypted or hidden. */
export const hidden: unique symbol = Symbol("hidden");

/** A few anchors that multiply one another are refused; one that serves every host is not. */
const MAX_ALIASES = 50_000;

/**
 * Reads the YAML (or JSON) of other programs, as they read it themselves: YAML 1.1, where yes is true.
 * Shape: a value under `!vault` is `hidden`; under another tag that means nothing here it is what it would be without.
 * Errors: `UserError` with file and line. No message repeats the text, which may hold secrets.
 */
export function readForeignYaml(text: string, file: string): unknown {
  const lines = new LineCounter();
  const refuse = (offset: number, words: string): UserError =>
    new UserError(`${file}:${Math.max(1, lines.linePos(offset).line)}: ${words}`);
  try {
    const doc = parseDocument(text, {
      version: "1.1",
      merge: true,
      prettyErrors: false,
      lineCounter: lines,
      logLevel: "silent",
      customTags: (tags) => [...tags.map(asPython), vault],
    });
    const [error] = doc.errors;
    if (error !== undefined)
      throw refuse(error.pos[0], `not readable as YAML (${error.code.toLowerCase().replaceAll("_", " ")})`);
    return doc.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof RangeError) throw new UserError(`${file}: nested too deeply, or inside itself by an alias`);
    if (error instanceof ReferenceError && error.message.startsWith("Excessive")) {
      throw new UserError(`${file}: its aliases multiply one another beyond ${MAX_ALIASES} uses of anchors`);
    }
    throw new UserError(`${file}: not readable as YAML`);
  }
}

const vault: ScalarTag = { tag: "!vault", resolve: () => hidden };

/**
 * Neither Python's YAML nor Prometheus takes a bare y for true or 1e3 for a number, though YAML 1.1 does.
 * Source: PyYAML `resolver.py`; held against Ansible by a test.
 */
function asPython(tag: Tags[number]): Tags[number] {
  if (typeof tag !== "object") return tag;
  const { test, format } = tag as ScalarTag;
  if (tag.tag === "tag:yaml.org,2002:bool") {
    return { ...tag, test: test?.test("yes") ? TRUE : FALSE } as ScalarTag;
  }
  return tag.tag === "tag:yaml.org,2002:float" && format === "EXP" ? ({ ...tag, test: FLOAT } as ScalarTag) : tag;
}

const TRUE = /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/;
const FALSE = /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/;
const FLOAT = /^[-+]?(?:\d[\d_]*\.[\d_]*|\.[\d_]+)[eE][-+]\d+$/;

/** A mapping, or nothing. */
export function asMapping(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** A list; what is none is one of no members. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text or number as text. Anything else, a vault's contents above all, is nothing. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && !value.startsWith("$ANSIBLE_VAULT") ? value : undefined;
}
