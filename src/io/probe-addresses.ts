import { isIP } from "node:net";
import { sshTarget } from "../domain/describe-reply.ts";
import type { OtherAddress } from "../domain/doctor-facts.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { ownAddresses } from "./own-machine.ts";
import { resolveHost } from "./probe-network.ts";
import { isSilence, type PageProbes } from "./probe-page.ts";
import { type SshProcess, startSsh } from "./ssh-process.ts";

type Env = Readonly<Record<string, string | undefined>>;

export type AddressSettings = {
  readonly probes: Pick<PageProbes, "bareAt">;
  readonly now: () => number;
  readonly isHere: (node: FleetNode) => Promise<boolean>;
  /** Looks up where ssh would go; `undefined` where ssh is left out. */
  readonly sshHost: ((node: FleetNode, withinMs: number) => Promise<string | undefined>) | undefined;
};

/** Fits `others` of `DoctorProbes` in `app/doctor-probes.ts`. */
export type AddressProbe = (
  node: FleetNode,
  deadlineMs: number,
  known: readonly string[],
) => Promise<readonly OtherAddress[]>;

/** More than these are not tried for one node. */
const mostAddresses = 8;

/**
 * Finds other addresses of a node, as far as they can be known from here, and asks for the stats page there, without a
 * password. They are: the other addresses of its name, those of the host that its `ssh` means, and those of this very
 * machine where that is the node.
 */
export function createAddressProbe({ probes, now, isHere, sshHost }: AddressSettings): AddressProbe {
  return async (node, deadlineMs, known) => {
    const endMs = Math.min(deadlineMs, now() + node.poll.timeoutMs);
    const seen = new Set([node.address.toLowerCase(), ...(known.length === 1 ? known : [])]);
    const wanted: Pick<OtherAddress, "address" | "from">[] = [];
    const add = (from: OtherAddress["from"], addresses: Iterable<string>) => {
      for (const address of addresses) {
        if (seen.has(address) || !isWorthTrying(address) || wanted.length >= mostAddresses) continue;
        seen.add(address);
        wanted.push({ address, from });
      }
    };
    add("name", known);
    add("ssh", await addressesOfSsh(node, endMs - now(), sshHost));
    if (await isHere(node)) add("machine", ownAddresses());
    return Promise.all(
      wanted.map(async (one): Promise<OtherAddress> => {
        const answer = await probes.bareAt(node, one.address, endMs);
        return { ...one, answer: answer.kind !== "failed" ? answer.kind : isSilence(answer) ? "silent" : "other" };
      }),
    );
  };
}

async function addressesOfSsh(
  node: FleetNode,
  withinMs: number,
  sshHost: AddressSettings["sshHost"],
): Promise<readonly string[]> {
  if (node.ssh === undefined || sshHost === undefined) return [];
  const host = await sshHost(node, withinMs);
  if (host === undefined) return [];
  const resolution = await resolveHost(host, withinMs);
  if (resolution.kind === "literal") return [host];
  return resolution.kind === "found" ? resolution.addresses : [];
}

/** Loopback is this machine and not the node; a link-local address needs an interface beside it. */
function isWorthTrying(address: string): boolean {
  return isIP(address) !== 0 && !/^(127\.|::1$|fe80:)/i.test(address);
}

/**
 * Asks ssh itself (`ssh -G`, which connects to nobody) which host a destination means by the user's own configuration.
 * Shape: `undefined` where it goes through others (ProxyJump, ProxyCommand): an address means what it means there.
 */
export async function readSshHost(node: FleetNode, withinMs: number, env: Env): Promise<string | undefined> {
  const config = node.admin.sshConfig === undefined ? [] : ["-F", node.admin.sshConfig];
  const ssh = startOrNot([...config, "-G", "--", sshTarget(node)], env, node);
  if (ssh === undefined) return undefined;
  let said = "";
  ssh.child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(0, 65_536);
  });
  const timer = setTimeout(() => void ssh.end(true), Math.max(0, withinMs));
  await ssh.ended;
  clearTimeout(timer);
  if (ssh.child.exitCode !== 0) return undefined;
  const value = (key: string) => new RegExp(`^${key} (.+)$`, "m").exec(said)?.[1];
  const isIndirect = ["proxyjump", "proxycommand"].some((key) => (value(key) ?? "none") !== "none");
  return isIndirect ? undefined : value("hostname");
}

/** Where this machine is out of what a process needs, the way through ssh says so. */
function startOrNot(args: readonly string[], env: Env, node: FleetNode): SshProcess | undefined {
  try {
    return startSsh("ssh", args, env, node);
  } catch {
    return undefined;
  }
}
