import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/domain/user-error.ts";
import { type FleetFile, loadFleetFile } from "../../src/io/fleet-file.ts";
import { tempDir } from "./temp-dir.ts";

type Environment = Readonly<Record<string, string>>;

/** Loads a text as the `k3s-lb.yaml` of a directory of its own. */
export async function loadText(text: string | Uint8Array, env: Environment = {}): Promise<FleetFile> {
  const cwd = await tempDir();
  await writeFile(join(cwd, "k3s-lb.yaml"), text);
  return loadFleetFile({ cwd, env });
}

/** What a text is refused with; the file's name is left out. */
export async function refusal(text: string | Uint8Array, env: Environment = {}): Promise<string> {
  const error = await loadText(text, env).then(
    () => new Error("the file was accepted"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  return error.message.replaceAll("k3s-lb.yaml:", "");
}

/** The smallest sound file, and its first half. */
export const MASTERS = "masters: [{ name: m1 }]\n";
export const SOUND: string = `${MASTERS}nodes: [{ name: n1 }]\n`;
