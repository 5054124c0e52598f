import { nameNodesOf } from "./node-words.ts";
import type { MasterView, NodeView, Problem, Severity } from "./view.ts";

/** The fleet in one line: the worst problem in words and how many more there are, or that all is well. */
export function summarize(
  severity: Severity,
  masters: readonly MasterView[],
  nodes: readonly NodeView[],
  problems: readonly Problem[],
): string {
  const [worst, ...rest] = problems.filter((problem) => problem.severity !== "OK");
  if (severity !== "OK" && worst !== undefined) {
    if (rest.length === 0) return worst.text;
    return `${worst.text}; and ${rest.length} more problem${rest.length === 1 ? "" : "s"}`;
  }
  const up = masters.filter((master) => master.verdict === "up");
  const voters = nodes.filter((node) => node.votes).map((node) => node.name);
  const counted = up.length === masters.length ? allMasters(up.length) : someMasters(up, masters.length);
  const others = masters.filter((master) => master.verdict !== "up").map((master) => `${master.name} ${master.reason}`);
  const pending = nodes.filter((node) => node.state === "pending").length;
  const clauses = [
    // Of masters that are all out of service on purpose, "0 up" would sound like an outage.
    ...(up.length === 0 ? [] : [`${counted} on ${nameNodesOf(voters, nodes.length)}`]),
    ...others,
    ...(pending === 0 ? [] : [`waiting for ${pending} more`]),
  ];
  return clauses.join("; ");
}

function allMasters(count: number): string {
  return count === 1 ? "the master is up" : `all ${count} masters up`;
}

/** The last one is named: it is the one that nobody may touch now. */
function someMasters(up: readonly MasterView[], total: number): string {
  const [only] = up;
  return only !== undefined && up.length === 1 ? `only ${only.name} up` : `${up.length} of ${total} masters up`;
}
