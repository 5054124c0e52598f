import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * Whether tests with a real nft or ufw in namespaces of their own have to be skipped. Says so aloud; with CI=true and
 * as root a missing program is a failure.
 */
export function skipsFirewall(program: "nft" | "ufw"): boolean {
  const isRoot = process.getuid?.() === 0;
  const isThere = ["/usr/sbin", "/sbin", "/usr/bin"].some((folder) => existsSync(`${folder}/${program}`));
  if (isRoot && isThere && spawnSync("unshare", ["-n", "-m", "true"]).status === 0) return false;
  const why = isRoot ? `missing: ${isThere ? "the right to make namespaces" : program}` : "this user is not root";
  if (isRoot && process.env["CI"] === "true") throw new Error(`firewall rules cannot be tested (${why})`);
  console.warn(`SKIPPED: firewall rules are not tried with a real ${program} in this run (${why})`);
  return true;
}
