import { changeOverFix } from "./change-over.ts";
import { failureDetails } from "./failure.ts";
import type { Fleet } from "./inventory.ts";
import { evidenceOf, type MasterTally } from "./master-view.ts";
import type { NodeCells } from "./node-cells.ts";
import { failuresByCause, failureText } from "./node-failures.ts";
import { nameNodes } from "./node-words.ts";
import type { CheckEvidence, NodeFailure, NodeView, Problem } from "./view.ts";

/** What shows only when all nodes are held beside each other. `read` has each fresh node with what its page says. */
export function fleetProblems(
  fleet: Fleet,
  nodes: readonly NodeView[],
  read: ReadonlyMap<NodeView, NodeCells>,
  tallies: readonly MasterTally[],
): readonly Problem[] {
  return [
    ...noAnswer(nodes),
    ...noMasterUsable(fleet, nodes),
    ...mixedChecks(nodes, tallies),
    ...strangeLines(fleet, read),
    ...absentBackends(fleet, read),
    ...versionSkew(nodes),
  ];
}

const names = (nodes: readonly NodeView[]) => nodes.map((node) => node.name);

function noAnswer(nodes: readonly NodeView[]): readonly Problem[] {
  if (nodes.some((node) => node.state === "fresh")) return [];
  const pending = nodes.filter((node) => node.state === "pending").length;
  const whole = failuresByCause(nodes).find((failing) => failing.length === nodes.length);
  const text =
    pending > 0
      ? `waiting for ${pending === nodes.length ? `the first of ${nodes.length} nodes` : `${pending} of ${nodes.length} nodes`} to answer`
      : `${whole === undefined ? `no usable answer from any of the ${nodes.length} nodes` : failureText(whole, nodes)}: nothing is known of any master`;
  const fix = pending > 0 ? "" : noAnswerFix(failuresByCause(nodes).map(([{ failure }]) => failure));
  return [{ severity: "UNKNOWN", kind: "no-answer", master: undefined, nodes: names(nodes), text, fix }];
}

/** What keeps every node away is most often what is here. A refusal is an answer: the way there is sound. */
function noAnswerFix(causes: readonly NodeFailure[]): string {
  const isSilent = ({ detail, kind }: NodeFailure) =>
    kind === "timeout" || (kind === "unreachable" && detail !== failureDetails.refused);
  const [first, ...others] = causes;
  const hint = first === undefined || others.length > 0 ? "The nodes' failures are told one by one" : first.hint;
  if (causes.every(isSilent)) return `is this machine in the VPN? ${hint}`;
  return others.length === 0 ? hint : `some of them do answer, so this machine is in the VPN. ${hint}`;
}

function noMasterUsable(fleet: Fleet, nodes: readonly NodeView[]): readonly Problem[] {
  const voters = nodes.filter((node) => node.votes);
  if (voters.length === 0 || voters.some((node) => (node.usableMasters ?? 0) > 0)) return [];
  const states = new Set(voters.flatMap((node) => node.cells.map((cell) => cell.state)));
  const adminOnly = [...states].every((state) => state === "drain" || state === "maint");
  const absentOnly = states.size === 1 && states.has("absent");
  const where =
    voters.length === 1
      ? nameNodes(names(voters))
      : `any of the ${voters.length} nodes${voters.length < nodes.length ? " that can tell" : ""}`;
  const text = absentOnly
    ? `no master has a server line in backend ${fleet.backend} on ${where}`
    : `no master is usable on ${where}: the API cannot be reached through HAProxy`;
  const fix = adminOnly
    ? "all of them are drained or in maintenance: put one back in service first"
    : absentOnly
      ? `compare \`backend\` and the names in \`masters\` with haproxy.cfg${backendsOf(voters[0])}`
      : "look at k3s on the masters themselves: systemctl status k3s";
  return [{ severity: "CRITICAL", kind: "no-master-usable", master: undefined, nodes: names(voters), text, fix }];
}

