import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type HaproxyVersion, isAtLeast, parseHaproxyVersion } from "../domain/haproxy-version.ts";
import { type CheckedFile, inCheckFolder } from "./check-folder.ts";
import { CHECK_LIMIT_MS, type CheckVerdict, verdictOf } from "./check-verdict.ts";
import { findProgram } from "./find-program.ts";
import { runChecker } from "./run-checker.ts";
import { makeThrowawayPem } from "./throwaway-pem.ts";

/** What exists on this machine, to stand for what only the nodes have. `pem` holds a certificate and its key. */
export type LocalPlaces = {
  readonly pem: string;
  readonly emptyFile: string;
  readonly stateFile: string;
  readonly uid: number;
  readonly gid: number;
};

/**
 * A configuration to be checked as a whole, in the order in which HAProxy is to read its files.
 * Shape: `localText` gives a file's text for this machine, with the same lines. `needsPem`: it names certificates.
 * `version` is what it was written for.
 */
export type HaproxyCheck = {
  readonly files: readonly { readonly name: string; localText(places: LocalPlaces): string }[];
  readonly needsPem: boolean;
  readonly version: HaproxyVersion;
};

/** `too-old`: the HAProxy here refuses it, and is older than the one it is written for, whose words it may not know. */
export type HaproxyVerdict = CheckVerdict | { readonly kind: "too-old"; readonly installed: HaproxyVersion };

/** Lets the installed HAProxy check a configuration (`haproxy -c`). */
export async function verifyHaproxy(
  check: HaproxyCheck,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<HaproxyVerdict> {
  const haproxy = await findProgram("haproxy", env);
  if (haproxy === undefined) return { kind: "unchecked", why: "haproxy is not installed here" };
  const installed = await versionOf(haproxy);
  if (installed === undefined) return { kind: "unchecked", why: `${haproxy} does not tell its version` };
  return inCheckFolder(PLACED_FILES, async (folder) => {
    const openssl = check.needsPem ? await findProgram("openssl", env) : undefined;
    const pem = openssl === undefined ? undefined : await makeThrowawayPem(openssl, folder);
    if (check.needsPem && pem === undefined) {
      return { kind: "unchecked", why: "it names certificates, and there is no openssl here to make some for a check" };
    }
    const places: LocalPlaces = {
      pem: pem ?? "",
      emptyFile: join(folder, "empty"),
      stateFile: join(folder, "servers"),
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
    };
    const args = ["-c"];
    for (const { name, localText } of check.files) {
      await writeFile(join(folder, name), localText(places), { mode: 0o600 });
      args.push("-f", join(folder, name));
    }
    const run = await runChecker(haproxy, args, { cwd: folder, env: CHECK_ENV, limitMs: CHECK_LIMIT_MS, signal });
    const verdict = verdictOf("haproxy", run, folder);
    const isOld = verdict.kind === "unsound" && !isAtLeast(installed, check.version);
    return isOld ? { kind: "too-old", installed } : verdict;
  });
}

/** An empty error page, and a state file without servers: its first line is the version of its format. */
const PLACED_FILES: readonly CheckedFile[] = [
  { path: "empty", text: "" },
  { path: "servers", text: "1\n" },
];

/** Nothing of the user's: a password has no business in a check, and a variable that is missing must show. */
const CHECK_ENV: Readonly<Record<string, string>> = {
  PATH: "/usr/bin:/bin",
  K3S_LB_STATS_PASSWORD: "only-for-this-check",
  K3S_LB_ADMIN_PASSWORD: "only-for-this-check",
};

async function versionOf(haproxy: string): Promise<HaproxyVersion | undefined> {
  const run = await runChecker(haproxy, ["-v"], { cwd: "/", env: {}, limitMs: 5000 });
  const [, text = ""] = run.kind === "ended" ? (/version (\S+)/.exec(run.lines.join("\n")) ?? []) : [];
  return parseHaproxyVersion(text);
}
