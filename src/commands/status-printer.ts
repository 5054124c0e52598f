import type { FleetCheck } from "../domain/inventory.ts";
import type { FleetView, Severity } from "../domain/view.ts";
import { chooseGlyphs } from "../output/glyphs.ts";
import type { Style } from "../output/style.ts";
import { colourOf } from "./colour-of.ts";
import type { Shell } from "./shell.ts";
import type { StatusOptions } from "./status-options.ts";

/** One answer, ready to be printed. `severity` becomes the exit code. */
export type Answer = { readonly text: string; readonly severity: Severity };

/** Makes the text of one answer. Units: `atMs` is Unix time. */
export type StatusPrinter = (view: FleetView, atMs: number) => Answer;

/** Loads the one format that is asked for. The terminal's width is read at every answer, as windows change. */
export async function createStatusPrinter(
  shell: Shell,
  expect: FleetCheck["expect"],
  options: StatusOptions,
): Promise<StatusPrinter> {
  const style = () => readStyle(shell, expect, options);
  const iso = (atMs: number) => new Date(atMs).toISOString();
  const heading = (atMs: number) => (options.watch === undefined ? "" : `${iso(atMs)}\n`);
  const gap = options.watch === undefined ? "" : "\n";
  switch (options.output ?? "table") {
    case "table": {
      const { formatTable } = await import("../output/status-table.ts");
      return (view, atMs) => ({ text: heading(atMs) + formatTable(view, style()) + gap, severity: view.severity });
    }
    case "wide": {
      const { formatWide } = await import("../output/status-wide.ts");
      return (view, atMs) => ({ text: heading(atMs) + formatWide(view, style()) + gap, severity: view.severity });
    }
    case "json":
    case "jsonl": {
      const { toFleetStatus } = await import("../output/fleet-status.ts");
      const { formatJson, formatJsonLine } = await import("../output/status-json.ts");
      const format = options.output === "json" ? formatJson : formatJsonLine;
      return (view, atMs) => ({ text: format(toFleetStatus(view, iso(atMs))), severity: view.severity });
    }
    case "yaml": {
      const { toFleetStatus } = await import("../output/fleet-status.ts");
      const { formatYaml } = await import("../output/status-yaml.ts");
      return (view, atMs) => ({ text: formatYaml(toFleetStatus(view, iso(atMs))), severity: view.severity });
    }
    case "name": {
      const { formatNames } = await import("../output/status-name.ts");
      return (view) => ({ text: formatNames(view), severity: view.severity });
    }
    case "nagios": {
      const { formatNagios } = await import("../output/status-nagios.ts");
      const thresholds = options.thresholds ?? { warning: new Map(), critical: new Map() };
      return (view) => formatNagios(view, thresholds);
    }
    case "prometheus": {
      const { formatPrometheus } = await import("../output/status-prometheus.ts");
      return (view, atMs) => ({ text: formatPrometheus(view, atMs / 1000), severity: view.severity });
    }
  }
}

function readStyle(shell: Shell, expect: FleetCheck["expect"], options: StatusOptions): Style {
  const { stdout, env } = shell;
  const isTerminal = stdout.isTTY === true;
  return {
    colour: colourOf(shell, isTerminal, options),
    glyphs: chooseGlyphs(env),
    columns: isTerminal && stdout.columns > 0 ? stdout.columns : undefined,
    headers: options.headers ?? true,
    expect,
  };
}
