import type { LedgerEntry } from "../../src/domain/ledger.ts";

type Begun = Extract<LedgerEntry, { kind: "begun" }>;
type Step = Extract<LedgerEntry, { kind: "step" }>;
type Ended = Extract<LedgerEntry, { kind: "ended" }>;

/** When the operations of tests begin, by the clock on the wall. */
export const begunAt = "2026-11-22T05:00:00.000Z";

/** A drain of master-2 by ops; `nodes` makes one order for each. */
export function aBegun({ nodes = ["node01"], ...part }: Partial<Begun> & { nodes?: readonly string[] } = {}): Begun {
  return {
    kind: "begun",
    id: "op1",
    at: begunAt,
    who: { user: "ops", host: "jump", sshClient: "10.9.0.7" },
    action: "drain",
    masters: ["master-2"],
    reason: "kernel",
    until: undefined,
    orders: nodes.map((node) => ({ node, backend: "k8s-de1-kube-api", server: "master-2", before: "UP" })),
    ...part,
  };
}

/** A step of it that went well, a second later. */
export function aStep(part: Partial<Step> = {}): Step {
  return {
    kind: "step",
    id: "op1",
    at: "2026-11-22T05:00:01.000Z",
    node: "node01",
    backend: "k8s-de1-kube-api",
    server: "master-2",
    before: "UP",
    after: "DRAIN",
    st: "DONE",
    route: "http",
    outcome: "verified",
    detail: "",
    ms: 12,
    ...part,
  };
}

export function anEnd(part: Partial<Ended> = {}): Ended {
  return { kind: "ended", id: "op1", at: "2026-11-22T05:00:02.000Z", outcome: "verified", counts: {}, ...part };
}
