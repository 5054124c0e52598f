import type { Cause, CauseKind } from "./cause.ts";
import { changeOverFix } from "./change-over.ts";
import { parseHostPort } from "./host.ts";
import { intentProblems } from "./intent-problems.ts";
import { masterReason } from "./master-reason.ts";
import { faultyNodes, type MasterTally } from "./master-view.ts";
import { nameNodes } from "./node-words.ts";
import { sharedLabels } from "./shared-labels.ts";
import type { StatsRow } from "./stats.ts";
import type { NodeView, Problem, ProblemKind, Severity } from "./view.ts";

/**
 * What is wrong with one master, worst first.
 * `cause` is that of the nodes which see it down; `mastersLeft` counts the masters that some voting node can use.
 * Source: design §4.
 */
export function masterProblems(tally: MasterTally, cause: Cause, mastersLeft: number): readonly Problem[] {
  const { seen, master, verdict } = tally;
  const problems: Problem[] = [];
  const add = (severity: Severity, kind: ProblemKind, nodes: readonly NodeView[], text: string, fix: string) => {
    problems.push({ severity, kind, master: master.name, nodes: nodes.map((node) => node.name), text, fix });
  };
  const said = `${master.name} is ${masterReason(tally, cause)}`;
  const down = faultyNodes(tally);

  if (verdict === "down") {
    add(mastersLeft < 2 ? "CRITICAL" : "WARNING", "master-down", down, said, downFix(cause.kind, tally));
  } else if (down.length > 0 && verdict !== "drift") {
    add("WARNING", "master-path", down, said, pathFix(cause.kind, tally));
  } else if (verdict === "partly-drained") {
    const nodes = seen.up.length < seen.drain.length + seen.maint.length ? seen.up : [...seen.drain, ...seen.maint];
    const verb = seen.drain.length > 0 ? "drain" : "maint";
    const fix = `finish it: k3s-lb ${verb} ${master.name}; or take it back: k3s-lb enable ${master.name}`;
    add("WARNING", "master-partly-drained", nodes, said, fix);
  }
  problems.push(...intentProblems(tally, cause));
  if (tally.pinnedSessions > 0) {
    const count = tally.pinnedSessions === 1 ? "1 session is" : `${tally.pinnedSessions} sessions are`;
    const where = nameNodes(tally.pinnedOn.map((node) => node.name));
    const text = `${count} still attached to ${master.name} on ${where}, where it takes no new ones`;
    // A drain marks nothing down, so the setting closes no session of a drained server.
    const setting = down.length > 0 ? ", or set `on-marked-down shutdown-sessions`" : "";
    const fix = `watches and tunnels never end by themselves: k3s-lb kill-sessions ${master.name}${setting}`;
    add("WARNING", "pinned-sessions", tally.pinnedOn, text, fix);
  }
  if (seen.absent.length > 0) {
    const where = nameNodes(seen.absent.map((node) => node.name));
    const text =
      verdict === "absent"
        ? `${master.name} has no server line on any node`
        : `${master.name} has no server line on ${where}, which can never fail over to it`;
    add(
      "WARNING",
      "server-absent",
      seen.absent,
      text,
      `add the line to haproxy.cfg there, or take ${master.name} out of the fleet file`,
    );
  }
  if (seen.unknown.length > 0) {
    const first = seen.unknown[0]?.cells[tally.index]?.servers.find((server) => server.state === "unknown");
    const text = `${master.name} has a status that this version cannot read ("${first?.row.status.text ?? ""}") on ${nameNodes(seen.unknown.map((node) => node.name))}`;
    add(
      "WARNING",
      "status-unknown",
      seen.unknown,
      text,
      "look at that node's stats page, and report the word to k3s-lb",
    );
  }
  const weightless = onSome(seen.drain, tally.index, (row) => row.weight === 0 && row.status.admin !== "drain");
  if (weightless.length > 0) {
    const text = `${master.name} has weight 0 on ${nameNodes(weightless.map((node) => node.name))}, so it gets no new connections there`;
    add(
      "WARNING",
      "weight-zero",
      weightless,
      text,
      "no drain, so no enable undoes it: `set weight <backend>/<server> 100%` on the stats socket, or the `weight` in haproxy.cfg",
    );
  }
  const unchecked = onSome(seen.up, tally.index, (row) => row.status.health === "unchecked");
  if (unchecked.length > 0) {
    const text = `${master.name} is not checked on ${nameNodes(unchecked.map((node) => node.name))}, so "up" says nothing there`;
    add(
      "WARNING",
      "check-missing",
      unchecked,
      text,
      "add `check` to the server line, or turn the check on again (stats page: Health Checks: Enable)",
    );
  }
  return problems;
}

function onSome(nodes: readonly NodeView[], index: number, test: (row: StatsRow) => boolean): readonly NodeView[] {
  return nodes.filter((node) => node.cells[index]?.servers.some((server) => test(server.row)));
}

function downFix(kind: CauseKind, { master }: MasterTally): string {
  switch (kind) {
    case "refused":
      return `is k3s running on ${master.name}? There: systemctl status k3s; journalctl -u k3s -n 50`;
    case "unreachable":
      return `is ${master.name} switched on, and in the VPN? From any node: ping ${parseHostPort(master.address)?.host ?? master.name}`;
    case "hangs":
      return `${master.name} takes connections and does not answer: look at its load, its disk and etcd (journalctl -u k3s)`;
    case "tls":
      return `look at k3s' certificates on ${master.name} and at the nodes' ssl-default-server-ciphers`;
    case "change-over":
      return changeOverFix;
    case "answer":
      return `ask it what is wrong: curl -k 'https://${master.address}/readyz?verbose'`;
    case "agent":
      return `its agent check takes it out: ask the program on ${master.name} that answers agent checks`;
    case "stopping":
      return `${master.name} asks to be left alone (404 to the check); it comes back when it answers again`;
    case "returning":
      return `its checks pass again: it is back with the next one, unless somebody set it down by hand`;
    case "other":
      return `look at k3s on ${master.name}, and at a node's own stats page`;
  }
}

function pathFix(kind: CauseKind, tally: MasterTally): string {
  const { master, seen } = tally;
  // A master that dies is down on one node after the other, and a path that is gone has something in common.
  const isDying = seen.down.length > seen.up.length && sharedLabels(seen.down, seen.up).length === 0;
  if (isDying) return downFix(kind, tally);
  const these = seen.down.length === 1 ? "this node" : "these nodes";
  switch (kind) {
    case "change-over":
      return changeOverFix;
    case "answer":
    case "tls":
      return `from ${these}, ask it: curl -k 'https://${master.address}/readyz?verbose'; others are content, so it may be another machine there`;
    case "agent":
    case "stopping":
    case "returning":
      return downFix(kind, tally);
    case "refused":
    case "unreachable":
    case "hangs":
    case "other":
      return `others reach ${master.name}: suspect the path from ${these} to it (VPN, route, firewall), not the master`;
  }
}
