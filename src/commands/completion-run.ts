import type { Command } from "commander";
import { nameEndings } from "../domain/find-name.ts";
import type { Fleet } from "../domain/inventory.ts";
import { labelWords } from "../domain/pick-nodes.ts";
import { cleanText } from "../domain/text.ts";
import { clusterFiles } from "../io/cluster-files.ts";
import { loadFleetFile } from "../io/fleet-file.ts";
import { clusterPath } from "./cluster-option.ts";
import type { ShellName } from "./completion.ts";
import { splitBashLine } from "./completion-bash-line.ts";
import { completionScripts } from "./completion-scripts.ts";
import { type Candidate, type FleetChoice, type Wish, wishOf } from "./completion-wish.ts";
import { print, type Shell } from "./shell.ts";

/** Prints the script of a shell; with words, what the last one of them may become. Resolves to the exit code, always 0. */
export async function runCompletion(
  shell: Shell,
  program: Command,
  name: ShellName,
  words: readonly string[],
): Promise<number> {
  if (words.length === 0) await print(shell, completionScripts[name]);
  else await print(shell, await answer(shell, program, name, words).catch(() => "words\n"));
  return 0;
}

/** Errors: whatever prevents it. A line that is being typed is no place for messages, so they are dropped. */
async function answer(shell: Shell, program: Command, name: ShellName, typed: readonly string[]): Promise<string> {
  const { words, hidden } = name === "bash" ? wordsOfLine(typed) : { words: typed, hidden: 0 };
  const last = words.at(-1) ?? "";
  const { wish, fleet } = wishOf(program, words.slice(0, -1), last);
  if (wish.kind === "files" || wish.kind === "folders") return `${wish.kind}\n`;
  const start = /^--[^=]*=/.exec(last)?.[0].length ?? 0;
  const { before, candidates } = await candidatesOf(shell, wish, last.slice(start), fleet);
  const fitting = candidates.filter(({ value }) => value.startsWith(last.slice(start + before.length)));
  const lines = fitting.map(({ value, text }) => {
    const whole = `${before}${value}`.slice(Math.max(0, hidden - start));
    return text === "" ? whole : `${whole}\t${cleanText(text, 100)}`;
  });
  return ["words", ...lines].map((line) => `${line}\n`).join("");
}

/** Of a line of bash, without the name of the program. */
function wordsOfLine([line = ""]: readonly string[]): ReturnType<typeof splitBashLine> {
  const { words, hidden } = splitBashLine(line);
  return { words: words.slice(1), hidden };
}

type Found = { readonly before: string; readonly candidates: readonly Candidate[] };

/** `before` is the part of the word that stays: the names in front of a comma, a mark in front of a pattern. */
async function candidatesOf(shell: Shell, wish: Wish, word: string, choice: FleetChoice): Promise<Found> {
  if (wish.kind === "words") return { before: "", candidates: wish.words };
  if (wish.kind === "files" || wish.kind === "folders") return { before: "", candidates: [] };
  if (wish.kind === "clusters") {
    const known = await clusterFiles(shell.env);
    return { before: "", candidates: known.map(({ name, path }) => ({ value: name, text: path })) };
  }
  const config = choice.cluster === undefined ? choice.config : await clusterPath(shell, choice.cluster);
  const { fleet } = await loadFleetFile({ env: shell.env, cwd: shell.cwd, config });
  const [before = ""] = wish.kind === "nodes" && wish.arePatterns ? (/^(?:.*,)?!?/.exec(word) ?? []) : [];
  const candidates = wish.kind === "masters" ? mastersOf(fleet, wish.taken, word) : nodesOf(fleet, wish.arePatterns);
  // No shell needs a quote around any of them: the fleet file takes no other characters.
  return { before, candidates };
}

/** By their whole names; where none begins so, by the endings that stand for one: "master-2". */
function mastersOf({ masters }: Fleet, taken: readonly string[], word: string): readonly Candidate[] {
  const whole = masters.filter(({ name }) => !taken.includes(name)).map(candidate);
  if (whole.some(({ value }) => value.startsWith(word))) return whole;
  const all = masters.flatMap(({ name }) => nameEndings(name));
  return masters.flatMap(({ name }) =>
    nameEndings(name)
      .filter((ending) => all.indexOf(ending) === all.lastIndexOf(ending))
      .map((value) => ({ value, text: name })),
  );
}

function nodesOf(fleet: Fleet, arePatterns: boolean): readonly Candidate[] {
  const nodes = fleet.nodes.map(candidate);
  if (!arePatterns) return nodes;
  return [...nodes, ...labelWords(fleet.nodes).map((value) => ({ value, text: "every node with this label" }))];
}

function candidate({ name, address }: { readonly name: string; readonly address: string }): Candidate {
  return { value: name, text: address };
}
