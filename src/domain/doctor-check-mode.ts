import { changeOverFix } from "./change-over.ts";
import { type NodeFacts, noPage, whyNotAsked } from "./doctor-facts.ts";
import { type Finding, sayOf } from "./doctor-finding.ts";
import { finishedRows } from "./doctor-fleet.ts";
import type { Fleet } from "./inventory.ts";
import { evidenceOf } from "./master-view.ts";
import type { StatsRow } from "./stats.ts";
import type { CheckEvidence } from "./view.ts";

/** The lines that make a 401 check a readiness check, on both sides, in the order that loses no master. */
const toReady =
  'HAProxy, on every node first: `http-check expect status 200,401` in the backend. k3s, master by master: `kube-apiserver-arg: ["anonymous-auth=true"]` in /etc/rancher/k3s/config.yaml (from Kubernetes 1.32 on better an AuthenticationConfiguration: k3s-lb generate k3s), restart. Then HAProxy: `http-check expect status 200`, and `check.expect: 200` in the fleet file. All steps: k3s-lb generate change-over.';

const toHttp =
  "Give the backend `option httpchk GET /readyz` and `http-check expect status 401` (or 200), and its servers `check check-ssl`: k3s-lb generate haproxy.";

/** What the health checks of a node prove, held against `check.expect`. */
export function checkModeFindings(facts: NodeFacts, fleet: Fleet, nowMs: number): readonly Finding[] {
  const say = sayOf("check");
  const rows = finishedRows(facts, nowMs);
  if (rows === undefined) return [say.skipped(whyNotAsked(facts) ?? noPage)];
  const masters = new Set(fleet.masters.map(({ name }) => name));
  const servers = rows.filter(
    ({ type, proxy, name }) => type === "server" && proxy === fleet.backend && masters.has(name),
  );
  const by = groupBy(servers);
  const findings = [
    ...(by.bare.length > 0
      ? [say.warning(`the check of ${list(by.bare)} asks no HTTP, so it proves a listener and no more`, toHttp)]
      : []),
    ...answerFindings(by, fleet),
  ];
  if (findings.length > 0) return findings;
  return [say.skipped(servers.length === 0 ? "no master stands in the backend" : "no check of a master has passed")];
}

type Groups = { readonly weak: string[]; readonly ready: string[]; readonly bare: string[] };

function groupBy(servers: readonly StatsRow[]): Groups {
  const groups: Groups = { weak: [], ready: [], bare: [] };
  for (const { name, checkCode, checkStatus, status } of servers) {
    const evidence: CheckEvidence = evidenceOf(checkCode, checkStatus);
    if (evidence === "ready") groups.ready.push(name);
    else if (evidence === "weak" && checkCode === 401) groups.weak.push(name);
    else if (evidence === "weak" && status.health === "up") groups.bare.push(name);
  }
  return groups;
}

function answerFindings({ weak, ready }: Groups, { check: { expect } }: Fleet): readonly Finding[] {
  const say = sayOf("check");
  if (weak.length > 0 && ready.length > 0) {
    const text = `mixed: ${list(ready)} ${verb(ready)} 200, ${list(weak)} ${verb(weak)} 401`;
    if (expect === "migrate") return [say.note(`${text}; the change-over is under way`, `Go on: ${changeOverFix}.`)];
    return [say.warning(`${text}, and the fleet file wants ${expect}`, `In this order: ${changeOverFix}.`)];
  }
  if (weak.length > 0) {
    const text = `weak: ${list(weak)} ${verb(weak)} 401, which proves TLS and HTTP but no readiness`;
    if (expect === 200) return [say.warning(`${text}, and the fleet file wants 200`, toReady)];
    if (expect === "migrate") return [say.note(`${text}; the change-over is under way`, `Go on: ${changeOverFix}.`)];
    return [say.note(text, toReady)];
  }
  if (ready.length === 0) return [];
  const text = `ready: ${list(ready)} ${verb(ready)} 200`;
  if (expect === 200) return [say.ok(text)];
  if (expect === 401) {
    const fix =
      "Set `check.expect: 200` in the fleet file; `http-check expect status 200` in the backend, where it is not yet.";
    return [say.note(`${text}, better than the 401 of the fleet file`, fix)];
  }
  return [
    say.note(
      `${text}: the change-over can be ended`,
      "Set `http-check expect status 200` in the backend on every node, and `check.expect: 200` in the fleet file.",
    ),
  ];
}

function list(names: readonly string[]): string {
  return names.join(", ");
}

function verb(names: readonly string[]): string {
  return names.length === 1 ? "answers" : "answer";
}
