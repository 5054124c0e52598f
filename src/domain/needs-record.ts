import type { AdminState } from "./action.ts";
import type { Intent } from "./ledger.ts";
import type { Plan } from "./plan.ts";

/**
 * Is a plan that changes nothing still news to the ledger? It is where the ledger has it otherwise, as when a master is
 * found drained that nobody recorded; then running it writes down what is so. `ready` is what goes without saying.
 */
export function needsRecord(plan: Plan, intents: readonly Intent[]): boolean {
  if (plan.action === "shutdown") return false;
  const states = new Map<string, AdminState>(intents.map((intent) => [keyOf(intent), intent.state]));
  return plan.steps.some((step) => (states.get(keyOf(step)) ?? "ready") !== plan.action);
}

function keyOf({ node, backend, server }: Pick<Intent, "node" | "backend" | "server">): string {
  return `${node}\n${backend}\n${server}`;
}
