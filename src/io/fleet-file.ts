import { open } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { buildFleet, type FleetEntries } from "../domain/fleet-build.ts";
import { explainIssues } from "../domain/fleet-issues.ts";
import { applyOverrides, suspectVariables } from "../domain/fleet-override.ts";
import { checkFleetFile } from "../domain/fleet-schema.ts";
import { fleetWarnings, secretVariables } from "../domain/fleet-warnings.ts";
import type { Fleet } from "../domain/inventory.ts";
import type { FilePath, Mistake } from "../domain/mistake.ts";
import type { RawFleet } from "../domain/raw-fleet.ts";
import { UserError } from "../domain/user-error.ts";
import { findFleetFile, type SearchPlace, shortPath } from "./fleet-search.ts";
import { readYaml, type YamlSource } from "./yaml-source.ts";

/** A fleet file, read and found sound. `warnings` are sentences for stderr. */
export type FleetFile = {
  readonly fleet: Fleet;
  readonly raw: RawFleet;
  readonly path: string;
  readonly warnings: readonly string[];
  readonly entries: FleetEntries;
  /** Where a value comes from: `file:line:column`, the name of an environment variable, or `default`. */
  origin(path: FilePath): string;
};

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Finds, reads and checks the fleet file, with the environment's overrides laid over it.
 * Errors: a `UserError` that holds every mistake, one a line, each as `file:line:column: …`.
 */
export async function loadFleetFile(place: SearchPlace): Promise<FleetFile> {
  const { path, why, isNamed } = await findFleetFile(place);
  const name = shortPath(path, place.cwd);
  return readFleetText(await readText(path, isNamed ? `${name} (${why})` : name), { path, name, env: place.env });
}

/**
 * Checks a text as the fleet file at `path`, whether it stands there already or not; `name` is what mistakes call it.
 * Errors: as `loadFleetFile`.
 */
export function readFleetText(
  text: string,
  { path, name, env }: { readonly path: string; readonly name: string; readonly env: SearchPlace["env"] },
): FleetFile {
  if (Buffer.byteLength(text) > MAX_BYTES) throw tooLarge(name);
  const source = readYaml(text);
  if (source.mistakes.length > 0) {
    throw mistaken(
      name,
      source.mistakes.map(({ position, text }) => `${name}:${position.line}:${position.column}: ${text}`),
    );
  }
  const { value, origins } = applyOverrides(source.value, env);
  // What stands below an overridden key came with it: a password's override is a mapping.
  const originOf = (at: FilePath): string | undefined =>
    at.map((_, i) => origins.get(at.slice(0, i + 1).join("."))).find((name) => name !== undefined);
  const { raw, issues } = checkFleetFile(value);
  const built = buildFleet(raw, (text) => resolvePath(text, dirname(path), env["HOME"]));
  const mistakes = [...explainIssues(value, issues), ...built.mistakes];
  if (mistakes.length > 0) throw mistaken(name, sentences(name, source, mistakes, originOf));
  const locate = (at: FilePath, part: "key" | "value"): string => {
    const { line, column } = source.locate(at, part);
    return `${name}:${line}:${column}`;
  };
  return {
    fleet: built.fleet,
    raw,
    path,
    entries: built.entries,
    warnings: [
      ...fleetWarnings(raw, built.fleet).map(({ path: at, text }) => `${originOf(at) ?? locate(at, "value")}: ${text}`),
      ...suspectVariables(env, secretVariables(built.fleet)),
    ],
    origin: (at) => originOf(at) ?? (source.has(at) ? locate(at, "value") : "default"),
  };
}

async function readText(path: string, name: string): Promise<string> {
  const bytes = await readBytes(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${name}: ${explainCode(error)}`, "Name another fleet file with --config.");
  });
  if (bytes.length > MAX_BYTES) throw tooLarge(name);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${name}: not UTF-8 text; expected a fleet file in YAML`);
  }
}

function tooLarge(name: string): UserError {
  return new UserError(
    `${name}: larger than ${MAX_BYTES / 1024 / 1024} MiB; no fleet needs that. Is it the right file?`,
  );
}

async function readBytes(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const stat = await file.stat();
  if (stat.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  const bytes = Buffer.alloc(MAX_BYTES + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function explainCode(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EISDIR":
      return "this is a directory; expected a fleet file";
    case "EACCES":
    case "EPERM":
      return "this user may not read it";
    default:
      return `cannot be read (${error.code ?? "unknown error"})`;
  }
}

function resolvePath(path: string, directory: string, home: string | undefined): string {
  if (home !== undefined && (path === "~" || path.startsWith("~/"))) return join(home, path.slice(1));
  return resolve(directory, path);
}

/** In the order of the file, the environment's first. */
function sentences(
  name: string,
  source: YamlSource,
  mistakes: readonly Mistake[],
  originOf: (path: FilePath) => string | undefined,
): string[] {
  return mistakes
    .map(({ path, at, text, first }) => {
      const position = source.locate(path, at);
      const variable = originOf(path);
      const also = first === undefined ? "" : ` (first in line ${source.locate(first, "value").line})`;
      if (variable !== undefined) return { line: 0, column: 0, sentence: `${variable} (environment): ${text}` };
      return { ...position, sentence: `${name}:${position.line}:${position.column}: ${text}${also}` };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map(({ sentence }) => sentence);
}

function mistaken(name: string, lines: readonly string[]): UserError {
  const [only = ""] = lines;
  const message = lines.length === 1 ? only : `${name} has ${lines.length} mistakes:\n${lines.join("\n")}`;
  return new UserError(message, 'README, "Fleet file", shows every key; k3s-lb schema prints the schema for editors.');
}
