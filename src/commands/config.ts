import { type Command, Option } from "commander";
import { sayWarnings } from "./fleet-option.ts";
import { action, print, type Shell } from "./shell.ts";

/** `config validate`, `config view` and `config path`. */
export function addConfigCommand(program: Command, shell: Shell): void {
  const config = program
    .command("config")
    .description("check the fleet file, or show what is in force and where it comes from")
    .addHelpText("after", EXAMPLES);
  config
    .command("validate")
    .description("check the fleet file; every mistake is one line with file, line and column")
    .argument("[file]", "the fleet file (default: the one in force)")
    .option("--secrets", "read every password too, without showing it")
    .action(
      action(shell, (file: string | undefined, options: { secrets?: boolean }, command: Command) =>
        validate(shell, { config: file ?? configOption(command), secrets: options.secrets ?? false }),
      ),
    )
    .addHelpText("after", "\nExit code: 0 no mistakes, 2 mistakes, or no such file.");
  config
    .command("view")
    .description("show every value in force: defaults, ranges and environment resolved, secrets left out")
    .option("--show-origin", "show for each value its file:line:column, environment variable, or default")
    .addOption(new Option("-o, --output <format>", "how to print it").choices(["yaml", "json"]).default("yaml"))
    .action(action(shell, (options: ViewOptions, command: Command) => view(shell, options, configOption(command))))
    .addHelpText("after", VIEW_EXAMPLES);
  config
    .command("path")
    .description("print the path of the fleet file in force")
    .action(action(shell, (_options: object, command: Command) => path(shell, configOption(command))));
}

type ViewOptions = { readonly showOrigin?: boolean; readonly output: "yaml" | "json" };

const EXAMPLES = `
Examples:
  k3s-lb config validate                     check the fleet file in force
  k3s-lb config validate fleet/prod.yaml     check another one, as in a CI job
  k3s-lb config view --show-origin           every value, and where it comes from
  k3s-lb config path                         which file is in force`;

const VIEW_EXAMPLES = `
Examples:
  k3s-lb config view --show-origin
  K3S_LB_POLL_INTERVAL=5s k3s-lb config view --show-origin | grep K3S_LB_
  k3s-lb config view -o json | jq -r '.nodes[].address'`;

function configOption(command: Command): string | undefined {
  return command.optsWithGlobals<{ config?: string }>().config;
}

async function validate(shell: Shell, options: { config: string | undefined; secrets: boolean }): Promise<number> {
  const { loadFleetFile } = await import("../io/fleet-file.ts");
  const { shortPath } = await import("../io/fleet-search.ts");
  const {
    fleet,
    path: file,
    warnings,
  } = await loadFleetFile({ env: shell.env, cwd: shell.cwd, config: options.config });
  sayWarnings(shell, warnings);
  if (options.secrets) {
    const { openSecrets } = await import("./open-secrets.ts");
    await openSecrets(shell, fleet.nodes);
  }
  const counts = `${count(fleet.masters.length, "master")} and ${count(fleet.nodes.length, "node")}`;
  await print(shell, `${shortPath(file, shell.cwd)}: no mistakes; ${counts} in cluster ${fleet.cluster}\n`);
  return 0;
}

async function view(shell: Shell, options: ViewOptions, config: string | undefined): Promise<number> {
  const { loadFleetFile } = await import("../io/fleet-file.ts");
  const { effectiveConfig } = await import("../domain/effective-config.ts");
  const { formatConfigJson, formatConfigYaml } = await import("../output/config-text.ts");
  const { fleet, raw, entries, origin, warnings } = await loadFleetFile({ env: shell.env, cwd: shell.cwd, config });
  sayWarnings(shell, warnings);
  const format = options.output === "json" ? formatConfigJson : formatConfigYaml;
  await print(shell, format(effectiveConfig(fleet, raw, entries), options.showOrigin ? origin : undefined));
  return 0;
}

async function path(shell: Shell, config: string | undefined): Promise<number> {
  const { findFleetFile } = await import("../io/fleet-search.ts");
  const found = await findFleetFile({ env: shell.env, cwd: shell.cwd, config });
  await print(shell, `${found.path}\n`);
  return 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
