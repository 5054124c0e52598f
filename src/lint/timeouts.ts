import type { CfgLine } from "../domain/cfg-file.ts";
import { type CfgProxy, heldLines } from "../domain/cfg-proxy.ts";
import { type Hit, hitOn, type LintRule, type LintSubject } from "./rule.ts";

/** kube-apiserver sends something to a watch about every minute, but nobody does to a shell that waits. */
const LONG_ENOUGH_MS = 10 * 60_000;

export const tunnelTimeout: LintRule = {
  id: "LB010",
  name: "tunnel-timeout",
  severity: "error",
  finds: "sessions that are cut after less than 10 minutes of silence",
  reason: "watches, kubectl exec and the agents' tunnels are silent for longer; each cut breaks one and logs no error",
  fix: "timeout tunnel 24h",
  find: (subject) => subject.pattern.backends.flatMap((backend) => findIn(subject, backend)),
};

function findIn({ pattern }: LintSubject, backend: CfgProxy): readonly Hit[] {
  const tunnel = backend.timeouts.get("tunnel");
  if (tunnel !== undefined) {
    if (isLong(tunnel.ms)) return [];
    const text = `timeout tunnel cuts a session that is silent for ${seconds(tunnel.ms)}`;
    return [hitOn(backend, text, { at: tunnel.line })];
  }
  const frontends = pattern.frontends.filter((frontend) => frontend === backend || leadsTo(frontend, backend));
  const cuts = [
    { name: "timeout server", timeout: backend.timeouts.get("server") },
    ...frontends.map((frontend) => ({ name: "timeout client", timeout: frontend.timeouts.get("client") })),
  ].flatMap(({ name, timeout }) => (timeout === undefined || isLong(timeout.ms) ? [] : [{ name, ...timeout }]));
  const [worst] = cuts.toSorted((a, b) => a.ms - b.ms);
  if (worst === undefined) return [];
  const sections = [backend, ...frontends].flatMap(({ section, defaults }) => [section, ...defaults]);
  const text = `no timeout tunnel, and ${worst.name} (${place(worst.line, backend)}) cuts a session that is silent for ${seconds(worst.ms)}`;
  return [hitOn(backend, text, { sections })];
}

function leadsTo(frontend: CfgProxy, backend: CfgProxy): boolean {
  const leads = [...heldLines(frontend, "default_backend"), ...heldLines(frontend, "use_backend")];
  return leads.some(({ words }) => words[1] === backend.name);
}

/** 0 is no timeout at all. */
function isLong(ms: number): boolean {
  return ms === 0 || ms >= LONG_ENOUGH_MS;
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(3))} s`;
}

function place(line: CfgLine, { section }: CfgProxy): string {
  return line.file === section.header.file ? `line ${line.number}` : `${line.file}:${line.number}`;
}
