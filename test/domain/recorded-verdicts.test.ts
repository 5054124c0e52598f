import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { emptyRecord, reduceNode } from "../../src/domain/fleet.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import { parseMetrics } from "../../src/domain/metrics.ts";
import type { Page } from "../../src/domain/stats.ts";
import { createStatsParser } from "../../src/domain/stats-csv.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { fleetOf } from "../support/fleet.ts";

const folder = new URL("../fixtures/stats/", import.meta.url);
const files = readdirSync(folder).sort();
const masters = [1, 2, 3].map((n) => ({ name: `k8s-de1-master-${n}`, address: `master-${n}:6443` }));
const fleet: Fleet = { ...fleetOf({ nodes: 1 }), masters };

function read(file: string): Page {
  const bytes = readFileSync(new URL(file, folder));
  if (file.endsWith(".csv")) {
    const parsed = createStatsParser()(bytes);
    if (!parsed.ok) throw new Error(`${file}: ${parsed.reason}`);
    return { source: "stats", rows: parsed.rows };
  }
  const parsed = parseMetrics(bytes);
  if (!parsed.ok) throw new Error(`${file}: ${parsed.reason}`);
  return { source: "metrics", rows: parsed.rows };
}

/** A fleet of one node that answers with this page. */
function judge(page: Page): FleetView {
  const record = reduceNode(emptyRecord("node01"), { type: "polled", reading: { ...page, atMs: 0, durationMs: 1 } });
  return assess(fleet, new Map([["node01", record]]), 100);
}

const verdicts = (view: FleetView) => view.masters.map((master) => master.verdict).join(" ");

describe("a recorded scene", () => {
  const pairs = files.filter((file) => file.endsWith(".server.metrics") && files.includes(csvOf(file)));

  function csvOf(file: string): string {
    return file.replace(/\.(no-maint\.)?server\.metrics$/, ".csv");
  }

  it.each(pairs.filter((file) => !file.includes("no-maint")))("has one verdict by stats and by metrics: %s", (file) => {
    const byStats = judge(read(csvOf(file)));
    const byMetrics = judge(read(file));
    expect(verdicts(byMetrics)).toBe(verdicts(byStats));
    expect(byMetrics.severity).toBe(byStats.severity);
    expect(byMetrics.masters.map(({ check, pinnedSessions, nodes }) => ({ check, pinnedSessions, nodes }))).toEqual(
      byStats.masters.map(({ check, pinnedSessions, nodes }) => ({ check, pinnedSessions, nodes })),
    );
    expect(byMetrics.problems.map((problem) => problem.kind)).toEqual(byStats.problems.map((problem) => problem.kind));
  });

  it("is there as a pair for the situations that matter", () => {
    expect(pairs.length).toBeGreaterThan(14);
  });

  it("gives the verdicts that were looked at one by one", async () => {
    const scenes = files.filter((file) => file.endsWith(".csv") && !file.includes("variant"));
    const table = scenes.map((file) => {
      const view = judge(read(file));
      const reasons = view.masters.filter((master) => master.verdict !== "up").map((master) => master.reason);
      return [`${file}: ${verdicts(view)}`, ...new Set(reasons)].join("\n    ");
    });
    await expect(`${table.join("\n")}\n`).toMatchFileSnapshot("../fixtures/recorded-verdicts.txt");
  });
});