/** What there is instead: most often a name was mistyped. */
function backendsOf(node: NodeView | undefined): string {
  const rows = node?.record?.good?.rows ?? [];
  const backends = rows.filter(({ type }) => type === "backend").map(({ proxy }) => proxy);
  return backends.length === 0
    ? ""
    : `; ${node?.name} has ${backends.length < 9 ? backends.join(", ") : "many others"}`;
}

/** Both kinds of answer in one fleet: how a change-over from 401 to 200 takes masters down. */
function mixedChecks(nodes: readonly NodeView[], tallies: readonly MasterTally[]): readonly Problem[] {
  const byEvidence: Record<"weak" | "ready", Set<string>> = { weak: new Set(), ready: new Set() };
  const onNodes = new Set<string>();
  for (const node of nodes) {
    if (!node.votes) continue;
    for (const { master, index } of tallies) {
      for (const server of node.cells[index]?.servers ?? []) {
        const evidence: CheckEvidence = evidenceOf(server.row.checkCode, server.row.checkStatus);
        if (server.row.checkCode === undefined || (evidence !== "weak" && evidence !== "ready")) continue;
        byEvidence[evidence].add(master.name);
        if (evidence === "ready") onNodes.add(node.name);
      }
    }
  }
  if (byEvidence.weak.size === 0 || byEvidence.ready.size === 0) return [];
  const text = `${answers(byEvidence.ready, 200)} and ${answers(byEvidence.weak, 401)}: a change-over half done takes masters down`;
  return [
    { severity: "WARNING", kind: "check-mixed", master: undefined, nodes: [...onNodes], text, fix: changeOverFix },
  ];
}

function answers(masters: ReadonlySet<string>, code: number): string {
  return `${[...masters].join(", ")} ${masters.size === 1 ? "answers" : "answer"} ${code}`;
}

function strangeLines(fleet: Fleet, read: ReadonlyMap<NodeView, NodeCells>): readonly Problem[] {
  const byLine = new Map<string, string[]>();
  for (const [node, cells] of read) {
    for (const line of cells.extra) {
      const known = byLine.get(line);
      if (known === undefined) byLine.set(line, [node.name]);
      else known.push(node.name);
    }
  }
  return [...byLine].map(([line, on]) => ({
    severity: "WARNING",
    kind: "server-extra",
    master: undefined,
    nodes: on,
    text: `server line ${line} in ${fleet.backend} on ${nameNodes(on)} is no master of the fleet file`,
    fix: "add it to `masters`, or take the line out of haproxy.cfg",
  }));
}

function absentBackends(fleet: Fleet, read: ReadonlyMap<NodeView, NodeCells>): readonly Problem[] {
  const without = [...read].filter(([, cells]) => cells.backends.length > 0 && !cells.backends.includes(fleet.backend));
  if (without.length === 0) return [];
  const on = without.map(([node]) => node.name);
  const other = without[0]?.[1].backends[0] ?? "";
  const text = `no backend ${fleet.backend} on ${nameNodes(on)}; the masters stand in ${other} there`;
  const fix = "is `backend` right in the fleet file, and the same on every node?";
  return [{ severity: "WARNING", kind: "backend-absent", master: undefined, nodes: on, text, fix }];
}

function versionSkew(nodes: readonly NodeView[]): readonly Problem[] {
  const byVersion = new Map<string, string[]>();
  for (const node of nodes) {
    if (node.state !== "fresh" || node.version === undefined) continue;
    const same = byVersion.get(node.version);
    if (same === undefined) byVersion.set(node.version, [node.name]);
    else same.push(node.name);
  }
  const [most, ...others] = [...byVersion].sort((a, b) => b[1].length - a[1].length);
  if (most === undefined || others.length === 0) return [];
  const odd = others.map(([version, on]) => `${version} on ${nameNodes(on)}`).join(", ");
  const text = `HAProxy is ${most[0]} on ${nameNodes(most[1])}, but ${odd}`;
  const fix = "bring them to one version; until then the same configuration may behave in two ways";
  const on = others.flatMap(([, list]) => list);
  return [{ severity: "WARNING", kind: "version-skew", master: undefined, nodes: on, text, fix }];
}
