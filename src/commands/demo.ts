import { type Command, InvalidArgumentError, Option } from "commander";
import { haproxyVersions } from "../demo/haproxy-version.ts";
import type { DemoOptions } from "../demo/open-demo.ts";
import { action, type Shell } from "./shell.ts";
import { ASCII_HELP, MOUSE_HELP, NO_MOUSE_HELP, type TopFlags } from "./top.ts";

type Flags = Pick<TopFlags, "ascii" | "color" | "mouse" | "plain" | "theme"> & {
  readonly nodes: number;
  readonly masters: number;
  readonly serve?: true | string;
  readonly haproxyVersion: DemoOptions["version"];
  readonly seed: number;
  readonly speed: number;
  readonly incident: boolean;
  readonly remote?: true;
};

/** Adds `demo`: an embedded fleet on loopback, with the dashboard on it or left running for every other command. */
export function addDemoCommand(program: Command, shell: Shell): void {
  program
    .command("demo")
    .description("try everything on an embedded fleet on loopback, with a scripted incident")
    .option("--nodes <n>", "how many nodes", wholeNumber(1, 5000), 12)
    .option("--masters <n>", "how many masters", wholeNumber(1, 9), 3)
    .option("--serve [file]", "leave the fleet running and write a fleet file for it (default: in a private folder)")
    .option("--no-incident", "leave the fleet healthy")
    .option("--speed <x>", "play the incident this much faster", positiveNumber, 1)
    .option("--remote", "be another host to the nodes: they refuse admin actions, as `stats admin if LOCALHOST` does")
    .option("--plain", "the dashboard as lines of text, as top --plain prints them, until Ctrl-C")
    .option("--ascii", ASCII_HELP)
    .option("--mouse", MOUSE_HELP)
    .option("--no-mouse", NO_MOUSE_HELP)
    .option("--seed <n>", "another run of chance: sessions, check times, ages", wholeNumber(0, 2 ** 31), 1)
    .addOption(new Option("--haproxy-version <v>", "what the nodes run").choices(haproxyVersions).default("2.6.12"))
    .addHelpText("after", helpAfter)
    .action(
      action(shell, async (_: unknown, command: Command) => {
        const flags = command.optsWithGlobals<Flags>();
        const options: DemoOptions = {
          nodes: flags.nodes,
          masters: flags.masters,
          version: flags.haproxyVersion,
          seed: flags.seed,
          speed: flags.speed,
          hasIncident: flags.incident,
          isConsoleLocal: flags.remote !== true,
        };
        if (flags.serve === undefined) {
          const { playDemo } = await import("./demo-play.ts");
          const { ascii, color = true, mouse, plain, theme } = flags;
          return playDemo(shell, options, { ascii, color, mouse, plain, theme });
        }
        const { serveDemo } = await import("./demo-serve.ts");
        return serveDemo(shell, options, flags.serve === true ? undefined : flags.serve);
      }),
    );
}

const helpAfter = `
Without a terminal it prints one status of the fleet and exits by its code.

The incident, again and again: a master fails and dies; a site loses its path to one; one is drained, its sessions
stay, and a node that restarts forgets the drain; two nodes cannot be reached; everything is put right.

Examples:
  k3s-lb demo                             the dashboard on 12 nodes
  k3s-lb demo --plain                     the same as lines of text
  k3s-lb demo --nodes 500 --speed 2       more of everything
  k3s-lb demo --serve ./k3s-lb.yaml       leave it running, and try every other command in this folder
  k3s-lb demo --haproxy-version 3.5-dev5  nodes that answer as another version`;

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most}, please.`);
  };
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 1000) return value;
  throw new InvalidArgumentError("A number above 0, up to 1000, please.");
}
