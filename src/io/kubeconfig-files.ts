import { readFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { UserError } from "../domain/user-error.ts";
import type { SourceText } from "./inventory-files.ts";
import { readSourceText } from "./source-text.ts";

/** A path beside a kubeconfig, or contents in base64. */
export type Material = { readonly data: string } | { readonly path: string; readonly file: string };

/**
 * Reads the kubeconfigs: the one that was named, those of `$KUBECONFIG`, or ~/.kube/config.
 * Shape: as kubectl does, a file of the list that is not there is passed over.
 * Errors: a `UserError` where none is there or one cannot be read.
 */
export async function readKubeconfigFiles(
  named: string | undefined,
  { env, cwd }: { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string },
): Promise<readonly SourceText[]> {
  if (named !== undefined) return [{ file: named, text: await readSourceText(named, cwd) }];
  const listed = (env["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
  const home = env["HOME"] ? [join(env["HOME"], ".kube", "config")] : [];
  const paths = listed.length > 0 ? listed : home;
  const texts: SourceText[] = [];
  for (const file of paths) {
    if (await isThere(resolve(cwd, file))) texts.push({ file, text: await readSourceText(file, cwd) });
  }
  if (texts.length > 0) return texts;
  throw new UserError(
    `--from-kubeconfig: there is no ${paths.length === 0 ? "kubeconfig" : paths.join(", ")}`,
    "Name one, such as --from-kubeconfig /etc/rancher/k3s/k3s.yaml, or set KUBECONFIG.",
  );
}

/** Certificate, key or token. Errors: a `UserError` that names what it is for and never shows it. */
export async function readMaterial(
  material: Material | undefined,
  what: string,
  cwd: string,
): Promise<Buffer | undefined> {
  if (material === undefined) return undefined;
  if ("data" in material) return Buffer.from(material.data, "base64");
  const path = resolve(cwd, dirname(material.file), material.path);
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `${material.file}: the ${what} ${material.path} cannot be read (${error.code ?? "unknown error"})`,
    );
  });
}

async function isThere(path: string): Promise<boolean> {
  const { access } = await import("node:fs/promises");
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT" && error.code !== "ENOTDIR",
  );
}
