import type { AdminAction, Order } from "./action.ts";
import type { CellState } from "./view.ts";

/** What is asked for. `masters` and `nodes` are names; `nodes` undefined means every node of the view. */
export type PlanRequest = {
  readonly action: AdminAction;
  readonly masters: readonly string[];
  readonly nodes: readonly string[] | undefined;
  /** No node may be left with fewer usable masters than this (1 unless told otherwise). */
  readonly minHealthy: number;
  /** One refusal refuses everything. */
  readonly strict: boolean;
  /** Masters whose guard is passed, by name. */
  readonly forceLast: readonly string[];
  /** Also act on nodes whose view is not fresh, unseen. */
  readonly includeBlind: boolean;
  /** The backend to act on at nodes that never answered, where no other node shows which backends hold the master. */
  readonly backend?: string | undefined;
};

/** What a server line said when the plan was made. Units: `sessions` now. `undefined` as a whole: nobody knows. */
export type Before = {
  readonly status: string;
  readonly state: CellState;
  readonly sessions: number | undefined;
};

/**
 * One order with what is known of its target. `isNeeded` is false where the wanted state already shows: nothing is sent
 * then. `warnings` are clauses for the operator ("is DOWN, so a drain will not show").
 */
export type PlanStep = Order & {
  readonly master: string;
  readonly before: Before | undefined;
  readonly isNeeded: boolean;
  readonly warnings: readonly string[];
};

/** A node where nothing will be done, and why: `guard` too few masters would be left, `blind` its view is not fresh. */
export type Refusal = {
  readonly node: string;
  readonly kind: "guard" | "blind" | "absent" | "strict";
  readonly steps: readonly PlanStep[];
  readonly text: string;
};

/**
 * A change as data: made by a pure function, shown, frozen, then run exactly as it stands. `request` is what it was made
 * from: its guard is asked again, with each node's newest view, right before that node's first order.
 * `usableLeft` is, per node that will be changed, the number of usable masters that its own view leaves (the smallest
 * over its backends). `toType` are the masters whose names must be typed before it runs: more than one master, or a
 * node left with a single one. `warnings` are about the whole.
 */
export type Plan = {
  readonly request: PlanRequest;
  readonly action: AdminAction;
  readonly masters: readonly string[];
  readonly steps: readonly PlanStep[];
  readonly refusals: readonly Refusal[];
  readonly usableLeft: ReadonlyMap<string, number>;
  readonly sessions: number;
  readonly toType: readonly string[];
  readonly warnings: readonly string[];
};
