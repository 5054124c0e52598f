import type { Fleet } from "../domain/inventory.ts";
import type { Shell } from "./shell.ts";

/** The environment for other programs: this one, but for the passwords of the fleet in it. */
export function withoutSecrets(env: Shell["env"], fleet: Fleet): Shell["env"] {
  const secrets = new Set(
    fleet.nodes.flatMap(({ stats: { password } }) => (password?.kind === "env" ? [password.name] : [])),
  );
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name) && !name.startsWith("K3S_LB_")));
}
