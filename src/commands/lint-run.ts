import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { formatHaproxyVersion, type HaproxyVersion, parseHaproxyVersion } from "../domain/haproxy-version.ts";
import { hasFinding, type LintFinding } from "../domain/lint-report.ts";
import { didYouMean } from "../domain/nearest.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { readCfgFiles } from "../io/cfg-files.ts";
import { hasFleetFile, shortPath } from "../io/fleet-search.ts";
import { findK3sAuthority } from "../io/k3s-authority.ts";
import { lint } from "../lint/lint.ts";
import { rules } from "../lint/rules.ts";
import { formatLintJson, type LintSubjectNames } from "../output/lint-json.ts";
import { formatLintSarif } from "../output/lint-sarif.ts";
import { formatLintTable } from "../output/lint-table.ts";
import { count, debugSayer } from "./debug.ts";
import { type LoadedFleet, loadFleet, sayWarnings } from "./fleet-option.ts";
import type { LintFlags } from "./lint.ts";
import { print, type Shell } from "./shell.ts";
import { styleOf } from "./stream-style.ts";

declare const K3S_LB_VERSION: string;

/**
 * Judges the files and prints the findings. Resolves to the exit code: 1 for findings at least as bad as `--fail-on`.
 * Errors: a UserError for flags, for a fleet file with mistakes, and for files that cannot be read.
 */
export async function runLint(shell: Shell, paths: readonly string[], flags: LintFlags): Promise<number> {
  const ignored = readIgnored(flags.ignore ?? []);
  const asked = flags.haproxyVersion === undefined ? undefined : readVersion(flags.haproxyVersion);
  const debug = debugSayer(shell, flags);
  const sources = await readCfgFiles(paths, shell);
  for (const { file, text } of sources) debug(`read ${file}, ${count(text.split("\n").length - 1, "line")}`);
  const loaded = flags.fleet ? await findFleet(shell, flags) : undefined;
  const fleet = loaded?.fleet;
  const version = asked ?? fleet?.haproxy.version;
  const caAtHand = fleet?.check.ca ?? (await findK3sAuthority());
  debug(loaded === undefined ? "no fleet file" : `fleet file ${loaded.path}`);
  debug(`HAProxy ${version === undefined ? "of no known version" : formatHaproxyVersion(version)}`);
  debug(caAtHand === undefined ? "no authority of the masters at hand" : `authority of the masters: ${caAtHand}`);
  debug(`${count(rules.length - ignored.size, "rule")}, ${ignored.size} ignored`);
  const result = lint(sources, { fleet, version, caAtHand });
  const findings = result.findings.filter(({ id }) => !ignored.has(id));
  const remarks = [...result.remarks, ...(fleet === undefined ? [NO_FLEET] : [])];
  for (const remark of remarks) shell.stderr.write(`k3s-lb: ${remark}\n`);
  const names: LintSubjectNames = {
    files: sources.map(({ file }) => cleanText(file)),
    fleet: loaded === undefined ? undefined : shortPath(loaded.path, shell.cwd),
    version: version === undefined ? undefined : formatHaproxyVersion(version),
  };
  await print(shell, write(shell, findings, names, flags));
  return flags.failOn !== "never" && hasFinding(findings, flags.failOn) ? 1 : 0;
}

const NO_FLEET = "held to no fleet file: LB040 and LB041, server lines and names, were not judged";

async function findFleet(shell: Shell, { config }: LintFlags): Promise<LoadedFleet | undefined> {
  if (!(await hasFleetFile({ env: shell.env, cwd: shell.cwd, config }))) return undefined;
  const loaded = await loadFleet(shell, config === undefined ? {} : { config });
  sayWarnings(shell, loaded.warnings);
  return loaded;
}

function write(shell: Shell, findings: readonly LintFinding[], names: LintSubjectNames, flags: LintFlags): string {
  const { output } = flags;
  if (output === "json") return formatLintJson(findings, names);
  if (output === "sarif") {
    return formatLintSarif(findings, { rules, toolVersion: K3S_LB_VERSION, uriOf: (file) => uriOf(file, shell.cwd) });
  }
  return formatLintTable(findings, styleOf(shell.stdout, shell, flags, 401));
}

/** Relative below the working directory, as code hosts want it; absolute elsewhere. */
function uriOf(file: string, cwd: string): string {
  const path = relative(cwd, resolve(cwd, file));
  if (path.startsWith("..")) return pathToFileURL(resolve(cwd, file)).href;
  return path.split("/").map(encodeURIComponent).join("/");
}

function readIgnored(ids: readonly string[]): ReadonlySet<string> {
  const known = rules.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    throw new UserError(`--ignore: there is no rule "${id}"${didYouMean(id, known)}`, "README, lint, lists the rules.");
  }
  return new Set(ids);
}

function readVersion(text: string): HaproxyVersion {
  const version = parseHaproxyVersion(text);
  if (version !== undefined) return version;
  throw new UserError(`--haproxy-version: "${text}" should be a version such as 2.8.`);
}
