import type { Command } from "commander";
import type { ThemeChoice } from "../output/theme.ts";
import { action, type Shell } from "./shell.ts";

/** The flags of `history`, as typed. */
export type HistoryFlags = {
  readonly number: string;
  readonly master?: readonly string[];
  readonly node?: readonly string[];
  readonly output: string;
  readonly headers: boolean;
  readonly color: boolean;
  readonly theme?: ThemeChoice;
  readonly config?: string;
};

/** Declares `history`; what is behind the flags is loaded when it runs. */
export function addHistoryCommand(program: Command, shell: Shell): void {
  program
    .command("history")
    .description("the ledger: who drained what, when, why, and what became of it on every node")
    .argument("[operation]", "show this operation whole; the beginning of its id is enough")
    .option("-n, --number <n>", "how many operations, the newest first", "20")
    .option("--master <name>", "only operations on this master (repeatable)", collect)
    .option("--node <pattern>", "only operations on these nodes (repeatable): node[01:10], @site=b", collect)
    .option("-o, --output <format>", "table, json or jsonl", "table")
    .option("--no-headers", "tables without their heads")
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (id: string | undefined, _: unknown, command: Command) => {
        const { runHistory } = await import("./history-run.ts");
        return runHistory(shell, id, command.optsWithGlobals<HistoryFlags>());
      }),
    );
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const HELP_AFTER = `
The ledger is of this user and this machine: $XDG_STATE_HOME/k3s-lb/<cluster>/ledger.jsonl
(~/.local/state/...). Times are UTC. "not told" means that a console gave the order and
wrote nothing more: it is at work, or it died, and the order may have been sent.

Examples:
  k3s-lb history                            the last 20 operations
  k3s-lb history --master master-2 -n 1     who touched master-2 last
  k3s-lb history 3f2a                       one of them, node by node
  k3s-lb history -o jsonl -n 1000 | jq -r 'select(.action=="drain") | .user'`;
