import { type HaproxyFixId, haproxyFixes } from "../domain/haproxy-fixes.ts";
import { isAtLeast } from "../domain/haproxy-version.ts";
import type { GenerateInput } from "./generate-input.ts";

/** What `lint` calls the defect that a fix puts right. */
const FINDINGS: Readonly<Record<HaproxyFixId, string>> = {
  "tunnel-timeout": "LB010",
  keepalive: "LB011",
  "shutdown-sessions": "LB012",
  contstats: "LB013",
  tcplog: "LB014",
  slowstart: "LB015",
  redispatch: "LB016",
  "init-state": "LB017",
  "admin-socket": "LB020",
  "metrics-password": "LB022",
  ciphers: "LB051",
  "state-file": "LB052",
  "init-addr": "LB053",
  "show-legends": "LB054",
  "node-name": "LB055",
};

/** Whether a fix is to be written: not left out by the fleet file, and known to that version of HAProxy. */
export function hasFix({ fleet, version }: GenerateInput, id: HaproxyFixId): boolean {
  const since = haproxyFixes.find((fix) => fix.id === id)?.since;
  return !fleet.haproxy.without.includes(id) && (since === undefined || isAtLeast(version, since));
}

/** The comment of a fix that is written: why, and how to be without it. */
export function fixNote(id: HaproxyFixId): string {
  return `${id}: ${haproxyFixes.find((fix) => fix.id === id)?.why ?? ""}; leave out: haproxy.without: [${id}]`;
}

/** Comments that keep `lint` quiet about those of some fixes that the fleet file leaves out. */
export function allowedFixes({ fleet }: GenerateInput, ids: readonly HaproxyFixId[]): readonly string[] {
  return ids
    .filter((id) => fleet.haproxy.without.includes(id))
    .map((id) => allow(FINDINGS[id], `the fleet file says haproxy.without: [${id}]`));
}

/** A comment that allows one finding of `lint` in the section that it stands in. */
export function allow(finding: string, reason: string): string {
  return `k3s-lb: allow ${finding} ${reason}`;
}
