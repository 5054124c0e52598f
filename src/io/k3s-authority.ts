import { access } from "node:fs/promises";

/** Where k3s keeps the authority that signed the masters' certificates: on agents, and on masters. */
const PATHS = ["/var/lib/rancher/k3s/agent/server-ca.crt", "/var/lib/rancher/k3s/server/tls/server-ca.crt"];

/** The file of this machine with k3s' authority, `undefined` where there is none (or none that this user can see). */
export async function findK3sAuthority(): Promise<string | undefined> {
  for (const path of PATHS) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
