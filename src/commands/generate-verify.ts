import {
  formatHaproxyVersion,
  type HaproxyVersion,
  isAtLeast,
  oldestHaproxyVersion,
} from "../domain/haproxy-version.ts";
import type { CheckVerdict } from "../io/check-verdict.ts";
import type { HaproxyCheck, LocalPlaces } from "../io/verify-haproxy.ts";
import type { Checking } from "./generate-checking.ts";
import type { MadeFile } from "./generate-make.ts";
import type { Shell } from "./shell.ts";

/** What a check has to know of the run. */
export type VerifyOptions = Checking & { readonly sectionsOnly: boolean; readonly signal: AbortSignal };

/**
 * Lets the installed programs check what was made, and says on stderr what they say.
 * Shape: resolves to whether nothing was refused; what cannot be checked here is said and is no refusal.
 */
export async function verifyFiles(shell: Shell, files: readonly MadeFile[], options: VerifyOptions): Promise<boolean> {
  let isSound = true;
  const judged = await verdicts(shell, files, options);
  if (options.signal.aborted) return false;
  for (const { names, verdict } of judged) {
    if (verdict.kind === "unchecked") shell.stderr.write(`k3s-lb: ${names}: not checked, ${verdict.why}\n`);
    if (verdict.kind === "partly") shell.stderr.write(`k3s-lb: ${names}: ${verdict.what}\n`);
    if (verdict.kind === "sound") {
      for (const warning of verdict.warnings) shell.stderr.write(`k3s-lb: ${names}: ${warning}\n`);
    }
    if (verdict.kind !== "unsound") continue;
    isSound = false;
    const words = verdict.lines.map((line) => `  ${line}\n`).join("");
    shell.stderr.write(`k3s-lb: ${names}: refused by ${verdict.program}, so nothing is written\n${words}`);
  }
  if (!isSound)
    shell.stderr.write("  --no-verify gives it all the same; if it is not your fleet file, please report it.\n");
  return isSound;
}

type Judged = { readonly names: string; readonly verdict: CheckVerdict };

async function verdicts(shell: Shell, files: readonly MadeFile[], options: VerifyOptions): Promise<readonly Judged[]> {
  const judged = files.flatMap((file): Promise<Judged>[] => {
    if (file.check === "haproxy") return [named(file.path, askHaproxy(shell, file, options))];
    return file.check === "nft" ? [named(file.path, askNft(shell, file, options))] : [];
  });
  const forPromtool = files.filter(({ check }) => check?.startsWith("promtool-"));
  if (forPromtool.length > 0) {
    const names = forPromtool.map(({ path }) => path).join(", ");
    judged.push(named(names, askPromtool(shell, files, forPromtool, options)));
  }
  return Promise.all(judged);
}

async function named(names: string, verdict: Promise<CheckVerdict>): Promise<Judged> {
  return { names, verdict: await verdict };
}

async function askNft(shell: Shell, file: MadeFile, { signal }: VerifyOptions): Promise<CheckVerdict> {
  const { verifyNft } = await import("../io/verify-nft.ts");
  return verifyNft(file, shell.env, signal);
}

/**
 * An installed HAProxy that is older may not know every keyword. It is then asked about the same file as made for itself,
 * which leaves unchecked only what the newer one has more.
 */
async function askHaproxy(shell: Shell, file: MadeFile, options: VerifyOptions): Promise<CheckVerdict> {
  const { verifyHaproxy } = await import("../io/verify-haproxy.ts");
  const { version, sectionsOnly, signal } = options;
  const verdict = await verifyHaproxy(await checkOf(file, version, sectionsOnly), shell.env, signal);
  if (verdict.kind !== "too-old") return verdict;
  const { installed } = verdict;
  const here = `haproxy here is ${formatHaproxyVersion(installed)}, older than the ${formatHaproxyVersion(version)} it is written for`;
  if (!isAtLeast(installed, oldestHaproxyVersion)) return { kind: "unchecked", why: here };
  const older = (await options.remake(installed)).find(({ path }) => path === file.path);
  if (older === undefined) return { kind: "unchecked", why: here };
  const again = await verifyHaproxy(await checkOf(older, installed, sectionsOnly), shell.env, signal);
  const [asFor, written] = [installed, version].map(formatHaproxyVersion);
  const part = {
    kind: "partly",
    what: `checked as for HAProxy ${asFor}, which is here; it is written for ${written}`,
  } as const;
  return again.kind === "unsound" || again.kind === "unchecked" ? again : part;
}

async function checkOf(file: MadeFile, version: HaproxyVersion, sectionsOnly: boolean): Promise<HaproxyCheck> {
  const { haproxyCheckCopy, namesCertificates, SECTIONS_PREAMBLE } = await import("../generate/haproxy-check-copy.ts");
  const preamble = {
    name: "before.cfg",
    localText: (places: LocalPlaces) => haproxyCheckCopy(SECTIONS_PREAMBLE, places),
  };
  const own = { name: "haproxy.cfg", localText: (places: LocalPlaces) => haproxyCheckCopy(file.text, places) };
  return {
    files: sectionsOnly ? [preamble, own] : [own],
    needsPem: namesCertificates(file.text),
    version,
  };
}

async function askPromtool(
  shell: Shell,
  files: readonly MadeFile[],
  checked: readonly MadeFile[],
  { signal }: VerifyOptions,
): Promise<CheckVerdict> {
  const { verifyPromtool } = await import("../io/verify-promtool.ts");
  const { prometheusCheckCopy } = await import("../generate/prometheus-check-copy.ts");
  const ownTarget = files.filter(({ target }) => checked.some((file) => file.target === target));
  const kinds = { "promtool-config": "config", "promtool-rules": "rules", "promtool-tests": "tests" } as const;
  const checks = checked.flatMap(({ path, check }) =>
    check === "promtool-config" || check === "promtool-rules" || check === "promtool-tests"
      ? [{ path, as: kinds[check] }]
      : [],
  );
  return verifyPromtool(prometheusCheckCopy(ownTarget), checks, shell.env, signal);
}
