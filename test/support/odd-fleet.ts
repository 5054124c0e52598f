import type { Fleet } from "../../src/domain/inventory.ts";
import { fleetOf, nodeOf } from "./fleet.ts";

/** What would be read as more than a name by YAML, PromQL, a regular expression, Prometheus' or Jinja's templates. */
export const oddities: readonly string[] = [
  "a\"b c'd {{ $labels.node }} {% if x %}",
  "e\nf: g h # i j\\",
  ".*|k $l $1 \u2028n\ud800",
];

/** A fleet that no fleet file can describe, with every oddity wherever there is a text. */
export const oddFleet: Fleet = {
  ...fleetOf(),
  cluster: oddities.join(" "),
  backend: oddities.toReversed().join(" "),
  masters: oddities.map((name, i) => ({ name, address: `10.8.1.${i + 1}:6443` })),
  nodes: oddities.map((name, i) => nodeOf(name, { address: `10.8.0.${i + 1}`, labels: { "rack.odd": name } })),
};
