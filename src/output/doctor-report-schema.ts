import * as z from "zod/mini";
import { type DoctorCheck, type DoctorVerdict, doctorChecks } from "../domain/doctor-finding.ts";
import type { DoctorReport } from "./doctor-json.ts";
import { words } from "./words-schema.ts";

const count = z.int().check(z.nonnegative());
const worst = words<Exclude<DoctorVerdict, "skipped">>()(["ok", "note", "warning", "critical"]);
const checkNames = doctorChecks.map(({ name }) => name);

const result = z.looseObject({
  check: z.enum(checkNames) as unknown as z.ZodMiniType<DoctorCheck>,
  verdict: words<DoctorVerdict>()(["ok", "note", "warning", "critical", "skipped"]),
  text: z.string(),
  fix: z.nullable(z.string()).check(z.describe("what to do about it; null: nothing")),
});

const node = z.looseObject({
  name: z.string(),
  address: z.string(),
  verdict: worst,
  version: z.nullable(z.string()).check(z.describe("of HAProxy; null: nothing tells it")),
  ms: z.nullable(count).check(z.describe("how long its examination took; null: it was cut short")),
  checks: z.array(result).check(z.describe("every check, in the order of the README; one may say several things")),
});

/** The types say that the definitions agree: what the schema describes is what is printed. */
const report: z.ZodMiniType<DoctorReport> = z.looseObject({
  apiVersion: z.literal("k3s-lb/v1"),
  kind: z.literal("DoctorReport"),
  cluster: z.string(),
  at: z.iso.datetime().check(z.describe("the end of the examination, on this machine")),
  verdict: worst.check(z.describe("the worst of all; what was skipped does not count")),
  complete: z.boolean().check(z.describe("false: interrupted, so that nodes or checks are missing")),
  counts: z.looseObject({ critical: count, warning: count, note: count, ok: count, skipped: count }),
  nodes: z.array(node),
});

/** The JSON Schema (draft 2020-12) of `doctor -o json`. */
export function doctorReportJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(report),
    title: "DoctorReport of k3s-lb",
    description: "What k3s-lb doctor -o json prints. Keys may be added, none is renamed; null means not known.",
  };
}
