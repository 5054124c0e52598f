import { type Command, Option } from "commander";
import type { AdminFlags } from "./admin-options.ts";
import { type AdminVerb, takesFlag } from "./admin-useless.ts";
import { collect } from "./flag-values.ts";
import { action, type Shell } from "./shell.ts";

type Verb = {
  readonly verb: AdminVerb;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly help: string;
};

/** Declares `drain`, `maint`, `enable` and `kill-sessions`; what is behind the flags is loaded when one runs. */
export function addAdminCommands(program: Command, shell: Shell): void {
  for (const { verb, aliases, description, help } of VERBS) {
    const command = program
      .command(verb)
      .aliases(aliases)
      .description(description)
      .argument("<master...>", "the masters: a whole name, or its ending where only one ends so")
      .addHelpText("after", help + AFTER_ALL)
      .action(
        action(shell, async (masters: string[], _: unknown, self: Command) => {
          const { readAdminFlags } = await import("./admin-options.ts");
          const options = readAdminFlags(verb, masters, self.optsWithGlobals<AdminFlags>());
          const { runAdmin } = await import("./admin-act.ts");
          return runAdmin(shell, options);
        }),
      );
    // A flag that this verb has no use for is known all the same, so that it is refused with a reason.
    for (const { flag, option } of makeOptions()) command.addOption(option.hideHelp(!takesFlag(verb, flag)));
  }
}

const VERBS: readonly Verb[] = [
  {
    verb: "drain",
    aliases: [],
    description: "take masters out of service on every node: no new connections, present ones stay",
    help: `
Examples:
  k3s-lb drain master-2 --dry-run                   what would happen, per node; sends nothing
  k3s-lb drain master-2 --reason "kernel" --for 30m
  k3s-lb drain master-2 --wait --grace 60s --kill   and close what is left after a minute
  k3s-lb drain master-2 --yes -o json | jq .outcome
  k3s-lb drain master-2 --retry-failed              only the nodes where it failed`,
  },
  {
    verb: "maint",
    aliases: [],
    description: "the same as maintenance: no new connections, and no health checks either",
    help: `
Examples:
  k3s-lb maint master-2 --reason "new disk"`,
  },
  {
    verb: "enable",
    aliases: ["undrain", "ready"],
    description: "put masters back into service after drain or maint",
    help: `
Examples:
  k3s-lb enable master-2
  k3s-lb enable master-2 --wait --stable 10s        until every node shows it UP for 10 s`,
  },
  {
    verb: "kill-sessions",
    aliases: [],
    description: "close the sessions that the HAProxies hold to masters; their clients connect anew",
    help: `
Examples:
  k3s-lb kill-sessions master-2 --batch 10% --pause 10s`,
  },
];

type DeclaredOption = { readonly flag: keyof AdminFlags; readonly option: Option };

function makeOptions(): readonly DeclaredOption[] {
  const declare = (flag: keyof AdminFlags, flags: string, description: string): DeclaredOption => ({
    flag,
    option: new Option(flags, description),
  });
  const declareMany = (flag: keyof AdminFlags, flags: string, description: string): DeclaredOption => ({
    flag,
    option: new Option(flags, description).argParser(collect),
  });
  return [
    declare("dryRun", "--dry-run", "print the plan and send nothing"),
    declare("yes", "-y, --yes", "do not ask; passes no guard, and does not stand for a name to be typed"),
    declareMany("confirm", "--confirm <master>", "stands for typing this name where that is asked for (repeatable)"),
    declare("reason", "--reason <text>", "why, for the ledger: status and history show it"),
    declare("for", "--for <duration>", "how long it is meant to last, such as 30m; status warns when it is over"),
    declareMany("node", "--node <pattern>", "only these nodes (repeatable): node[01:10], edge-*, @site=b, !node07"),
    declare("backend", "--backend <name>", "only this backend, in place of all that hold the master"),
    declare("minHealthy", "--min-healthy <n>", "leave no node with fewer usable masters than this (default: 1)"),
    declareMany("forceLast", "--force-last <master>", "pass the guard for this master (repeatable)"),
    declare("includeBlind", "--include-blind", "act also on nodes that cannot be seen now"),
    declare("strict", "--strict", "one refused node refuses everything"),
    declare("wait", "--wait", "wait until it has taken effect: see below"),
    declare("timeout", "--timeout <duration>", "give up waiting after this (default: 5m)"),
    declare("stable", "--stable <duration>", "with --wait: UP without interruption for this long (default: 10s)"),
    declare("kill", "--kill", "close what sessions are left after --grace, then wait for 0"),
    declare("grace", "--grace <duration>", "how long sessions may end by themselves before --kill (default: 60s)"),
    declare("batch", "--batch <share>", "close sessions on this many nodes at once: 25% or 5 (default: 25%)"),
    declare("pause", "--pause <duration>", "between two batches (default: 5s)"),
    declare("via", "--via <route>", "auto, http, ssh or socket, in place of the fleet file's"),
    declare("parallel", "--parallel <n>", "how many nodes are acted on at once (default: 64)"),
    declare("retryFailed", "--retry-failed", "only nodes where the last such operation in the ledger failed"),
    { flag: "ledger", option: new Option("--no-ledger", "act even if it cannot be recorded") },
    {
      flag: "output",
      option: new Option("-o, --output <format>", "table, json, or jsonl: a line per step").default("table"),
    },
  ];
}

const AFTER_ALL = `

It asks before it sends anything; No is the default, and without a terminal --yes has to
say so. Every node is guarded by its own view: it must keep --min-healthy usable masters.
Only what a node shows afterwards counts as done. Ctrl-C stops what has not been sent.

Waiting: drain and maint wait until no node has a session left, enable until every node
shows the master UP with a passed check for --stable. Watches never end by themselves.

Exit codes: 0 proved on every node, 1 failed everywhere, 2 usage, fleet file or not
confirmed, 3 refused by a guard, 4 in part or not to be proved, 5 timed out waiting,
130 interrupted. --dry-run: 0, or 3 when all would be refused.`;
