import { oldestHaproxyVersion, parseHaproxyVersion } from "../../src/domain/haproxy-version.ts";
import type { Fleet, FleetCheck, HaproxySettings, StatsEndpoint } from "../../src/domain/inventory.ts";
import type { GenerateInput } from "../../src/generate/generate-input.ts";
import { fleetOf } from "./fleet.ts";

/** What of an input a test is about; `stats` is for every node. */
export type InputParts = {
  readonly fleet?: Partial<Fleet>;
  readonly check?: Partial<FleetCheck>;
  readonly haproxy?: Partial<HaproxySettings>;
  readonly stats?: Partial<StatsEndpoint>;
  readonly version?: string;
} & Partial<Pick<GenerateInput, "node" | "kubernetes" | "sectionsOnly" | "secrets">>;

/** What a generator is given for a fleet like the sample, as `generate` without any flag does. */
export function inputOf({
  fleet = {},
  check = {},
  haproxy = {},
  stats = {},
  version = "2.8",
  ...rest
}: InputParts = {}): GenerateInput {
  const base = { ...fleetOf(), ...fleet };
  return {
    fleet: {
      ...base,
      nodes: base.nodes.map((node) => ({ ...node, stats: { ...node.stats, ...stats } })),
      check: { ...base.check, ...check },
      haproxy: { ...base.haproxy, ...haproxy },
    },
    node: undefined,
    version: parseHaproxyVersion(version) ?? oldestHaproxyVersion,
    kubernetes: { major: 1, minor: 32 },
    sectionsOnly: false,
    secrets: { kind: "env" },
    ...rest,
  };
}
