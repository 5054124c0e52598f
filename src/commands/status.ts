import type { Command } from "commander";
import type { Fleet } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import { collect, DEFAULT_PARALLEL } from "./flag-values.ts";
import { action, print, type Shell } from "./shell.ts";
import type { StatusFlags, StatusOptions } from "./status-options.ts";

/** Declares `status`; what is behind the flags is loaded when it runs. */
export function addStatusCommand(program: Command, shell: Shell): void {
  program
    .command("status")
    .description("ask every node once and print one answer; the exit code says it too")
    .argument("[master...]", "judge only these masters, and the nodes")
    .option("-o, --output <format>", "table, wide, json, yaml, jsonl, name, nagios or prometheus", "table")
    .option("--watch [interval]", "ask again and again, one answer each time; Ctrl-C ends it")
    .option("--node <pattern>", "only these nodes (repeatable): node[01:10], edge-*, @site=b, !node07", collect)
    .option("--backend <name>", "judge by this backend only, in place of the fleet file's")
    .option("-w, --warning <range>", "with -o nagios: [metric=]range outside of which it is WARNING", collect)
    .option("-c, --critical <range>", "with -o nagios: [metric=]range outside of which it is CRITICAL", collect)
    .option("--timeout <duration>", "time limit of a node in place of the fleet file's, such as 3s")
    .option("--parallel <n>", "how many nodes are asked at once", String(DEFAULT_PARALLEL))
    .option("--no-headers", "tables without their heads")
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (masters: string[], _: unknown, command: Command) => {
        const flags = command.optsWithGlobals<StatusFlags>();
        if (flags.output !== "nagios") return readAndRun(shell, masters, flags);
        try {
          return await readAndRun(shell, masters, flags);
        } catch (error) {
          // Monitoring shows what a plugin says on stdout, and nothing else.
          if (!(error instanceof UserError)) throw error;
          const { formatUnknown } = await import("../output/status-nagios.ts");
          await print(shell, formatUnknown(error.message));
          throw error;
        }
      }),
    );
}

async function readAndRun(shell: Shell, masters: readonly string[], flags: StatusFlags): Promise<number> {
  const { readStatusFlags } = await import("./status-options.ts");
  const options = readStatusFlags(masters, flags);
  const { loadFleet, sayWarnings } = await import("./fleet-option.ts");
  const place = flags.config === undefined ? {} : { config: flags.config };
  const { fleet, path, warnings } = await loadFleet(shell, place);
  sayWarnings(shell, warnings);
  if (options.debug === true) shell.stderr.write(`k3s-lb: fleet file ${path}\n`);
  return runStatus(shell, fleet, options);
}

/**
 * Asks the fleet once (or again and again), prints the answer.
 * Shape: resolves to the exit code, 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN; with `watch` only when nobody reads any more.
 * Errors: UserError for what the options ask for and the fleet does not have, and for a secret that cannot be read.
 */
export async function runStatus(shell: Shell, fleet: Fleet, options: StatusOptions = {}): Promise<number> {
  const { watchStatus } = await import("./status-run.ts");
  const { openReader } = await import("./open-reader.ts");
  return watchStatus(shell, fleet, options, (nodes) => openReader(shell, nodes));
}

const HELP_AFTER = `
Formats:
  table       what is wrong, what to do, the masters, the nodes that are not fine
  wide        everything, HAProxy's columns under HAProxy's names; never cut
  json, yaml  a FleetStatus object (k3s-lb schema status prints its schema)
  jsonl       the same object, one per line: one line per answer with --watch
  name        the masters' names, one a line, as other commands take them
  nagios      one line with performance data, for monitoring plugins
  prometheus  metrics for node_exporter's textfile collector

Exit codes: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (no node answered, usage, fleet file).
With masters named, problems of other masters do not count; those of nodes do.

Thresholds (-w, -c): ranges as monitoring plugins take them; several with commas. Without
a metric they are about usable_masters, on the worst node. A threshold takes the place of
the built-in judgement of its metric. "2:" alerts below 2, "5" above 5, "@1:3" inside.
Metrics: usable_masters masters_up masters_down nodes_fresh nodes_failed sessions
pinned_sessions check_time (ms).

Examples:
  k3s-lb status                             what is wrong, in words
  k3s-lb status master-2 --node @site=b     one master, seen from one site
  k3s-lb status -o wide | less -S
  k3s-lb status -o json | jq -r '.problems[].text'
  k3s-lb status -o jsonl --watch 10s >> fleet.jsonl
  k3s-lb status -o nagios -w 2: -c 1: -w nodes_failed=3
  k3s-lb status -o prometheus > fleet.prom.$$; mv fleet.prom.$$ fleet.prom`;
