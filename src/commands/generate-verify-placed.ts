import {
  formatHaproxyVersion,
  type HaproxyVersion,
  isAtLeast,
  oldestHaproxyVersion,
} from "../domain/haproxy-version.ts";
import { haproxyCheckCopy, namesCertificates } from "../generate/haproxy-check-copy.ts";
import { type HaproxyVerdict, type LocalPlaces, verifyHaproxy } from "../io/verify-haproxy.ts";
import type { Shell } from "./shell.ts";

/**
 * A haproxy.cfg before and after a block came into it, as Latin-1 of its bytes.
 * Shape: `textFor` gives the latter with the block as it is for an older HAProxy, where there is one.
 */
export type PlacedFile = {
  readonly path: string;
  readonly old: string;
  readonly text: string;
  readonly version: HaproxyVersion;
  textFor(older: HaproxyVersion): Promise<string | undefined>;
  readonly signal: AbortSignal;
};

/**
 * Whether HAProxy takes the whole file with the block in it: sections of the same names elsewhere in it would keep it
 * from starting. A file that it does not take here as it was (modules, other files of the node) tells nothing.
 */
export async function verifyPlaced(shell: Shell, placed: PlacedFile): Promise<boolean> {
  const { path, old, signal } = placed;
  const after = await askAfter(shell, placed);
  if (signal.aborted) return false;
  if (after.kind === "too-old") {
    const here = formatHaproxyVersion(after.installed);
    shell.stderr.write(`k3s-lb: ${path}: not checked as a whole, haproxy here is ${here}\n`);
  }
  if (after.kind !== "unsound") return true;
  // Whatever version it was written for: what counts is whether this HAProxy takes it.
  const before = await ask(shell, old, oldestHaproxyVersion, signal);
  if (signal.aborted) return false;
  if (before.kind === "unsound") {
    const [line = ""] = before.lines;
    shell.stderr.write(`k3s-lb: ${path}: not checked as a whole, haproxy here refuses it already as it was: ${line}\n`);
    return true;
  }
  const words = after.lines.map((line) => `  ${line}\n`).join("");
  shell.stderr.write(`k3s-lb: ${path}: refused by haproxy with the block in it, so nothing is written\n${words}`);
  shell.stderr.write("  Take out of the file what the block brings; --no-verify writes it all the same.\n");
  return false;
}

/** One that is older than the block is written for is asked about the block as it would be for itself. */
async function askAfter(shell: Shell, { text, version, textFor, signal }: PlacedFile): Promise<HaproxyVerdict> {
  const verdict = await ask(shell, text, version, signal);
  if (verdict.kind !== "too-old" || !isAtLeast(verdict.installed, oldestHaproxyVersion)) return verdict;
  const older = await textFor(verdict.installed);
  return older === undefined ? verdict : ask(shell, older, verdict.installed, signal);
}

async function ask(shell: Shell, raw: string, version: HaproxyVersion, signal: AbortSignal): Promise<HaproxyVerdict> {
  const text = Buffer.from(raw, "latin1").toString("utf8");
  const file = { name: "haproxy.cfg", localText: (places: LocalPlaces) => haproxyCheckCopy(text, places) };
  return verifyHaproxy({ files: [file], needsPem: namesCertificates(text), version }, shell.env, signal);
}
