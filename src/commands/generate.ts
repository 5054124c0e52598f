import { type Command, Option } from "commander";
import { collect } from "./flag-values.ts";
import type { GenerateFlags } from "./generate-options.ts";
import { TARGETS, type Target, type TargetOption } from "./generate-targets.ts";
import { action, type Shell } from "./shell.ts";

/** Adds `generate` with a sub-command for each target, and `all`; what makes a target is loaded when it runs. */
export function addGenerateCommand(program: Command, shell: Shell): void {
  const generate = program
    .command("generate")
    .description("write configuration from the fleet file: HAProxy, Ansible, k3s, firewall, Prometheus")
    .addHelpText("after", EXAMPLES);
  for (const target of TARGETS) {
    const command = generate.command(target.name).description(target.description);
    addTargetOptions(command, target.options);
    addOutputOptions(command);
    command
      .addHelpText("after", `\nExamples:\n${target.examples}${HELP_AFTER}`)
      .action(action(shell, (_: unknown, self: Command) => run(shell, [target], self)));
  }
  const all = generate.command("all").description("write every target into a folder (-O)");
  const options = new Set(TARGETS.flatMap((target) => target.options));
  addTargetOptions(
    all,
    [...options].filter((option) => option !== "node" && option !== "sections"),
  );
  addOutputOptions(all);
  all
    .addHelpText("after", `\nExamples:\n${ALL_EXAMPLES}${HELP_AFTER}`)
    .action(action(shell, (_: unknown, self: Command) => run(shell, TARGETS, self)));
}

async function run(shell: Shell, targets: readonly Target[], command: Command): Promise<number> {
  const { runGenerate } = await import("./generate-run.ts");
  return runGenerate(shell, targets, { name: command.name(), flags: command.optsWithGlobals<GenerateFlags>() });
}

const ALL_OPTIONS: readonly (readonly [TargetOption, () => readonly Option[]])[] = [
  [
    "haproxy-version",
    () => [
      new Option(
        "--haproxy-version <v>",
        "the oldest HAProxy that has to read it, 2.4 to 3.5 (default: asks the nodes)",
      ),
      new Option("--offline", "do not ask the nodes for their version"),
    ],
  ],
  ["kubernetes-version", () => [new Option("--kubernetes-version <v>", "what k3s runs").default("1.32")]],
  ["check", () => [new Option("--check <status>", "what masters answer to the check: 401, 200, or migrate (both)")]],
  [
    "check-ca",
    () => [new Option("--check-ca <file>", "authority of the masters' certificates, a PEM file on the nodes")],
  ],
  ["check-cert", () => [new Option("--check-cert <file>", "client certificate of the check, a PEM file on the nodes")]],
  [
    "without",
    () => [
      new Option("--without <fix>", "leave a fix out (repeatable, commas): see the README").argParser(collect),
      new Option("--with <fix>", "write a fix that the fleet file leaves out (repeatable, commas)").argParser(collect),
    ],
  ],
  ["admin", () => [new Option("--admin <rule>", "who may give orders: localhost, group, or from:<address,address>")]],
  ["vpn-interface", () => [new Option("--vpn-interface <name>", "the VPN's interface on the nodes, such as wg0")]],
  ["node", () => [new Option("--node <name>", "for this one node, with its name in it")]],
  ["sections", () => [new Option("--sections", "only the pattern's sections, without global and defaults")]],
  [
    "secrets",
    () => [
      new Option("--secrets <form>", "how the password is referred to: a variable of HAProxy's environment, or a hash")
        .choices(["env", "hash"])
        .default("env"),
    ],
  ],
];

function addTargetOptions(command: Command, options: readonly TargetOption[]): void {
  for (const [name, make] of ALL_OPTIONS) {
    if (options.includes(name)) for (const option of make()) command.addOption(option);
  }
}

function addOutputOptions(command: Command): void {
  command
    .addOption(new Option("-O, --output-dir <dir>", "write the files into this folder").conflicts(["diff", "write"]))
    .addOption(
      new Option("--diff <old>", "show what would change in a file (- for stdin) or a folder; 1: something").conflicts(
        "write",
      ),
    )
    .option("--write <file>", "replace only the marked block of this file, or add it")
    .option("--overwrite", "with -O and --write: also what was edited by hand, or is not from here")
    .option("--no-verify", "do not let haproxy, promtool or nft check the result first");
}

const HELP_AFTER = `

Exit codes: 0 done, 1 refused by the program that checks it, cannot be written, or --diff found
a difference, 2 usage, fleet file or a file that must not be replaced, 130 interrupted.`;

const EXAMPLES = `
Examples:
  k3s-lb generate haproxy                              to stdout, checked by the local haproxy
  k3s-lb generate haproxy --diff /etc/haproxy/haproxy.cfg
  k3s-lb generate haproxy --write /etc/haproxy/haproxy.cfg
  k3s-lb generate all -O deploy/                       everything, as files
  k3s-lb generate haproxy --help                       every flag of a target`;

const ALL_EXAMPLES = `  k3s-lb generate all -O deploy/
  k3s-lb generate all --diff deploy/        what the fleet file would change there
  k3s-lb generate all -O deploy/ --check migrate`;
