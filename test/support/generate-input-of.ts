import type { Fleet } from "../../src/domain/inventory.ts";
import type { GenerateInput } from "../../src/generate/generate-input.ts";
import type { GeneratedFile } from "../../src/generate/generated-file.ts";
import { fleetOf } from "./fleet.ts";

/** What a generator is given for a fleet like the sample; give what the test is about. */
export function inputOf(fleet: Partial<Fleet> = {}, over: Partial<GenerateInput> = {}): GenerateInput {
  return {
    fleet: { ...fleetOf(), ...fleet },
    node: undefined,
    version: { major: 2, minor: 8 },
    kubernetes: { major: 1, minor: 34 },
    sectionsOnly: false,
    secrets: { kind: "env" },
    ...over,
  };
}

/** The text of the file whose path ends like this. */
export function textOf(files: readonly GeneratedFile[], ending: string): string {
  const file = files.find(({ path }) => path.endsWith(ending));
  if (file === undefined) throw new Error(`there is no ${ending} among ${files.map(({ path }) => path).join(", ")}`);
  return file.text;
}
