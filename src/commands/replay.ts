import { type Command, InvalidArgumentError } from "commander";
import type { ThemeChoice } from "../output/theme.ts";
import { action, type Shell } from "./shell.ts";
import { ASCII_HELP, MOUSE_HELP, NO_MOUSE_HELP } from "./top.ts";

/** The flags of `replay`. */
export type ReplayFlags = {
  readonly speed: number;
  readonly ascii?: boolean;
  readonly mouse?: boolean;
  readonly color?: boolean;
  readonly theme?: ThemeChoice | undefined;
};

/** Declares `replay`; what is behind the flags is loaded when it runs. */
export function addReplayCommand(program: Command, shell: Shell): void {
  program
    .command("replay")
    .description("shows a recording on the screens of top: play, pause, step, go to the next event")
    .argument("<file>", "what record, top --record or W in top wrote")
    .option("--speed <x>", "play this much faster", positiveNumber, 1)
    .option("--ascii", ASCII_HELP)
    .option("--mouse", MOUSE_HELP)
    .option("--no-mouse", NO_MOUSE_HELP)
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (file: string, _: unknown, command: Command) => {
        const { runReplay } = await import("./replay-run.ts");
        return runReplay(shell, file, command.optsWithGlobals<ReplayFlags>());
      }),
    );
}

const HELP_AFTER = `
Keys: P or Space plays and pauses, . and , step by a poll, n and N by an event, ] and [ by 10 s,
} and { by a minute, + and - change the speed; ? lists them all. Nothing can be changed on a node.

Examples:
  k3s-lb replay night.jsonl.gz
  k3s-lb replay night.jsonl.gz --speed 10`;

function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 1000) return value;
  throw new InvalidArgumentError("A number above 0, up to 1000, please.");
}
