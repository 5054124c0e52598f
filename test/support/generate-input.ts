import type { Fleet } from "../../src/domain/inventory.ts";
import type { GenerateInput } from "../../src/generate/generate-input.ts";
import { fleetOf } from "./fleet.ts";

/** What a generator is given for a fleet, as `generate` without any flag does. */
export function inputFor(fleet: Fleet = fleetOf()): GenerateInput {
  return {
    fleet,
    node: undefined,
    version: { major: 2, minor: 8 },
    kubernetes: { major: 1, minor: 32 },
    sectionsOnly: false,
    secrets: { kind: "env" },
  };
}
