import { type Command, Option } from "commander";
import type { ThemeChoice } from "../output/theme.ts";
import { collect, DEFAULT_PARALLEL } from "./flag-values.ts";
import { action, type Shell } from "./shell.ts";

/** The flags of `doctor`, as typed. */
export type DoctorFlags = {
  readonly node?: readonly string[];
  readonly timeout: string;
  readonly parallel: string;
  readonly output: "table" | "json";
  readonly ssh: boolean;
  readonly all?: boolean;
  readonly config?: string;
  readonly debug?: boolean;
  readonly color: boolean;
  readonly theme?: ThemeChoice;
};

/** Declares `doctor`; what is behind the flags is loaded when it runs. */
export function addDoctorCommand(program: Command, shell: Shell): void {
  program
    .command("doctor")
    .description("examine every node: what is wrong or exposed, and how to mend it; changes nothing")
    .option("--node <pattern>", "only these nodes (repeatable): node[01:10], edge-*, @site=b, !node07", collect)
    .option("--timeout <duration>", "time limit of a node, for all its checks", "5s")
    .option("--parallel <n>", "how many nodes are begun at once", String(DEFAULT_PARALLEL))
    .addOption(new Option("-o, --output <format>", "how to print it").choices(["table", "json"]).default("table"))
    .option("--no-ssh", "leave out the way through ssh")
    .option("--all", "every check of every node, also what is fine")
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (_: unknown, command: Command) => {
        const { runDoctor } = await import("./doctor-run.ts");
        return runDoctor(shell, command.optsWithGlobals<DoctorFlags>());
      }),
    );
}

const HELP_AFTER = `
Nothing changes on any node: pages are read, and an empty form is posted, which HAProxy
answers with NONE (orders are taken) or DENY and does nothing about. The password of the
published sample is tried once per node, unless it is the configured one.

Verdicts: ok, note (nothing to do), warning, critical; skipped where it cannot be found out.
Exit codes: 0 ok and notes, 1 a warning, 2 something critical (also usage, fleet file,
password), 130 interrupted: what was known by then is printed.

Examples:
  k3s-lb doctor                              what is wrong, nodes alike in one line
  k3s-lb doctor --node node07 --all          every check of one node
  k3s-lb doctor --no-ssh --timeout 3s        without logging in anywhere
  k3s-lb doctor -o json | jq -r '.nodes[] | .name as $n | .checks[]
      | select(.verdict == "critical") | "\\($n) \\(.check): \\(.fix)"'`;
