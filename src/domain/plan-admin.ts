import type { AdminAction } from "./action.ts";
import { guardNode, usableLeft } from "./guard.ts";
import type { Plan, PlanRequest, PlanStep, Refusal } from "./plan.ts";
import { planWarnings } from "./plan-warnings.ts";
import { shownState, takesOut } from "./shown-state.ts";
import type { StatsRow } from "./stats.ts";
import { stepWarnings } from "./step-warnings.ts";
import type { FleetView, NodeView, ServerCell } from "./view.ts";

/**
 * Plans an action on every node, backend and server line that holds one of the masters, as the view shows them.
 * Shape: a step stands either in `steps` or in one refusal, never in both. A node that is refused is refused whole. A
 * master without a server line on a fresh node is a refusal `absent` without steps there: a note, as long as other
 * nodes have it. On a node whose view is not fresh the last known server lines are taken, or those that other nodes
 * have; nothing is said of their state.
 * `notes` are warnings that the view cannot know, such as another operation in the ledger.
 */
export function planAdmin(view: Pick<FleetView, "nodes">, asked: PlanRequest, notes: readonly string[] = []): Plan {
  const request = { ...asked, masters: [...new Set(asked.masters)] };
  const nodes = view.nodes.filter((node) => request.nodes === undefined || request.nodes.includes(node.name));
  const places = placesOf(view, request);
  const steps: PlanStep[] = [];
  const refusals: Refusal[] = [];
  const left = new Map<string, number>();
  for (const node of nodes) {
    const own = request.masters.flatMap((master) => stepsFor(node, master, request.action, places));
    const absent = absentOn(node, request.masters, own);
    if (absent !== undefined) refusals.push(absent);
    const refusal = guardNode(node, own, request) ?? nothingKnown(node, own);
    if (refusal !== undefined) {
      refusals.push(refusal);
      continue;
    }
    steps.push(...own);
    if (node.state === "fresh" && own.some((step) => step.isNeeded)) left.set(node.name, usableLeft(node, own));
  }
  const isStopped = request.strict && refusals.some((refusal) => refusal.kind !== "absent");
  if (isStopped) refusals.push(...refuseRest(steps));
  const kept = isStopped ? [] : steps;
  const usable = isStopped ? new Map<string, number>() : left;
  return {
    request,
    action: request.action,
    masters: request.masters,
    steps: kept,
    refusals,
    usableLeft: usable,
    sessions: kept.reduce((sum, step) => sum + (step.isNeeded ? (step.before?.sessions ?? 0) : 0), 0),
    toType: namesToType(kept, usable),
    warnings: [...planWarnings(nodes, kept, refusals), ...notes],
  };
}

/** Whether a server line, as it shows now, has something left to be done: sessions to close, or a state to reach. */
export function isNeededOn(row: StatsRow, action: AdminAction): boolean {
  return action === "shutdown" ? row.sessions !== 0 : shownState(row.status, action) !== "wanted";
}

type Place = { readonly backend: string; readonly server: string };

/** The server lines of each master that any node shows, for nodes that show none. */
function placesOf(view: Pick<FleetView, "nodes">, request: PlanRequest): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Map<string, Place>>(request.masters.map((master) => [master, new Map()]));
  for (const node of view.nodes) {
    for (const cell of node.cells) {
      for (const { backend, server } of cell.servers) places.get(cell.master)?.set(backend, { backend, server });
    }
  }
  for (const [master, found] of places) {
    const { backend } = request;
    if (found.size === 0 && backend !== undefined) found.set(backend, { backend, server: master });
  }
  return new Map([...places].map(([master, found]) => [master, [...found.values()]]));
}

function stepsFor(
  node: NodeView,
  master: string,
  action: AdminAction,
  places: ReadonlyMap<string, readonly Place[]>,
): readonly PlanStep[] {
  const servers = node.cells.find((cell) => cell.master === master)?.servers ?? [];
  if (node.state === "fresh") return servers.map((server) => seenStep(node, master, action, server));
  return (servers.length > 0 ? servers : (places.get(master) ?? [])).map(({ backend, server }) => ({
    node: node.name,
    backend,
    server,
    action,
    master,
    before: undefined,
    isNeeded: true,
    warnings: ["is acted on unseen, as its state is not known now"],
  }));
}

function seenStep(node: NodeView, master: string, action: AdminAction, cell: ServerCell): PlanStep {
  const { backend, server, row, state } = cell;
  const isNeeded = isNeededOn(row, action);
  return {
    node: node.name,
    backend,
    server,
    action,
    master,
    before: { status: row.status.text, state, sessions: row.sessions },
    isNeeded,
    warnings: stepWarnings(cell, action, node.version),
  };
}

function absentOn(node: NodeView, masters: readonly string[], steps: readonly PlanStep[]): Refusal | undefined {
  if (node.state !== "fresh") return undefined;
  const missing = masters.filter((master) => !steps.some((step) => step.master === master));
  if (missing.length === 0) return undefined;
  return { node: node.name, kind: "absent", steps: [], text: `has no server line for ${missing.join(", ")}` };
}

/** A node that never answered, in a fleet where nobody shows a backend with the masters: there is nothing to name. */
function nothingKnown(node: NodeView, steps: readonly PlanStep[]): Refusal | undefined {
  if (node.state === "fresh" || steps.length > 0) return undefined;
  return { node: node.name, kind: "blind", steps, text: "it has not answered, so its backends are not known" };
}

function refuseRest(steps: readonly PlanStep[]): readonly Refusal[] {
  return [...Map.groupBy(steps, (step) => step.node)].map(([node, own]) => ({
    node,
    kind: "strict",
    steps: own,
    text: "is left alone because other nodes are refused (strict)",
  }));
}

/**
 * An operator has to mean it: more than one master at once, drained, in maintenance or cut off from their sessions (to
 * put several back in service is how an outage ends, so that asks for no names); and, where masters are taken out, a
 * node left with one or none, or a node where nobody knows.
 */
function namesToType(steps: readonly PlanStep[], left: ReadonlyMap<string, number>): readonly string[] {
  const needed = steps.filter((step) => step.isNeeded && step.action !== "ready");
  const masters = [...new Set(needed.map((step) => step.master))];
  const takingOut = needed.filter((step) => takesOut(step.action));
  const isGrave =
    masters.length > 1 ||
    takingOut.some((step) => step.before === undefined) ||
    (takingOut.length > 0 && [...left.values()].some((usable) => usable <= 1));
  return isGrave ? masters : [];
}
