import type { Fleet, FleetNode, SecretSource } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import type { SecretForm } from "../generate/generate-input.ts";
import { adminUser } from "../generate/haproxy-users.ts";
import { hashPassword, refuseSamplePassword } from "../io/password-hash.ts";
import type { ReadSecret } from "../io/secret.ts";
import { sayWarnings } from "./fleet-option.ts";
import type { Shell } from "./shell.ts";

const ADMIN_VARIABLE = "K3S_LB_ADMIN_PASSWORD";

/** The passwords of a run: those at hand, and the form in which files for some nodes are to have theirs. */
export type GenerateSecrets = {
  atHand(source: SecretSource): string | undefined;
  formFor(nodes: readonly FleetNode[]): Promise<SecretForm>;
};

/**
 * Reads what can be had of the passwords. Where they are only referred to, one that is missing is no mistake, and no
 * command is run for it, which might ask its user for a passphrase. For hashes every one has to be there.
 * Errors: a `UserError` for the sample's password, and for hashes where one cannot be read.
 */
export async function openGenerateSecrets(
  shell: Shell,
  fleet: Fleet,
  nodes: readonly FleetNode[],
  kind: SecretForm["kind"],
): Promise<GenerateSecrets> {
  const sources = nodes.flatMap(({ stats }) => stats.password ?? []);
  const read = await openReading(shell, nodes, kind);
  const known = new Map<string, string>();
  for (const source of sources) {
    if (known.has(JSON.stringify(source)) || (kind === "env" && source.kind === "command")) continue;
    const value = await read(source).catch(() => undefined);
    if (value === undefined) continue;
    refuseSamplePassword(value, "the stats password");
    known.set(JSON.stringify(source), value);
  }
  let isWarned = false;
  const atHand = (source: SecretSource) => known.get(JSON.stringify(source));
  return {
    atHand,
    async formFor(group) {
      if (kind === "env") return { kind };
      const [first] = group;
      const password = first?.stats.password === undefined ? undefined : atHand(first.stats.password);
      if (first === undefined || password === undefined) {
        throw new UserError(
          `--secrets hash: the fleet file has no stats password for ${first?.name ?? "a node"}`,
          "Set stats.password, or leave --secrets away: the file then takes it from HAProxy's environment.",
        );
      }
      const admin = fleet.haproxy.admin.kind === "group" ? readAdminPassword(shell) : undefined;
      if (admin === password && !isWarned) {
        isWarned = true;
        sayWarnings(shell, [samePassword(first.stats.username)]);
      }
      const hash = (user: string, secret: string) => ({
        [user]: hashPassword(secret, { cluster: fleet.cluster, user }),
      });
      const hashes = hash(first.stats.username, password);
      return { kind, hashes: admin === undefined ? hashes : { ...hashes, ...hash(adminUser, admin) } };
    },
  };
}

function samePassword(reader: string): string {
  return (
    `${adminUser}, who may give orders, has the same password as ${reader}, who watches: ` +
    `every console and every Prometheus that reads the nodes can take masters out; give ${ADMIN_VARIABLE} one of its own`
  );
}

async function openReading(shell: Shell, nodes: readonly FleetNode[], kind: SecretForm["kind"]): Promise<ReadSecret> {
  if (kind === "hash") {
    const { openSecrets } = await import("./open-secrets.ts");
    return openSecrets(shell, nodes);
  }
  const { createSecretReader } = await import("../io/secret.ts");
  return createSecretReader({ env: shell.env });
}

/** The fleet file has the password of who watches; that of the one who may act is given to this run only. */
function readAdminPassword({ env }: Shell): string {
  const password = env[ADMIN_VARIABLE];
  if (password === undefined || password === "") {
    throw new UserError(
      `--secrets hash: the environment variable ${ADMIN_VARIABLE} is not set; ${adminUser}'s hash is made from it (haproxy.admin: group)`,
      `read -rs ${ADMIN_VARIABLE} && export ${ADMIN_VARIABLE}`,
    );
  }
  refuseSamplePassword(password, `the password in ${ADMIN_VARIABLE}`);
  return password;
}
