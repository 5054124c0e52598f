import { join } from "node:path";
import { type CheckedFile, inCheckFolder } from "./check-folder.ts";
import { CHECK_LIMIT_MS, type CheckVerdict, verdictOf } from "./check-verdict.ts";
import { findProgram } from "./find-program.ts";
import { runChecker } from "./run-checker.ts";

/** Lets nft check a rule set without loading it (`nft -c`), which the kernel allows an administrator only. */
export async function verifyNft(
  file: CheckedFile,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<CheckVerdict> {
  const nft = await findProgram("nft", env);
  if (nft === undefined) return { kind: "unchecked", why: "nft is not installed here" };
  return inCheckFolder([file], async (folder) => {
    const args = ["-c", "-f", join(folder, file.path)];
    const run = await runChecker(nft, args, {
      cwd: folder,
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
      limitMs: CHECK_LIMIT_MS,
      signal,
    });
    const verdict = verdictOf("nft", run, folder);
    // A container or a user: the kernel is not asked, so nothing is known of the rules.
    const isForbidden = verdict.kind === "unsound" && verdict.lines.some((line) => FORBIDDEN.test(line));
    return isForbidden ? { kind: "unchecked", why: "nft checks rules for root only" } : verdict;
  });
}

const FORBIDDEN = /operation not permitted|must be root|unable to initialize netlink|protocol not supported/i;
