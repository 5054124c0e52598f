import { formatAge } from "./ages.ts";
import type { PlanRequest, PlanStep, Refusal } from "./plan.ts";
import { takesOut } from "./shown-state.ts";
import type { NodeView } from "./view.ts";

/**
 * How many usable masters a node keeps when all these steps are done: the smallest number over the backends that they
 * touch. Steps of an action that takes nobody out leave things as they are. Only server lines of masters count.
 */
export function usableLeft(node: NodeView, steps: readonly PlanStep[]): number {
  const left = new Map(steps.map((step) => [step.backend, 0]));
  const out = new Set(steps.filter((step) => takesOut(step.action)).map(({ backend, server }) => key(backend, server)));
  for (const cell of node.cells) {
    for (const { backend, server, usable } of cell.servers) {
      const count = left.get(backend);
      if (count !== undefined && usable && !out.has(key(backend, server))) left.set(backend, count + 1);
    }
  }
  return Math.min(...left.values());
}

/**
 * Whether a node has to be left alone as a whole, judged by its own view; `undefined` lets its steps pass.
 * All its steps count as done, also those that are not needed or were sent before, so that asking again in the middle
 * of a node's steps never lets more through than the plan did.
 * `blind`: its view is not fresh; that holds for every action, as nobody knows what it would do there.
 * `guard`: fewer than `minHealthy` usable masters would be left in a backend, and not all that are taken out there were
 * named in `forceLast`.
 */
export function guardNode(node: NodeView, steps: readonly PlanStep[], request: PlanRequest): Refusal | undefined {
  const needed = steps.filter((step) => step.isNeeded);
  if (needed.length === 0) return undefined;
  if (node.state !== "fresh") {
    return request.includeBlind ? undefined : { node: node.name, kind: "blind", steps, text: blindText(node) };
  }
  if (!takesOut(request.action)) return undefined;
  const left = usableLeft(node, steps);
  if (left >= request.minHealthy) return undefined;
  if (needed.every((step) => request.forceLast.includes(step.master))) return undefined;
  return { node: node.name, kind: "guard", steps, text: guardText(left, request.minHealthy) };
}

function guardText(left: number, minHealthy: number): string {
  const kept = left === 0 ? "no usable master" : left === 1 ? "1 usable master" : `${left} usable masters`;
  return `would be left with ${kept}; at least ${minHealthy} must stay`;
}

function blindText(node: NodeView): string {
  if (node.state === "stale") return `its last answer is ${formatAge(node.ageMs)} old, so nobody knows what it has now`;
  if (node.failure === undefined) return "it has not answered yet, so nobody knows what it has";
  return `nobody knows what it has now: ${node.failure.detail}`;
}

function key(backend: string, server: string): string {
  return `${backend}/${server}`;
}
