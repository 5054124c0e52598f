import { type Command, Option } from "commander";
import { collect } from "./flag-values.ts";
import { action, type Shell } from "./shell.ts";

/** The flags of `init` as commander gives them. */
export type InitFlags = {
  readonly fromAnsible?: string;
  readonly fromRoleVars?: string;
  readonly fromKubeconfig?: string | true;
  readonly fromFileSd?: string;
  readonly fromHaproxyCfg?: string;
  readonly masterGroup?: string;
  readonly nodeGroup?: string;
  readonly label?: readonly string[];
  readonly context?: string;
  readonly backend?: string;
  readonly cluster?: string;
  readonly output: string;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly try: boolean;
  readonly debug?: boolean;
};

/** Declares `init`; what is behind the flags is loaded when it runs. */
export function addInitCommand(program: Command, shell: Shell): void {
  program
    .command("init")
    .description("write a commented fleet file from what exists, or from questions asked here")
    .option("--from-ansible <file>", "nodes and masters from an inventory: INI, YAML, JSON of --list, or a folder")
    .option("--from-role-vars <file>", "masters, check and stats from the variables of the haproxy role")
    .option("--from-kubeconfig [file]", "nodes and masters from the Kubernetes API (default: $KUBECONFIG)")
    .option("--from-file-sd <file>", "nodes from the targets of a Prometheus file_sd")
    .option("--from-haproxy-cfg <file>", "masters, check and stats from a haproxy.cfg, or a folder of *.cfg")
    .option("--master-group <name>", "group of the masters in the inventory (default: k3s_master)")
    .option("--node-group <name>", "group of the nodes in the inventory (default: k3s_node, else every host)")
    .option(
      "--label <variable>",
      "variable of the inventory to make a label of (repeatable): site, rack=k3s_rack",
      collect,
    )
    .option("--context <name>", "context of the kubeconfig (default: the current one)")
    .option("--backend <name>", "the backend that holds the masters, where it is not plain")
    .option("--cluster <name>", "name of the cluster")
    .option("-O, --output <file>", "file to write; - for stdout", "k3s-lb.yaml")
    .option("--force", "replace a file that is there")
    .option("--yes", "ask nothing: take the masters that a node shows, where no source knows them")
    .addOption(new Option("--no-try", "do not ask a node what it shows"))
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (_: unknown, command: Command) => {
        const { runInit } = await import("./init-run.ts");
        return runInit(shell, command.optsWithGlobals<InitFlags>());
      }),
    );
}

const HELP_AFTER = `
Sources may be combined: nodes come from the inventory, the API or the targets, masters,
check and stats from haproxy.cfg or the role's variables; where two say the same thing,
haproxy.cfg is believed first, then the variables, the inventory, the API, the targets.
No password is ever copied. Then one node is asked, and what it shows is compared.

Exit code: 0 written, 2 not: usage, a source that cannot be read, a file that is there;
130 interrupted.

Examples:
  k3s-lb init                                           asks
  k3s-lb init --from-ansible inventory/hosts.yml --from-haproxy-cfg /etc/haproxy/haproxy.cfg
  ansible-inventory --list | k3s-lb init --from-ansible /dev/stdin --label site -O -
  k3s-lb init --from-kubeconfig /etc/rancher/k3s/k3s.yaml --yes
  k3s-lb init --from-file-sd targets.json --from-role-vars group_vars/k3s_node.yml`;
