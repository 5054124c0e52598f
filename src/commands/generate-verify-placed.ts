import type { HaproxyVersion } from "../domain/haproxy-version.ts";
import { haproxyCheckCopy, namesCertificates } from "../generate/haproxy-check-copy.ts";
import { type HaproxyVerdict, type LocalPlaces, verifyHaproxy } from "../io/verify-haproxy.ts";
import type { Shell } from "./shell.ts";

/** A haproxy.cfg before and after a block came into it, as Latin-1 of its bytes. */
export type PlacedFile = {
  readonly path: string;
  readonly old: string;
  readonly text: string;
  readonly version: HaproxyVersion;
};

/**
 * Whether HAProxy takes the whole file with the block in it: sections of the same names elsewhere in it would keep it
 * from starting. A file that it does not take here as it was (modules, other files of the node) tells nothing.
 */
export async function verifyPlaced(shell: Shell, { path, old, text, version }: PlacedFile): Promise<boolean> {
  const after = await ask(shell, text, version);
  if (after.kind !== "unsound") return true;
  const before = await ask(shell, old, version);
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

async function ask(shell: Shell, raw: string, version: HaproxyVersion): Promise<HaproxyVerdict> {
  const text = Buffer.from(raw, "latin1").toString("utf8");
  const file = { name: "haproxy.cfg", localText: (places: LocalPlaces) => haproxyCheckCopy(text, places) };
  return verifyHaproxy({ files: [file], needsPem: namesCertificates(text), version }, shell.env);
}
