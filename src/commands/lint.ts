import { type Command, Option } from "commander";
import type { ThemeChoice } from "../output/theme.ts";
import { collect } from "./flag-values.ts";
import { action, type Shell } from "./shell.ts";

/** The flags of `lint`, as typed. */
export type LintFlags = {
  readonly output: "table" | "json" | "sarif";
  readonly failOn: "error" | "warning" | "note" | "never";
  readonly haproxyVersion?: string;
  readonly ignore?: readonly string[];
  readonly fleet: boolean;
  readonly color: boolean;
  readonly theme?: ThemeChoice;
  readonly config?: string;
  readonly debug?: boolean;
};

/** Declares `lint`; what is behind the flags is loaded when it runs. */
export function addLintCommand(program: Command, shell: Shell): void {
  program
    .command("lint")
    .description("findings in an existing haproxy.cfg: what cuts, hides, opens or forgets, and what to write")
    .argument("<file...>", "files as haproxy -f takes them, in this order; a directory; - is the standard input")
    .addOption(
      new Option("-o, --output <format>", "how to print it").choices(["table", "json", "sarif"]).default("table"),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit 1 for findings at least as bad")
        .choices(["error", "warning", "note", "never"])
        .default("warning"),
    )
    .option("--haproxy-version <version>", "the HAProxy that reads it, as 3.2 (default: the fleet file's)")
    .option("--ignore <id>", "leave a rule out, as LB015 (repeatable)", collect)
    .option("--no-fleet", "hold it to no fleet file")
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (files: readonly string[], _: unknown, command: Command) => {
        const { runLint } = await import("./lint-run.ts");
        return runLint(shell, files, command.optsWithGlobals<LintFlags>());
      }),
    );
}

const HELP_AFTER = `
Where a fleet file is found, server lines and names are held to it. A comment in a section
allows a finding there, and is counted:

  # k3s-lb: allow LB030 the masters answer 401 until the change-over

Exit codes: 0 nothing at least as bad as --fail-on, 1 findings, 2 usage or unreadable files.

Examples:
  k3s-lb lint /etc/haproxy/haproxy.cfg
  ssh node07 sudo cat /etc/haproxy/haproxy.cfg | k3s-lb lint -
  k3s-lb lint --fail-on error -o sarif conf.d > lint.sarif     as in a CI job
  k3s-lb lint -o json haproxy.cfg | jq -r '.findings[] | select(.allowed == null) | .id'`;
