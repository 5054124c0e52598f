import type { Command } from "commander";
import { collect, DEFAULT_PARALLEL } from "./flag-values.ts";
import { action, type Shell } from "./shell.ts";

/** The flags of `record`, as typed. Shape: `for`, `interval` and `timeout` are durations ("1h", "2s"). */
export type RecordFlags = {
  readonly for?: string;
  readonly node?: readonly string[];
  readonly backend?: string;
  readonly interval?: string;
  readonly timeout?: string;
  readonly parallel?: string;
  readonly config?: string;
};

/** Declares `record`; what is behind the flags is loaded when it runs. */
export function addRecordCommand(program: Command, shell: Shell): void {
  program
    .command("record")
    .description("the flight recorder: polls the fleet and writes all of it to a file for replay")
    .argument("<file>", "a new file; gzip, or plain lines where its name ends in .jsonl")
    .option("--for <duration>", "end by itself after this long, such as 1h (default: Ctrl-C ends it)")
    .option("--node <pattern>", "only these nodes (repeatable): node[01:10], edge-*, @site=b, !node07", collect)
    .option("--backend <name>", "judge by this backend only, in place of the fleet file's")
    .option("--interval <duration>", "time between two polls of a node in place of the fleet file's, such as 5s")
    .option("--timeout <duration>", "time limit of a node in place of the fleet file's, such as 3s")
    .option("--parallel <n>", "how many nodes are asked at once", String(DEFAULT_PARALLEL))
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (file: string, _: unknown, command: Command) => {
        const { runRecord } = await import("./record-run.ts");
        return runRecord(shell, file, command.optsWithGlobals<RecordFlags>());
      }),
    );
}

const HELP_AFTER = `
No secret is in the file: no passwords, user names, ssh logins or paths. Names and addresses of
nodes and masters are, and who drained what. A file that is cut off can be replayed up to there.
Exit codes: 0 recorded (also after Ctrl-C), 1 the file could not be written to the end.

Examples:
  k3s-lb record night.jsonl.gz                  until Ctrl-C
  k3s-lb record --for 1h hour.jsonl.gz          for an hour
  k3s-lb record --node '@site=b' b.jsonl        one site, as plain lines
  k3s-lb replay night.jsonl.gz --speed 10       see it again`;
