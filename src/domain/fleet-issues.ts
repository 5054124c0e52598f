import type * as z from "zod/mini";
import { parseDuration } from "./duration.ts";
import { fleetFileJsonSchema } from "./fleet-schema.ts";
import { type FilePath, formatFilePath, type Mistake } from "./mistake.ts";
import { didYouMean } from "./nearest.ts";

type Issue = z.core.$ZodIssue;

/** The mappings that a password may be, in the order of the definition, where the literal comes before them. */
const SECRET_FORMS = ["env", "file", "command"];

/** The JSON Schema of a file, for the keys that there are. */
type SchemaOf = () => Readonly<Record<string, unknown>>;

/**
 * Says in words what the schema has against a file: what stands there, what is expected, the nearest right word. The file
 * is the fleet file, or that of `schemaOf`.
 */
export function explainIssues(
  value: unknown,
  issues: readonly Issue[],
  schemaOf: SchemaOf = fleetFileJsonSchema,
): readonly Mistake[] {
  return issues.flatMap((issue) => explain(value, issue, schemaOf));
}

function explain(value: unknown, issue: Issue, schemaOf: SchemaOf): Mistake[] {
  const path = issue.path as FilePath;
  const inner = insideSecret(value, issue);
  if (inner !== undefined) return inner.flatMap((one) => explain(value, one, schemaOf));
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key, schemaOf));
  const found = at(value, path);
  const where = formatFilePath(path);
  if (issue.code === "invalid_key") {
    const text = `${where}: a label name holds letters, digits, dot, dash, underscore and slash only`;
    return [{ path, at: "key", text }];
  }
  const quoted = issue.code === "invalid_type" && issue.expected === "number" && /^\d+$/.test(String(found));
  const plain = quoted ? `${issue.message}, without quotes` : issue.message;
  const expected = isBareNumber(issue, found) ? durationAdvice(found) : plain;
  if (found === undefined) {
    const holder = path.length === 0 ? "the file is empty" : `${where} is missing`;
    return [{ path, at: "value", text: `${holder}; expected ${expected}` }];
  }
  if (found === "prometheus" && where.endsWith("poll.source")) {
    const text = `${where} is "prometheus", which is not yet built; expected auto, stats or metrics`;
    return [{ path, at: "value", text }];
  }
  const near =
    issue.code === "invalid_value" && typeof found === "string" ? didYouMean(found, issue.values.map(String)) : "";
  return [
    {
      path,
      at: "value",
      text: `${where} is ${isMisplaced(issue, found) ? "a text" : show(found, path)}; expected ${expected}${near}`,
    },
  ];
}

function unknownKey(path: FilePath, key: string, schemaOf: SchemaOf): Mistake {
  const place = path.length === 0 ? "" : ` in ${formatFilePath(path)}`;
  const at = [...path, key];
  if (path.length === 0 && key === "prometheus" && schemaOf === fleetFileJsonSchema) {
    return {
      path: at,
      at: "key",
      text: "prometheus is not yet built: reading the fleet from a Prometheus comes later",
    };
  }
  const isSecret = path.at(-1) === "password";
  const known = isSecret ? SECRET_FORMS : keysAt(path, schemaOf);
  const question = didYouMean(key, known);
  // In braces by mistake, a password itself would be the key.
  const shown = isSecret && question === "" ? "(not shown)" : JSON.stringify(key);
  const text = `unknown key ${shown}${place}; expected ${known.length > 20 ? `one of ${known.length} names` : known.join(", ")}${question}`;
  return { path: at, at: "key", text };
}

/** A password is one of four forms: where the word says which one was meant, only that one's issues are told. */
function insideSecret(value: unknown, issue: Issue): readonly Issue[] | undefined {
  if (issue.code !== "invalid_union" || issue.path.at(-1) !== "password") return undefined;
  const found = at(value, issue.path as FilePath);
  if (typeof found !== "object" || found === null) return undefined;
  const form = SECRET_FORMS.findIndex((key) => Object.hasOwn(found, key));
  const [unknown] = Object.keys(found);
  if (form < 0 && unknown !== undefined) return [{ ...issue, code: "unrecognized_keys", keys: [unknown] } as Issue];
  return issue.errors[form + 1]?.map((one) => ({ ...one, path: [...issue.path, ...one.path] }) as Issue);
}

function keysAt(path: FilePath, schemaOf: SchemaOf): readonly string[] {
  let schemas: readonly JsonSchema[] = [schemaOf()];
  for (const part of path) {
    schemas = schemas.flatMap((schema) => {
      const inner = typeof part === "number" ? schema.items : schema.properties?.[part];
      return inner === undefined ? [] : (inner.anyOf ?? [inner]);
    });
  }
  return schemas.flatMap((schema) => Object.keys(schema.properties ?? {}));
}

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
};

function at(value: unknown, path: FilePath): unknown {
  let here: unknown = value;
  for (const part of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, part)) return undefined;
    here = (here as Record<string | number, unknown>)[part];
  }
  return here;
}

/** A text where a mapping belongs may be a password under the wrong key: it is not shown. */
function isMisplaced(issue: Issue, found: unknown): boolean {
  return typeof found === "string" && issue.code === "invalid_type" && issue.expected === "object";
}

/** What stands there. Nothing at or under a password or a command, which may hold one, is ever shown. */
function show(found: unknown, path: FilePath): string {
  if (found === null) return "empty";
  if (Array.isArray(found)) return found.length === 0 ? "an empty list" : "a list";
  if (typeof found === "object") return "a mapping";
  if (path.includes("password") || path.includes("on_event"))
    return `a ${typeof found === "string" ? "text" : typeof found} (not shown)`;
  if (typeof found !== "string") return `${typeof found === "number" ? "the number " : ""}${String(found)}`;
  return JSON.stringify(found.length > 60 ? `${found.slice(0, 60)}…` : found);
}

function isBareNumber(issue: Issue, found: unknown): found is number | string {
  return issue.message.startsWith("a duration") && /^\d+(\.\d+)?$/.test(String(found));
}

function durationAdvice(found: number | string): string {
  const result = parseDuration(String(found));
  return result.ok ? "" : result.expected;
}
