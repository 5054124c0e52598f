import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { toAdminPlan } from "../../src/output/admin-plan-json.ts";
import { type AdminReport, toAdminResult } from "../../src/output/admin-result.ts";
import { adminResultJsonSchema } from "../../src/output/admin-result-schema.ts";
import type { WaitReport } from "../../src/output/admin-wait.ts";
import { aPlan, aRefusal, aResult } from "../support/plan.ts";

const atMs = Date.UTC(2026, 10, 22, 5);
const isValid = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(adminResultJsonSchema());

function aReport(part: Partial<AdminReport> = {}): AdminReport {
  return {
    cluster: "k8s-de1",
    atMs,
    operation: "op-1",
    plan: aPlan(),
    results: [aResult(), aResult({ node: "node02", outcome: "denied", st: "DENY", after: undefined, next: "use ssh" })],
    word: "partial",
    exitCode: 4,
    by: { user: "ops", host: "jump", sshClient: undefined },
    reason: "kernel",
    untilMs: atMs + 60_000,
    kills: undefined,
    wait: undefined,
    ...part,
  };
}

describe("toAdminResult", () => {
  it("has the published shape, and null for what nobody knows", () => {
    expect(toAdminResult(aReport())).toMatchInlineSnapshot(`
      {
        "action": "drain",
        "apiVersion": "k3s-lb/v1",
        "at": "2026-11-22T05:00:00.000Z",
        "by": {
          "host": "jump",
          "sshClient": null,
          "user": "ops",
        },
        "cluster": "k8s-de1",
        "counts": {
          "denied": 1,
          "verified": 1,
        },
        "exitCode": 4,
        "kills": null,
        "kind": "AdminResult",
        "masters": [
          "k8s-de1-master-2",
        ],
        "nodes": [
          {
            "after": "DRAIN",
            "backend": "k8s-de1-kube-api",
            "before": "UP",
            "detail": "",
            "ms": 12,
            "next": null,
            "node": "node01",
            "outcome": "verified",
            "route": "http",
            "server": "k8s-de1-master-2",
            "sessions": 4,
            "st": "DONE",
          },
          {
            "after": null,
            "backend": "k8s-de1-kube-api",
            "before": "UP",
            "detail": "",
            "ms": 12,
            "next": "use ssh",
            "node": "node02",
            "outcome": "denied",
            "route": "http",
            "server": "k8s-de1-master-2",
            "sessions": 4,
            "st": "DENY",
          },
        ],
        "operation": "op-1",
        "outcome": "partial",
        "reason": "kernel",
        "until": "2026-11-22T05:01:00.000Z",
        "wait": null,
        "warnings": [],
      }
    `);
  });

  it("fits its schema, with a wait and without", () => {
    const wait: WaitReport = {
      outcome: "timed-out",
      aim: "sessions",
      before: new Map([["node01", 12]]),
      nodes: [{ node: "node01", state: "waiting", sessions: undefined, hasRestarted: true, detail: "cannot be seen" }],
      notes: ["HAProxy was replaced on node01."],
    };
    expect(toAdminResult(aReport({ wait })).wait).toMatchObject({ sessionsBefore: 12, sessionsLeft: null });
    for (const report of [
      aReport(),
      aReport({ wait, kills: [aResult()] }),
      aReport({ operation: undefined, by: undefined }),
    ]) {
      expect(isValid(JSON.parse(JSON.stringify(toAdminResult(report)))), JSON.stringify(isValid.errors)).toBe(true);
    }
  });

  it("does not fit its schema with an outcome that is none", () => {
    expect(isValid({ ...toAdminResult(aReport()), outcome: "fine" })).toBe(false);
  });
});

describe("toAdminPlan", () => {
  it("fits the same schema, refusals among its steps' shape", () => {
    const plan = aPlan({ refusals: [aRefusal()], toType: ["k8s-de1-master-2"] });
    const printed = toAdminPlan(plan, { cluster: "k8s-de1", summary: "DRAIN", exitCode: 0, minHealthy: 1, atMs });
    expect(printed).toMatchObject({
      kind: "AdminPlan",
      at: "2026-11-22T05:00:00.000Z",
      toType: ["k8s-de1-master-2"],
      steps: [{ node: "node01", before: "UP", sessions: 4, needed: true, usableLeft: 2 }, {}, {}],
      refusals: [{ node: "node09", kind: "guard", text: "would keep no usable master" }],
    });
    expect(isValid(JSON.parse(JSON.stringify(printed))), JSON.stringify(isValid.errors)).toBe(true);
  });
});

describe("adminResultJsonSchema", () => {
  it("is what scripts rely on", async () => {
    const text = `${JSON.stringify(adminResultJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../fixtures/schema/admin-result.schema.json");
  });
});
