import { Command, CommanderError } from "commander";
import { addConfigCommand } from "./commands/config.ts";
import { addDemoCommand } from "./commands/demo.ts";
import { addSchemaCommand } from "./commands/schema.ts";
import type { Shell } from "./commands/shell.ts";
import { UserError } from "./domain/user-error.ts";

declare const K3S_LB_VERSION: string;

/**
 * Runs one command line.
 * Shape: resolves to the exit code (design §3); `argv` is without the two first words of `process.argv`.
 */
export async function main(argv: readonly string[], shell: Omit<Shell, "setExitCode">): Promise<number> {
  let exitCode = 0;
  const program = createProgram({
    ...shell,
    setExitCode(code) {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return report(error, argv, shell.stderr);
  }
}

/** Every verb with its flags; what a verb needs to run is loaded when it runs. */
export function createProgram(shell: Shell): Command {
  const program = new Command("k3s-lb")
    .description("The console for k3s behind HAProxy.")
    .version(K3S_LB_VERSION, "-V, --version")
    .option("-c, --config <file>", "fleet file (default: found as the README says)")
    .option("--no-color", "no colour, as NO_COLOR does")
    .option("--debug", "say on stderr what is being done")
    .showHelpAfterError("Try k3s-lb --help.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
    });
  addDemoCommand(program, shell);
  addConfigCommand(program, shell);
  addSchemaCommand(program, shell);
  return program;
}

function report(error: unknown, argv: readonly string[], stderr: NodeJS.WriteStream): number {
  const usage = argv[0] === "status" ? 3 : 2;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usage;
  if (error instanceof UserError) {
    stderr.write(`k3s-lb: ${error.message}\n${error.hint === undefined ? "" : `  ${error.hint}\n`}`);
    return usage;
  }
  stderr.write(`k3s-lb: this is a bug, please report it:\n${error instanceof Error ? error.stack : String(error)}\n`);
  return 70;
}
