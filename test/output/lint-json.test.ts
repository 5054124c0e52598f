import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { formatLintJson } from "../../src/output/lint-json.ts";
import { lintReportJsonSchema } from "../../src/output/lint-report-schema.ts";
import { changed, findingsOf } from "../support/lint.ts";

const text = changed("  timeout tunnel 24h\n", "").replace(
  "  option tcplog\n",
  "  # k3s-lb: allow LB014 no logs here\n",
);

describe("formatLintJson", () => {
  it("prints a LintReport with every finding, those that a comment allows included", () => {
    const names = { files: ["haproxy.cfg"], fleet: undefined, version: "3.2" };
    const report: unknown = JSON.parse(formatLintJson(findingsOf(text), names));
    expect(report).toMatchObject({
      apiVersion: "k3s-lb/v1",
      kind: "LintReport",
      files: ["haproxy.cfg"],
      fleet: null,
      haproxyVersion: "3.2",
      counts: { error: 1, warning: 0, note: 0, allowed: 1 },
      findings: [
        { id: "LB014", rule: "tcplog", severity: "note", line: 28, section: "frontend api", allowed: "no logs here" },
        { id: "LB010", rule: "tunnel-timeout", severity: "error", line: 35, section: "backend masters", allowed: null },
      ],
    });
    const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(lintReportJsonSchema());
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  });
});
