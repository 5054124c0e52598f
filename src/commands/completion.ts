import { Argument, type Command } from "commander";
import { action, type Shell } from "./shell.ts";

/** The shells that there is a script for. */
export type ShellName = "bash" | "zsh" | "fish";

const shellNames: readonly ShellName[] = ["bash", "zsh", "fish"];

/** Declares `completion`; scripts and answers are made when it runs. */
export function addCompletionCommand(program: Command, shell: Shell): void {
  program
    .command("completion")
    .description("print a script that makes a shell complete commands, flags, files, masters and nodes")
    .addArgument(new Argument("<shell>", "the shell that reads the script").choices(shellNames))
    .argument("[words...]", "after --: what the script asks at every Tab, the words up to the cursor (bash: the line)")
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (name: ShellName, words: readonly string[]) => {
        const { runCompletion } = await import("./completion-run.ts");
        return runCompletion(shell, program, name, words);
      }),
    );
}

const HELP_AFTER = `
Names of masters, nodes and labels come from the fleet file that the command line would
use. Nothing is asked of any node, no password is read, and a mistake completes nothing.

Examples:
  source <(k3s-lb completion bash)                    in ~/.bashrc
  source <(k3s-lb completion zsh)                     in ~/.zshrc, below compinit
  k3s-lb completion fish | source                     in ~/.config/fish/config.fish
  k3s-lb completion bash > /etc/bash_completion.d/k3s-lb`;
