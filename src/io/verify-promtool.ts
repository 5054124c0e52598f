import { join } from "node:path";
import { type CheckedFile, inCheckFolder } from "./check-folder.ts";
import { CHECK_LIMIT_MS, type CheckVerdict, TEST_LIMIT_MS, verdictOf } from "./check-verdict.ts";
import { findProgram } from "./find-program.ts";
import { runChecker } from "./run-checker.ts";

/** A file that promtool is to check, and as what. */
export type PromtoolCheck = { readonly path: string; readonly as: "config" | "rules" | "tests" };

const WORDS: Readonly<Record<PromtoolCheck["as"], readonly string[]>> = {
  config: ["check", "config"],
  rules: ["check", "rules"],
  tests: ["test", "rules"],
};

/**
 * Lets promtool check these files, one after another up to the first that is not sound, in a folder in which all of
 * `files` lie as they would be installed: tests name their rules, a configuration its rules and targets.
 */
export async function verifyPromtool(
  files: readonly CheckedFile[],
  checks: readonly PromtoolCheck[],
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<CheckVerdict> {
  const promtool = await findProgram("promtool", env);
  if (promtool === undefined) return { kind: "unchecked", why: "promtool is not installed here" };
  return inCheckFolder(files, async (folder) => {
    for (const { path, as } of checks) {
      const settings = {
        cwd: folder,
        env: { PATH: "/usr/bin:/bin" },
        limitMs: as === "tests" ? TEST_LIMIT_MS : CHECK_LIMIT_MS,
        signal,
      };
      const run = await runChecker(promtool, [...WORDS[as], join(folder, path)], settings);
      const verdict = verdictOf("promtool", run, folder);
      if (verdict.kind !== "sound") return verdict;
    }
    return { kind: "sound", warnings: [] };
  });
}
