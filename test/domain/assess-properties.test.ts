import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import type { FailureKind } from "../../src/domain/failure.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { fleetOf } from "../support/fleet.ts";
import { type NodeSays, nowMs, scene } from "../support/scene.ts";

type Part = readonly (string | undefined)[] | FailureKind | "silent";

const columns = ["UP", "UP 1/2", "DOWN", "DOWN 1/2", "DRAIN", "MAINT", "no check", "NOLB", "WHAT?", undefined];
const saying = fc.array(fc.constantFrom(...columns), { minLength: 3, maxLength: 3 });
const failing = fc.constantFrom<Part>("unreachable", "timeout", "unauthorized", "dns", "not-stats", "silent");
const fleetSays = fc.array(fc.oneof({ weight: 4, arbitrary: saying }, failing), { minLength: 1, maxLength: 7 });

function look(parts: readonly Part[]): FleetView {
  const fleet = fleetOf({ nodes: parts.length });
  return assess(
    fleet,
    scene(fleet, (node) => toSays(parts[node - 1] ?? "silent")),
    nowMs,
  );
}

function toSays(part: Part): NodeSays {
  if (part === "silent") return "silent";
  if (typeof part === "string") return { fails: part };
  return (master) => part[master - 1];
}

describe("assess, whatever the nodes say", () => {
  it("counts every node once for each master, and names only nodes that exist", () => {
    fc.assert(
      fc.property(fleetSays, (parts) => {
        const view = look(parts);
        const names = new Set(view.nodes.map((node) => node.name));
        for (const master of view.masters) {
          expect(Object.values(master.nodes).reduce((sum, count) => sum + count, 0)).toBe(parts.length);
        }
        for (const problem of view.problems) {
          expect(problem.nodes.every((name) => names.has(name))).toBe(true);
          expect(problem.text).not.toMatch(/undefined|NaN|\n/);
        }
        expect(view.summary).not.toMatch(/undefined|NaN|\n/);
      }),
    );
  });

  it("gives the same verdicts whether nodes that fail are there or not", () => {
    fc.assert(
      fc.property(fleetSays, (parts) => {
        const answering = parts.filter((part) => Array.isArray(part));
        fc.pre(answering.length > 0);
        const verdicts = (view: FleetView) => view.masters.map((master) => master.verdict);
        expect(verdicts(look(parts))).toEqual(verdicts(look(answering)));
      }),
    );
  });

  it("is CRITICAL when a fresh node has no usable master, UNKNOWN when none is fresh, and never OK with a problem", () => {
    fc.assert(
      fc.property(fleetSays, (parts) => {
        const view = look(parts);
        const fresh = view.nodes.filter((node) => node.state === "fresh");
        if (fresh.length === 0) expect(view.severity).toBe("UNKNOWN");
        else if (fresh.some((node) => node.usableMasters === 0)) expect(view.severity).toBe("CRITICAL");
        else expect(view.severity).not.toBe("UNKNOWN");
        if (view.problems.some((problem) => problem.severity !== "OK")) expect(view.severity).not.toBe("OK");
        expect(view.problems.map((problem) => problem.severity)).toEqual(
          [...view.problems.map((problem) => problem.severity)].sort(
            (a, b) =>
              ["UNKNOWN", "CRITICAL", "WARNING", "OK"].indexOf(a) - ["UNKNOWN", "CRITICAL", "WARNING", "OK"].indexOf(b),
          ),
        );
      }),
    );
  });

  it("never calls a master up that some voting node sees down, nor down that some voting node can use", () => {
    fc.assert(
      fc.property(fleetSays, (parts) => {
        const view = look(parts);
        view.masters.forEach((master, index) => {
          const states = view.nodes.filter((node) => node.votes).map((node) => node.cells[index]?.state);
          if (states.includes("down")) expect(master.verdict).not.toBe("up");
          if (states.includes("up")) expect(["down", "drained", "maint", "absent"]).not.toContain(master.verdict);
        });
      }),
    );
  });
});
