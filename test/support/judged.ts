import { assess } from "../../src/domain/assess.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { fleetOf } from "./fleet.ts";
import { type NodeSays, nowMs, scene } from "./scene.ts";

/** The fleet of four nodes that situations are judged on. */
export const fleet = fleetOf({ nodes: 4 });

/** A node that sees every master up. */
export const allUp = (): string => "UP";

/** The fleet judged in a situation: what each node says, by its number from 1. */
export function judged(says: (node: number) => NodeSays, of = fleet): FleetView {
  return assess(of, scene(of, says), nowMs);
}

export const verdictsOf = (view: FleetView): readonly string[] => view.masters.map((master) => master.verdict);

export const kindsOf = (view: FleetView): readonly string[] =>
  view.problems.map((problem) => `${problem.severity} ${problem.kind}`);
