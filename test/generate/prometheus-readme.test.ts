import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { alertRules } from "../../src/generate/prometheus-alerts.ts";
import { recordingRules } from "../../src/generate/prometheus-records.ts";
import { fleetOf } from "../support/fleet.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [, section = ""] = /^#### Prometheus and Grafana\n(.*?)^##? /ms.exec(readme) ?? [];

/** The rows of the table with this heading. */
function rowsUnder(heading: string): readonly string[] {
  const [, rows = ""] = section.split(`| ${heading} |\n`);
  return rows.split("\n\n")[0]?.split("\n").slice(1) ?? [];
}

describe("the README's table of alerts", () => {
  it("is what is generated", () => {
    const rows = alertRules(fleetOf()).map(
      ({ alert, severity, holds, kind, fires }) =>
        `| \`${alert}\` | ${severity} | ${holds === "0s" ? "at once" : holds} | ${fires} | ${kind === undefined ? "" : `\`${kind}\``} |`,
    );
    expect(rowsUnder("alert | severity | after | fires when | problem")).toEqual(rows);
  });
});

describe("the README's table of recording rules", () => {
  it("is what is generated", () => {
    const rows = recordingRules(fleetOf()).map(({ record, about }) => `| \`${record}\` | ${about} |`);
    expect(rowsUnder("recording rule | value")).toEqual(rows);
  });
});
