import type { Command } from "commander";
import type { ThemeChoice } from "../output/theme.ts";
import { collect, DEFAULT_PARALLEL } from "./flag-values.ts";
import { action, type Shell } from "./shell.ts";

/** The flags of `watch`, as typed; `watch-run.ts` reads them. `color` is false for --no-color, `onEvent` for --no-on-event. */
export type WatchFlags = {
  readonly output: string;
  readonly node?: readonly string[];
  readonly backend?: string;
  readonly interval?: string;
  readonly timeout?: string;
  readonly parallel: string;
  readonly for?: string;
  readonly onEvent: boolean;
  readonly color: boolean;
  readonly theme?: ThemeChoice;
  readonly config?: string;
  readonly debug?: boolean;
};

/** Declares `watch`; what is behind the flags is loaded when it runs. */
export function addWatchCommand(program: Command, shell: Shell): void {
  program
    .command("watch")
    .description("print what happens, one line an event, until Ctrl-C; start a program for it")
    .option("-o, --output <format>", "text or jsonl", "text")
    .option("--node <pattern>", "only these nodes (repeatable): node[01:10], edge-*, @site=b, !node07", collect)
    .option("--backend <name>", "judge by this backend only, in place of the fleet file's")
    .option("--interval <duration>", "time between two polls of a node in place of the fleet file's, such as 5s")
    .option("--timeout <duration>", "time limit of a node in place of the fleet file's, such as 3s")
    .option("--parallel <n>", "how many nodes are asked at once", String(DEFAULT_PARALLEL))
    .option("--for <duration>", "end by itself after this time, such as 1h")
    .option("--no-on-event", "do not start the fleet file's events.on_event")
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (_: unknown, command: Command) => {
        const flags = command.optsWithGlobals<WatchFlags>();
        const { readFormat, runWatch } = await import("./watch-run.ts");
        const format = readFormat(flags.output);
        const { loadFleet, sayWarnings } = await import("./fleet-option.ts");
        const place = flags.config === undefined ? {} : { config: flags.config };
        const { fleet, path, warnings } = await loadFleet(shell, place);
        sayWarnings(shell, warnings);
        if (flags.debug === true) shell.stderr.write(`k3s-lb: fleet file ${path}\n`);
        return runWatch(shell, fleet, { ...flags, format });
      }),
    );
}

const HELP_AFTER = `
The first line says how the fleet stands. An event is printed once it has not grown for 2 s (10 s after
its beginning at the latest), and again as an update when it grew after that.

Formats:
  text   14:02:11Z master-2 UP → DOWN on 12 nodes (node[01-12]): connection refused
  jsonl  an Event object a line (k3s-lb schema event prints its schema)

Ends by Ctrl-C (a shell sees 130), after --for with 0, and when nobody reads any more.

Examples:
  k3s-lb watch                                 beside a change, in a second terminal
  k3s-lb watch --for 10m --node @site=b
  k3s-lb watch -o jsonl >> events.jsonl
  k3s-lb watch -o jsonl | jq -r 'select(.severity == "CRITICAL") | .text'`;
