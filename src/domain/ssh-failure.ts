import { type FailureKind, failureDetails, networkFailure, type PollFailure } from "./failure.ts";
import { shellWord } from "./shell-word.ts";
import { cleanText } from "./text.ts";

/** How an ssh process ended. `said` is the end of its stderr; `isLate`: it was ended here, as its time was over. */
export type SshEnd = { readonly exitCode: number | undefined; readonly said: string; readonly isLate: boolean };

/** Why ssh did not get there. `isBusy`: its server hung up before it knew who came, so another try may fare better. */
export type SshProblem = { readonly failure: PollFailure; readonly hint: string; readonly isBusy: boolean };

type Cause = {
  readonly said: RegExp;
  readonly kind: FailureKind;
  readonly detail: (found: RegExpExecArray) => string;
  readonly hint: (see: string) => string;
};

const known: readonly Cause[] = [
  {
    said: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    kind: "unreachable",
    detail: () => "its host key has changed",
    hint: (see) =>
      `Was the machine set up anew? Compare its key before you trust it; ssh names the line to remove: ${see}`,
  },
  {
    said: /Host key verification failed/,
    kind: "unreachable",
    detail: () => "its host key is not known here (host key verification failed)",
    hint: (see) => `Log in once by hand and compare the key, or add it to known_hosts: ${see}`,
  },
  {
    said: /Too many authentication failures/,
    kind: "unreachable",
    detail: () => "too many keys were offered (too many authentication failures)",
    hint: (see) => `Name the right key with IdentityFile and IdentitiesOnly in your ssh config: ${see}`,
  },
  {
    said: /(?:(\S+): )?Permission denied \(([^)]*)\)/,
    kind: "unreachable",
    detail: ([, who, methods]) => `login refused${who ? ` for ${who}` : ""} (permission denied: ${methods})`,
    hint: (see) => `Is the right key in the agent (ssh-add -l), and is it allowed there? Look with: ${see}`,
  },
  {
    said: /Could not resolve hostname/,
    kind: "dns",
    detail: () => "ssh cannot resolve its name",
    hint: (see) => `Correct the node's \`ssh\` or \`address\` in the fleet file, or your ssh config: ${see}`,
  },
  {
    said: /administratively prohibited/,
    kind: "unreachable",
    detail: () => "logged in, but its ssh server does not forward (administratively prohibited)",
    hint: () => "Allow it in that node's sshd_config (AllowTcpForwarding, AllowStreamLocalForwarding, PermitOpen).",
  },
  {
    // Both at once: it was the jump host's channel that failed, and the ssh through it found nobody to speak to.
    said: /open failed: connect failed(?:: ([^\r\n]*))?[\s\S]*kex_exchange_identification/,
    kind: "unreachable",
    detail: ([, why]) => `the jump host cannot reach it${why ? ` (${why.toLowerCase()})` : ""}`,
    hint: (see) => `Does sshd run there, and is the path from the jump host open? Look with: ${see}`,
  },
  {
    said: /open failed: (?:connect failed|unknown channel type)(?:: ([^\r\n]*))?/,
    kind: "unreachable",
    detail: ([, why]) => `logged in, but HAProxy cannot be reached from there${why ? ` (${why.toLowerCase()})` : ""}`,
    hint: () => "Does HAProxy run there, and is `stats.port` (or `admin.socket`) that node's own?",
  },
  {
    said: /Connection refused/,
    kind: "unreachable",
    detail: () => "its ssh port refuses connections",
    hint: (see) => `Does sshd run there, on which port? Look with: ${see}`,
  },
  {
    said: /No route to host|Network is unreachable/,
    kind: "unreachable",
    detail: () => failureDetails.noRoute,
    hint: () => "The node is off or the path to it is gone: check the VPN and the routes from here.",
  },
  {
    said: /timed out/i,
    kind: "timeout",
    detail: () => "no ssh connection in time",
    hint: (see) => `The node is off, or a firewall drops the packets. Look with: ${see}`,
  },
];

const atTheDoor = /kex_exchange_identification|banner exchange|Connection (?:closed|reset) by/;

/**
 * Finds the cause in what OpenSSH said: its texts are fixed and in English, whatever the locale.
 * Shape: `hint` ends in what to type, to see more than ssh tells without `-v`. What is not known is told in ssh's own
 * last words, cleaned.
 * Source: OpenSSH 9.2 sshconnect.c, sshconnect2.c, channels.c.
 */
export function explainSsh({ exitCode, said, isLate }: SshEnd, target: string, config?: string): SshProblem {
  const see = `ssh ${config === undefined ? "" : `-F ${shellWord(config)} `}-v ${shellWord(target)} true`;
  for (const { said: pattern, kind, detail, hint } of known) {
    const found = pattern.exec(said);
    if (found === null) continue;
    return { failure: networkFailure(kind, cleanText(detail(found), 200)), hint: hint(see), isBusy: false };
  }
  if (atTheDoor.test(said)) {
    const detail = "its ssh server hangs up before the login";
    const hint = `Too many logins at once (MaxStartups in sshd_config), or this address is banned there: ${see}`;
    return { failure: networkFailure("unreachable", detail), hint, isBusy: true };
  }
  if (isLate) {
    const hint = `It took longer than the time it had (--timeout). Look with: ${see}`;
    return { failure: networkFailure("timeout", "no login and no answer in time"), hint, isBusy: false };
  }
  const last = cleanText(said.trim().split(/\r?\n/).at(-1) ?? "", 200);
  const detail = last === "" ? `ssh ended (exit code ${exitCode ?? "unknown"})` : `ssh said: ${last}`;
  return { failure: networkFailure("unreachable", detail), hint: `Look with: ${see}`, isBusy: false };
}

/** ssh itself could not be started. */
export function explainNoSsh(code: string | undefined): SshProblem {
  const detail = code === "ENOENT" ? "ssh is not installed here, or not in PATH" : `ssh cannot be started (${code})`;
  const hint = "Install the OpenSSH client (openssh-client), or use --via http or --via socket on the node itself.";
  return { failure: networkFailure("unreachable", detail), hint, isBusy: false };
}
