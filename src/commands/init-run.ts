import { resolve } from "node:path";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { defaultPasswordVariable, fleetText } from "../init/fleet-text.ts";
import { type Found, found } from "../init/found.ts";
import { mergeFound } from "../init/merge-found.ts";
import { pageWords } from "../init/page-words.ts";
import { type Answers, allQuestions, nodeQuestions } from "../init/questions.ts";
import { soundFound } from "../init/sound-entries.ts";
import { type FleetFile, readFleetText } from "../io/fleet-file.ts";
import { shortPath } from "../io/fleet-search.ts";
import { alreadyThere, isTaken, placeFile } from "../io/place-file.ts";
import { configFlag } from "./admin-scope.ts";
import { count, debugSayer } from "./debug.ts";
import type { InitFlags } from "./init.ts";
import { askOnTerminal, canAsk, Interrupted } from "./init-ask.ts";
import { findMasters } from "./init-masters.ts";
import { readSources } from "./init-sources.ts";
import { lookAtNode } from "./init-try.ts";
import { print, type Shell } from "./shell.ts";

/**
 * Gathers what the sources or the operator say, writes the fleet file, then asks one node what it thinks of it.
 * Shape: resolves to the exit code, 130 after Ctrl-C. The file is loaded as every other command loads it before it is put in place.
 * Errors: `UserError` for everything that keeps it from being written; nothing is left behind then.
 */
export async function runInit(shell: Shell, flags: InitFlags): Promise<number> {
  try {
    return await writeFleetFile(shell, flags);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    say(shell, "interrupted, nothing was written");
    return 130;
  }
}

async function writeFleetFile(shell: Shell, flags: InitFlags): Promise<number> {
  const target = targetOf(shell, flags.output);
  if (target.path !== undefined && flags.force !== true && isTaken(target.path)) throw alreadyThere(target.name);
  const gathered = await gather(shell, flags);
  // Told before anything can fail: they may be the reason.
  sayNotes(shell, gathered.found.notes);
  const answers = await withNodes(shell, flags, gathered);
  const known = answers.found.masters.length > 0 ? answers : await findMasters(shell, flags, answers);
  const text = fleetText(known.found, known);
  const file = check(shell, text, target);
  sayNotes(shell, known.found.notes.slice(gathered.found.notes.length));
  if (target.path === undefined) await print(shell, text);
  else placeFile(target.path, text, { name: target.name, replace: flags.force === true });
  sayWritten(shell, file, target);
  debugSayer(shell, flags)(flags.try ? "asking the first node" : "no node is asked (--no-try)");
  if (flags.try) await tryOut(shell, file);
  sayNext(shell, target);
  return 0;
}

/** `path` is `undefined` for stdout. */
type Target = { readonly path: string | undefined; readonly name: string };

function targetOf({ cwd }: Shell, output: string): Target {
  if (output === "-") return { path: undefined, name: "k3s-lb.yaml" };
  const path = resolve(cwd, output);
  return { path, name: shortPath(path, cwd) };
}

async function gather(shell: Shell, flags: InitFlags): Promise<Answers> {
  const sources = await readSources(shell, flags);
  const debug = debugSayer(shell, flags);
  for (const { source, masters, nodes, backend } of sources) {
    const says = [count(masters.length, "master"), count(nodes.length, "node"), `backend ${backend ?? "not told"}`];
    debug(`${source}: ${says.join(", ")}`);
  }
  if (sources.length > 0) {
    const merged = soundFound(withFlags(mergeFound(sources), flags));
    return { found: merged, passwordVariable: merged.stats.isOpen === true ? undefined : defaultPasswordVariable };
  }
  if (flags.yes === true || !canAsk(shell)) {
    const why = flags.yes === true ? "--yes asks nothing" : "there is no terminal to ask on";
    throw new UserError(`init needs a source: ${why}, and no --from-… was given`, EXAMPLES);
  }
  const before = { found: withFlags(found("", {}), flags), passwordVariable: defaultPasswordVariable };
  return askOnTerminal(shell, allQuestions, before);
}

/** A haproxy.cfg alone knows no nodes: they are asked for, where somebody can answer. */
async function withNodes(shell: Shell, flags: InitFlags, answers: Answers): Promise<Answers> {
  const { nodes, source } = answers.found;
  if (nodes.length > 0) return answers;
  if (flags.yes === true || !canAsk(shell)) {
    throw new UserError(
      `there are no nodes in ${cleanText(source)}, nothing was written`,
      "Nodes come from --from-ansible, --from-kubeconfig or --from-file-sd; k3s-lb init --help has examples.",
    );
  }
  return askOnTerminal(shell, nodeQuestions, answers);
}

const EXAMPLES = `For example: k3s-lb init --from-ansible inventory/hosts.yml --from-haproxy-cfg /etc/haproxy/haproxy.cfg
  or: k3s-lb init --from-kubeconfig /etc/rancher/k3s/k3s.yaml`;

function withFlags(merged: Found, { cluster, backend }: InitFlags): Found {
  return { ...merged, cluster: cluster ?? merged.cluster, backend: backend ?? merged.backend };
}

/** The real loader's judgement of the text, before it is anywhere. */
function check(shell: Shell, text: string, { path, name }: Target): FleetFile {
  try {
    const home = shell.env["HOME"];
    const env = home === undefined ? {} : { HOME: home };
    return readFleetText(text, { path: path ?? resolve(shell.cwd, name), name, env });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `nothing was written, as the file would have mistakes:\n${error.message}`,
      "Correct the source, or give the value with --cluster or --backend.",
    );
  }
}

function sayNotes(shell: Shell, notes: readonly string[]): void {
  for (const note of notes) say(shell, `note: ${cleanText(note)}`);
}

function sayWritten(shell: Shell, { fleet, warnings }: FleetFile, { path, name }: Target): void {
  const masters = `${fleet.masters.length} master${fleet.masters.length === 1 ? "" : "s"}`;
  const nodes = `${fleet.nodes.length} node${fleet.nodes.length === 1 ? "" : "s"}`;
  for (const warning of warnings) say(shell, `warning: ${warning}`);
  say(
    shell,
    `${path === undefined ? "printed" : `wrote ${name}`}: ${masters} and ${nodes} in cluster ${fleet.cluster}`,
  );
}

/** A file where every command finds it by itself needs no flag. */
function sayNext(shell: Shell, { name, path }: Target): void {
  if (path === undefined) return;
  const flag = name === "k3s-lb.yaml" ? "" : configFlag(name);
  say(shell, `next: k3s-lb doctor${flag} examines every node, k3s-lb top${flag} shows the fleet`);
}

/** What comes of it is only talk: the file is written. */
async function tryOut(shell: Shell, { fleet }: FleetFile): Promise<void> {
  const [node] = fleet.nodes;
  if (node === undefined) return;
  const look = await lookAtNode(shell, node);
  const written = { backend: fleet.backend, masters: fleet.masters.map(({ name }) => name) };
  const lines = look.ok
    ? pageWords(node.name, look.record.process?.version, look.record.good.rows, written)
    : look.lines;
  for (const line of lines) say(shell, line);
}

function say(shell: Shell, line: string): void {
  shell.stderr.write(`k3s-lb: ${line}\n`);
}
