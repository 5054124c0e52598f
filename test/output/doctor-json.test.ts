import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { blankFacts } from "../../src/domain/doctor-facts.ts";
import { diagnose } from "../../src/domain/doctor-judge.ts";
import { formatDoctorJson, toDoctorReport } from "../../src/output/doctor-json.ts";
import { doctorReportJsonSchema } from "../../src/output/doctor-report-schema.ts";
import { factsOf, fleet, node } from "../support/doctor-facts.ts";

const at = "2026-11-22T05:00:00.000Z";
const facts = [factsOf(), blankFacts(fleet.nodes[1] ?? node, 5_000)];
const report = toDoctorReport(diagnose(fleet, facts, { nowMs: 3_000, wallMs: Date.parse(at) }), at, true);

describe("toDoctorReport", () => {
  it("has the whole in its head and every check under its node", () => {
    expect(report).toMatchObject({
      apiVersion: "k3s-lb/v1",
      kind: "DoctorReport",
      cluster: "k8s-de1",
      at,
      verdict: "note",
      complete: true,
    });
    expect(report.nodes[0]).toMatchObject({ name: "node01", address: "10.8.0.11", version: "3.2.4", ms: 40 });
    expect(report.nodes[0]?.checks[0]).toEqual({
      check: "resolve",
      verdict: "ok",
      text: "an address, no name",
      fix: null,
    });
    expect(report.nodes[1]).toMatchObject({ verdict: "ok", version: null, ms: null });
    expect(JSON.parse(formatDoctorJson(report))).toEqual(report);
  });

  it("is what the published schema says, and no key more", () => {
    const closed = JSON.parse(JSON.stringify(doctorReportJsonSchema()), (key, each: unknown) =>
      key === "additionalProperties" && JSON.stringify(each) === "{}" ? false : each,
    );
    const ajv = new Ajv2020({ strict: true, allErrors: true, formats: { "date-time": true } });
    ajv.validate(closed, report);
    expect(ajv.errors).toBeNull();
  });

  it("has a schema that is pinned: keys may be added, none is renamed", async () => {
    const text = `${JSON.stringify(doctorReportJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../fixtures/schema/doctor-report.schema.json");
  });
});
