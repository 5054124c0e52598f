import { describe, expect, it } from "vitest";
import { intentNotes } from "../../src/domain/intent-notes.ts";
import type { Intent } from "../../src/domain/ledger.ts";
import { needsRecord } from "../../src/domain/needs-record.ts";
import type { PlanRequest } from "../../src/domain/plan.ts";
import { BACKEND, MASTERS } from "../support/fleet-view.ts";
import { aPlan, aStep } from "../support/plan.ts";

const wallMs = Date.UTC(2026, 10, 22, 5);
const [one, two] = MASTERS;

function anIntent(part: Partial<Intent> = {}): Intent {
  return {
    id: "op1",
    node: "node01",
    backend: BACKEND,
    server: one,
    state: "drain",
    who: { user: "ops", host: "jump", sshClient: undefined },
    reason: "kernel",
    sinceMs: wallMs - 3 * 3_600_000,
    untilMs: undefined,
    isSettled: true,
    ...part,
  };
}

function request(action: PlanRequest["action"], ...masters: readonly string[]): PlanRequest {
  return { action, masters, nodes: undefined, minHealthy: 1, strict: false, forceLast: [], includeBlind: false };
}

describe("intentNotes", () => {
  const onBoth = [anIntent(), anIntent({ node: "node02" })];

  it("says which other masters are out already when one more is to be taken out", () => {
    expect(intentNotes(onBoth, request("drain", two), wallMs)).toEqual([
      "k8s-de1-master-1 has been in drain for 3h on 2 nodes (node[01-02]), by ops@jump (kernel).",
    ]);
    expect(intentNotes(onBoth, request("ready", two), wallMs)).toEqual([]);
    expect(intentNotes(onBoth, request("drain", one), wallMs)).toEqual([]);
  });

  it("says who took out what is to be enabled, and until when it was meant", () => {
    const intents = [anIntent({ untilMs: wallMs + 30 * 60_000 })];
    expect(intentNotes(intents, request("ready", one), wallMs)).toEqual([
      "k8s-de1-master-1 has been in drain for 3h on node01, by ops@jump (kernel), and is meant to stay so for 30m.",
    ]);
  });

  it("tells of an operation that may be under way, but not for ever", () => {
    const open = { isSettled: false, state: "ready", sinceMs: wallMs - 40_000 } as const;
    expect(intentNotes([anIntent(open)], request("drain", two), wallMs)).toEqual([
      "Another operation may be under way: enable k8s-de1-master-1 on node01, begun 40s ago by ops@jump.",
    ]);
    expect(intentNotes([anIntent({ ...open, sinceMs: wallMs - 3_600_000 })], request("drain", two), wallMs)).toEqual(
      [],
    );
  });
});

describe("needsRecord", () => {
  const drained = aPlan({ steps: [aStep({ isNeeded: false })] });
  const enabled = aPlan({ action: "ready", steps: [aStep({ action: "ready", isNeeded: false })] });
  const intent = anIntent({ server: two });

  it("writes down a drain that nobody recorded, and the end of one that the ledger still has", () => {
    expect(needsRecord(drained, [])).toBe(true);
    expect(needsRecord(enabled, [intent])).toBe(true);
  });

  it("writes nothing where the ledger has it so already", () => {
    expect(needsRecord(drained, [intent])).toBe(false);
    expect(needsRecord(enabled, [])).toBe(false);
    expect(needsRecord(enabled, [{ ...intent, state: "ready" }])).toBe(false);
  });
});
