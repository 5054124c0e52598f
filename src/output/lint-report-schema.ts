import * as z from "zod/mini";
import type { LintSeverity } from "../domain/lint-report.ts";
import type { LintReport } from "./lint-json.ts";
import { said, words } from "./words-schema.ts";

const count = z.int().check(z.minimum(0));

const finding = z.looseObject({
  id: z.string().check(z.regex(/^LB\d{3}$/), z.describe("of the rule: LB030")),
  rule: said("the rule's name: weak-check"),
  severity: words<LintSeverity>()(["error", "warning", "note"]),
  file: said("as it was named; stdin for -"),
  line: z.int().check(z.minimum(1)),
  section: said('"backend k8s-de1-kube-api"; empty where the line is in none'),
  text: said("what is there"),
  reason: said("why it hurts"),
  fix: said("what to write"),
  allowed: z
    .nullable(z.string())
    .check(z.describe("the reason of the comment that allows it; null: it counts, and no comment allows it")),
});

/** The type says that the definitions agree: what the schema describes is what is printed. */
const report: z.ZodMiniType<LintReport> = z.looseObject({
  apiVersion: z.literal("k3s-lb/v1"),
  kind: z.literal("LintReport"),
  files: z.array(z.string()).check(z.describe("in the order in which HAProxy is given them")),
  fleet: z.nullable(z.string()).check(z.describe("the fleet file it was held to; null: none")),
  haproxyVersion: z.nullable(z.string()).check(z.describe("the HAProxy it is for, as 2.8; null: not known")),
  counts: z
    .looseObject({ error: count, warning: count, note: count, allowed: count })
    .check(z.describe("a finding that a comment allows counts as allowed only")),
  findings: z.array(finding).check(z.describe("in the order of the lines, those included that a comment allows")),
});

/** The JSON Schema (draft 2020-12) of `lint -o json`, a LintReport. */
export function lintReportJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(report),
    title: "LintReport of k3s-lb",
    description: "What k3s-lb lint -o json prints. Keys may be added, none is renamed.",
  };
}
