import { Command, CommanderError, Option } from "commander";
import { addAdminCommands } from "./commands/admin.ts";
import { addCompletionCommand } from "./commands/completion.ts";
import { addConfigCommand } from "./commands/config.ts";
import { addDemoCommand } from "./commands/demo.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addGenerateCommand } from "./commands/generate.ts";
import { addHistoryCommand } from "./commands/history.ts";
import { addInitCommand } from "./commands/init.ts";
import { addLintCommand } from "./commands/lint.ts";
import { addManCommand } from "./commands/man.ts";
import { failedOutput, isClosedOutput } from "./commands/output-error.ts";
import { addRecordCommand } from "./commands/record.ts";
import { addReplayCommand } from "./commands/replay.ts";
import { addSchemaCommand } from "./commands/schema.ts";
import type { Shell } from "./commands/shell.ts";
import { addStatusCommand } from "./commands/status.ts";
import { addTopCommand } from "./commands/top.ts";
import { addWatchCommand } from "./commands/watch.ts";
import { UserError } from "./domain/user-error.ts";
import { THEME_CHOICES } from "./output/theme.ts";

declare const K3S_LB_VERSION: string;

/**
 * Runs one command line.
 * Shape: resolves to the exit code (design §3); `argv` is without the two first words of `process.argv`.
 */
export async function main(argv: readonly string[], shell: Omit<Shell, "setExitCode">): Promise<number> {
  let exitCode = 0;
  // A reader that has gone is told by the write itself (`print`); the event would end the process with a stack.
  for (const stream of [shell.stdout, shell.stderr]) stream.on("error", () => {});
  const program = createProgram({
    env: shell.env,
    cwd: shell.cwd,
    get stdin() {
      return shell.stdin;
    },
    stdout: shell.stdout,
    stderr: shell.stderr,
    setExitCode(code) {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return report(error, program, argv, shell.stderr);
  }
}

/** Every verb with its flags; what a verb needs to run is loaded when it runs. */
export function createProgram(shell: Shell): Command {
  const program = new Command("k3s-lb")
    .description("The console for k3s behind HAProxy: every node's opinion of every master.")
    .usage("[options] <command>")
    .version(K3S_LB_VERSION, "-V, --version")
    .option("--config <file>", "fleet file (default: $K3S_LB_CONFIG, ./k3s-lb.yaml, ...)")
    .addOption(
      new Option("--cluster <name>", "the fleet file of this name in ~/.config/k3s-lb/clusters").conflicts("config"),
    )
    .option("--no-color", "no colour, as NO_COLOR does")
    .addOption(new Option("--theme <name>", "which of the terminal's colours to use").choices(THEME_CHOICES))
    .option("--debug", "say on stderr what is being done")
    .addHelpCommand(
      new Command("help").argument("[command]").description("show the help of a command").helpGroup("More:"),
    )
    .addHelpText("after", HELP_AFTER)
    .showHelpAfterError("Try k3s-lb --help.")
    .hook("preAction", async (_, command) => {
      const { cluster } = command.optsWithGlobals<{ cluster?: string }>();
      if (cluster === undefined) return;
      // To init it is the name of a cluster that nobody knows yet; commander has taken it for the program's.
      if (command.options.some(({ long }) => long === "--cluster")) {
        command.setOptionValue("cluster", cluster);
        return;
      }
      const { clusterPath } = await import("./commands/cluster-option.ts");
      program.setOptionValue("config", await clusterPath(shell, cluster));
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "k3s-lb: ")),
    });
  program.commandsGroup("See the fleet:");
  addTopCommand(program, shell);
  addStatusCommand(program, shell);
  addWatchCommand(program, shell);
  addRecordCommand(program, shell);
  addReplayCommand(program, shell);
  addDoctorCommand(program, shell);
  program.commandsGroup("Act on the fleet:");
  addAdminCommands(program, shell);
  addHistoryCommand(program, shell);
  program.commandsGroup("Configure:");
  addInitCommand(program, shell);
  addGenerateCommand(program, shell);
  addLintCommand(program, shell);
  program.commandsGroup("Try it:");
  addDemoCommand(program, shell);
  program.commandsGroup("The fleet file:");
  addConfigCommand(program, shell);
  addSchemaCommand(program, shell);
  program.commandsGroup("More:");
  addManCommand(program, shell);
  addCompletionCommand(program, shell);
  return program;
}

const HELP_AFTER = `
Examples:
  k3s-lb demo                   have a look, without a cluster
  k3s-lb init                   write the fleet file, from what you have or by answering
  k3s-lb top                    watch your own fleet
  k3s-lb status                 is every master usable from every node? Exit code 0, 1, 2 or 3
  k3s-lb status -o json | jq    the same for scripts
  k3s-lb drain master-2         take a master out of service on every node, proved
  k3s-lb doctor                 is every node set up well, and who else can read it?
  k3s-lb generate haproxy       the configuration of the nodes, from the same fleet file
  k3s-lb help status            every flag of a command, with examples

Exit codes: 0 done, 1 failed, 2 usage or fleet file, 70 a bug.
status answers as monitoring plugins do: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
Actions: 0 proved everywhere, 3 refused by a guard, 4 in part, 5 timed out, 130 interrupted.`;

function report(error: unknown, program: Command, argv: readonly string[], stderr: NodeJS.WriteStream): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode(program, argv);
  if (error instanceof UserError) {
    stderr.write(`k3s-lb: ${error.message}\n${error.hint === undefined ? "" : `  ${error.hint}\n`}`);
    return usageExitCode(program, argv);
  }
  if (isClosedOutput(error)) return 0;
  const failed = failedOutput(error);
  if (failed !== undefined) {
    stderr.write(`k3s-lb: cannot write the output: ${failed}\n`);
    return usageExitCode(program, argv) === 3 ? 3 : 1;
  }
  stderr.write(`k3s-lb: this is a bug, please report it:\n${error instanceof Error ? error.stack : String(error)}\n`);
  return 70;
}

/** To a monitoring system 2 means CRITICAL, so a mistake in a call of `status` must not be 2. */
function usageExitCode(program: Command, argv: readonly string[]): number {
  const names = new Set(program.commands.map((command) => command.name()));
  const verb = argv.find(
    (word, index) => names.has(word) && !["--config", "--cluster"].includes(argv[index - 1] ?? ""),
  );
  return verb === "status" ? 3 : 2;
}
