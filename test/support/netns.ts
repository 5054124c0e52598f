import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { installedHaproxy } from "./real-haproxy.ts";

/** A network namespace with one link to this one. `here` and `there` are the addresses of its two ends. */
export type Namespace = {
  readonly here: string;
  readonly there: string;
  /** A command line that runs in it. */
  command(...words: readonly string[]): readonly [string, readonly string[]];
  remove(): void;
};

const programs = { ip: ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"], sshd: ["/usr/sbin/sshd"], ssh: ["/usr/bin/ssh"] };

/**
 * Whether tests with namespaces and a real sshd have to be skipped. Says so aloud; with CI=true and as root a missing
 * program is a failure.
 */
export function skipsNamespaces(): boolean {
  const isRoot = process.getuid?.() === 0;
  const missing = Object.entries(programs).flatMap(([name, paths]) => (paths.some(existsSync) ? [] : [name]));
  if (installedHaproxy === undefined) missing.push("haproxy");
  const canNamespace = isRoot && missing.length === 0 && spawnSync("ip", ["netns", "list"]).status === 0;
  if (canNamespace) return false;
  const why = isRoot ? `missing: ${missing.join(", ") || "the right to make namespaces"}` : "this user is not root";
  if (isRoot && process.env["CI"] === "true") throw new Error(`orders over ssh cannot be tested (${why})`);
  console.warn(`SKIPPED: orders over a real sshd in a network namespace are not tested in this run (${why})`);
  return true;
}

/** Makes one. Its addresses are from the block for tests of network devices, which nothing else uses (RFC 2544). */
export function createNamespace(): Namespace {
  const id = Math.floor(Math.random() * 0xffff);
  const [name, outside, inside] = [`k3slbt${id}`, `k3slbt${id}a`, `k3slbt${id}b`] as const;
  const net = `198.18.${id >> 8}.${id & 0xfc}`.replace(/\d+$/, (last) => String(Number(last)));
  const [here, there] = [1, 2].map((host) => net.replace(/\d+$/, (last) => String(Number(last) + host))) as [
    string,
    string,
  ];
  const ip = (...words: readonly string[]) => execFileSync("ip", words, { stdio: "pipe" });
  ip("netns", "add", name);
  try {
    ip("link", "add", outside, "type", "veth", "peer", "name", inside);
    ip("link", "set", inside, "netns", name);
    ip("addr", "add", `${here}/30`, "dev", outside);
    ip("link", "set", outside, "up");
    ip("-n", name, "addr", "add", `${there}/30`, "dev", inside);
    ip("-n", name, "link", "set", inside, "up");
    ip("-n", name, "link", "set", "lo", "up");
  } catch (error) {
    ip("netns", "del", name);
    throw error;
  }
  return {
    here,
    there,
    command: (...words) => ["ip", ["netns", "exec", name, ...words]],
    remove: () => {
      spawnSync("ip", ["netns", "del", name]);
      spawnSync("ip", ["link", "del", outside]);
    },
  };
}
