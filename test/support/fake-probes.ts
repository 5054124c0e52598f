import type { DoctorProbes } from "../../src/app/doctor-probes.ts";
import { pageOf } from "./doctor-facts.ts";

/** Probes that answer at once as a healthy node does; `asked` has what was asked of whom, in order. */
export type FakeProbes = DoctorProbes & { readonly asked: readonly string[] };

/** What a test is about replaces the answer. */
export function createFakeProbes(part: Partial<DoctorProbes> = {}): FakeProbes {
  const asked: string[] = [];
  const healthy: DoctorProbes = {
    isHere: async () => false,
    resolve: async () => ({ kind: "literal" }),
    connect: async () => ({ ok: true, ms: 1 }),
    certificate: async () => ({ ok: true, problem: undefined, validFromMs: 0, validToMs: 1 }),
    page: async () => pageOf() ?? { ok: true, rows: [], ms: 1, atMs: 1_000 },
    heading: async () => ({ version: undefined }),
    right: async () => "denied",
    loopback: async () => "allowed",
    bare: async () => ({ kind: "closed" }),
    metrics: async () => ({ kind: "closed", process: undefined }),
    sample: async () => "refused",
    hasSample: async () => false,
    ssh: async () => ({ kind: "skipped", why: "left out" }),
    socket: async () => ({ kind: "reached" }),
    others: async () => [],
    ...part,
  };
  const noted = Object.entries(healthy).map(([name, probe]) => [
    name,
    (node: { readonly name: string }, ...rest: unknown[]) => {
      asked.push(`${name} ${node.name}`);
      return (probe as (...args: unknown[]) => unknown)(node, ...rest);
    },
  ]);
  return { ...(Object.fromEntries(noted) as DoctorProbes), asked };
}
