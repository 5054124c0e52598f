import type { Fleet } from "../domain/inventory.ts";
import type { PlanRequest } from "../domain/plan.ts";
import { UserError } from "../domain/user-error.ts";
import type { AdminOptions } from "./admin-options.ts";
import { selectMasters, selectNodes } from "./fleet-option.ts";

/** Whom an action is about: the fleet cut down to the nodes that are asked and changed, and what is asked for there. */
export type AdminTarget = {
  readonly fleet: Fleet;
  readonly request: PlanRequest;
  /** Names that `--confirm` gave. */
  readonly confirmed: readonly string[];
};

/** Errors: a UserError with the nearest name for masters and nodes that the fleet does not have. */
export function readTarget(whole: Fleet, options: AdminOptions): AdminTarget {
  const masters = selectMasters(whole, options.masters).map(({ name }) => name);
  return {
    fleet: { ...whole, nodes: selectNodes(whole, options.nodes), backend: options.backend ?? whole.backend },
    request: {
      action: options.action,
      masters,
      nodes: undefined,
      minHealthy: options.minHealthy,
      strict: options.strict,
      forceLast: namesOf(whole, "--force-last", options.forceLast, masters),
      includeBlind: options.includeBlind,
      backend: options.backend ?? whole.backend,
    },
    confirmed: namesOf(whole, "--confirm", options.confirm, masters),
  };
}

/** A flag that names a master which the action leaves alone is a slip of exactly the kind that these flags are against. */
function namesOf(whole: Fleet, flag: string, given: readonly string[], masters: readonly string[]): readonly string[] {
  return given.flatMap((name) => {
    const [master] = selectMasters(whole, [name]);
    if (master !== undefined && masters.includes(master.name)) return [master.name];
    throw new UserError(`${flag} ${name}: that master is not one of those named: ${masters.join(", ")}`);
  });
}
