import { worstSeverity } from "../domain/severity.ts";
import { summarize } from "../domain/summary.ts";
import type { FleetView, Severity } from "../domain/view.ts";
import { type FleetMetric, fleetMetrics } from "./fleet-metrics.ts";
import { isAlert } from "./threshold-range.ts";
import type { Thresholds } from "./thresholds.ts";

/**
 * `-o nagios`: one line with performance data, and the severity that is to be the exit code.
 * A threshold on a metric takes the place of this program's own judgement of what that metric measures; everything
 * else keeps its judgement. UNKNOWN (no node answered) is beyond every threshold.
 * Source: https://www.monitoring-plugins.org/doc/guidelines.html, "Plugin Output" and "Performance data".
 */
export function formatNagios(
  view: FleetView,
  thresholds: Thresholds,
): { readonly text: string; readonly severity: Severity } {
  const metrics = fleetMetrics(view);
  const judged = metrics.filter(({ label }) => thresholds.warning.has(label) || thresholds.critical.has(label));
  const alerts = judged.flatMap((metric) => judge(metric, thresholds) ?? []);
  const replaced = new Set(judged.flatMap((metric) => metric.replaces));
  const problems = view.problems.filter((problem) => !replaced.has(problem.kind));
  const own = worstSeverity(problems.map((problem) => problem.severity));
  const severity = view.severity === "UNKNOWN" ? "UNKNOWN" : overall([own, ...alerts.map((alert) => alert.severity)]);
  const isOwn = view.severity === "UNKNOWN" || replaced.size === 0;
  const summary = isOwn ? view.summary : summarize(own, view.masters, view.nodes, problems);
  const words = [...alerts.map((alert) => alert.text), summary].join("; ");
  // Who keeps no ledger, and asks for nothing of it, has nothing to see of it.
  const shown = metrics.filter((metric) => metric.label !== "drift_nodes" || view.ledger || judged.includes(metric));
  const perfdata = shown.map((metric) => perf(metric, thresholds)).join(" ");
  return { text: `K3S-LB ${severity} - ${onePlainLine(words)} | ${perfdata}\n`, severity };
}

/** The line for a mistake that kept the fleet from being asked: there is nothing to measure. */
export function formatUnknown(message: string): string {
  return `K3S-LB UNKNOWN - ${onePlainLine(message)}\n`;
}

/** What is known to be critical outweighs a number that could not be had. */
function overall(severities: readonly Severity[]): Severity {
  return severities.includes("CRITICAL") ? "CRITICAL" : worstSeverity(severities);
}

function judge(
  metric: FleetMetric,
  { warning, critical }: Thresholds,
): { readonly severity: Severity; readonly text: string } | undefined {
  const { label, value } = metric;
  if (value === undefined) return { severity: "UNKNOWN", text: `${label} is not known` };
  for (const [severity, range] of [
    ["CRITICAL", critical.get(label)],
    ["WARNING", warning.get(label)],
  ] as const) {
    if (range !== undefined && isAlert(range, value)) {
      const side = range.inverted ? "inside" : "outside";
      return { severity, text: `${label} ${value}${metric.unit} is ${side} ${range.text}` };
    }
  }
  return undefined;
}

/** `label=value[unit];warn;crit;min;max`; "U" is the guidelines' word for a value that could not be had. */
function perf({ label, unit, value, max }: FleetMetric, { warning, critical }: Thresholds): string {
  const shown = value === undefined ? "U" : `${value}${unit}`;
  const fields = [shown, warning.get(label)?.text ?? "", critical.get(label)?.text ?? "", "0", max ?? ""];
  return `${label}=${fields.join(";").replace(/;+$/, "")}`;
}

/** A bar would begin the perfdata, a line break the long output. */
function onePlainLine(text: string): string {
  return text.replaceAll("|", "/").replace(/\s+/g, " ");
}
