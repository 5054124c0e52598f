import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runChecker } from "./run-checker.ts";

/**
 * Makes a certificate with its key in one PEM file of this folder, for a program that wants to load one. Resolves to its
 * path, or to `undefined` where openssl cannot.
 */
export async function makeThrowawayPem(openssl: string, folder: string): Promise<string | undefined> {
  const [key, cert, both] = ["throwaway.key", "throwaway.crt", "throwaway.pem"].map((name) => join(folder, name));
  if (key === undefined || cert === undefined || both === undefined) return undefined;
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const names = ["-subj", "/CN=k3s-lb.invalid", "-days", "1", "-keyout", key, "-out", cert];
  const env = { PATH: "/usr/bin:/bin", RANDFILE: join(folder, "random") };
  const run = await runChecker(openssl, ["req", ...kind, ...names], { cwd: folder, env, limitMs: 10_000 });
  if (run.kind === "failed" || run.code !== 0) return undefined;
  await writeFile(both, `${await readFile(cert, "utf8")}${await readFile(key, "utf8")}`, { mode: 0o600 });
  return both;
}
