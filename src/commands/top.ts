import type { Command } from "commander";
import type { Fleet } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import type { Terminal } from "../io/terminal.ts";
import type { ThemeChoice } from "../output/theme.ts";
import { collect, DEFAULT_PARALLEL } from "./flag-values.ts";
import { action, hasScreen, type Shell } from "./shell.ts";
import type { TopClusters } from "./top-clusters.ts";
import type { FoundSettings } from "./top-settings.ts";

/**
 * The flags of `top`, as typed; `runTop` reads them.
 * Shape: `interval` and `timeout` are durations ("500ms", "2s"); `color` is false for --no-color.
 */
export type TopFlags = {
  readonly node?: readonly string[];
  /** Every cluster that is known is polled, and their page is the first. */
  readonly allClusters?: boolean;
  readonly backend?: string;
  readonly interval?: string;
  readonly timeout?: string;
  readonly parallel?: string;
  /** Nothing can be changed then, by any key or command. */
  readonly readOnly?: boolean;
  /** A new file for all that is polled. */
  readonly record?: string;
  readonly ascii?: boolean | undefined;
  readonly plain?: boolean | undefined;
  /** Undefined: as the settings say, which is off. */
  readonly mouse?: boolean | undefined;
  readonly bell?: boolean;
  /** False: the program of `events.on_event` is not started. */
  readonly onEvent?: boolean;
  readonly color?: boolean;
  readonly theme?: ThemeChoice | undefined;
  readonly config?: string;
};

export const ASCII_HELP = "draw with ASCII only (by itself where the locale is not UTF-8)";
export const MOUSE_HELP = "wheel and clicks move, sort and open; the terminal then selects text with Shift";
export const NO_MOUSE_HELP = "leave the mouse to the terminal, whatever the settings of top say";

/** Declares `top`; what is behind the flags is loaded when it runs. */
export function addTopCommand(program: Command, shell: Shell): void {
  program
    .command("top")
    .description("the dashboard: what is wrong, the masters, the matrix of nodes by masters")
    .option("--node <pattern>", "only these nodes (repeatable): node[01:10], edge-*, @site=b, !node07", collect)
    .option(
      "-A, --all-clusters",
      "poll every cluster that is known (~/.config/k3s-lb/clusters), and begin with their page",
    )
    .option("--backend <name>", "judge by this backend only, in place of the fleet file's")
    .option("--interval <duration>", "time between two polls of a node in place of the fleet file's, such as 5s")
    .option("--timeout <duration>", "time limit of a node in place of the fleet file's, such as 3s")
    .option("--parallel <n>", "how many nodes are asked at once", String(DEFAULT_PARALLEL))
    .option("--read-only", "look only: nothing can be changed by any key or command")
    .option("--record <file>", "write all that is polled to a new file too, for k3s-lb replay")
    .option("--plain", "print lines of text and draw nothing: for screen readers, dumb terminals and pipes")
    .option("--mouse", MOUSE_HELP)
    .option("--no-mouse", NO_MOUSE_HELP)
    .option("--bell", "ring, and notify by OSC 9, when something gets worse (also events.bell in the fleet file)")
    .option("--no-on-event", "do not start the fleet file's events.on_event")
    .option("--ascii", ASCII_HELP)
    .addHelpText("after", helpAfter)
    .action(
      action(shell, async (_: unknown, command: Command) => {
        const flags = command.optsWithGlobals<TopFlags>();
        const opened = await openTop(shell, flags);
        try {
          if (opened.kind === "lines" && flags.allClusters === true) {
            throw new UserError("-A draws the clusters, and lines are of one only", "Choose one with --cluster NAME.");
          }
          const { findClusters } = await import("./top-clusters.ts");
          const { sayWarnings } = await import("./fleet-option.ts");
          const found = await findClusters(shell, flags);
          const { fleet, warnings } = found.loaded;
          // A screen that is drawn would swallow them; lines go on for hours.
          if (opened.kind === "lines") sayWarnings(shell, warnings);
          const code = await runTop(shell, fleet, flags, opened, found.clusters);
          if (opened.kind === "screen") sayWarnings(shell, warnings);
          return code;
        } finally {
          if (opened.kind === "screen") opened.terminal.leave();
        }
      }),
    );
}

const helpAfter = `
Keys: press ? inside. Ends with q or Ctrl-C and exit code 0.

Examples:
  k3s-lb top --node '@site=b'     one site only
  k3s-lb top -A                   every cluster of ~/.config/k3s-lb/clusters
  k3s-lb top --cluster fr1        one of them
  k3s-lb top --theme light        on a light background
  k3s-lb top --plain              what is true, then what changes, as lines of text`;

const insteadOfTop = "k3s-lb status prints the same truth once; top --plain prints it and what changes, line by line.";

/** A terminal that something stands on already, and what the person wants of it; or nothing, where lines are printed. */
type OpenedTop =
  | { readonly kind: "screen"; readonly terminal: Terminal; readonly settings: FoundSettings }
  | { readonly kind: "lines" };

/**
 * The dashboard on this fleet, until it is left.
 * Shape: resolves to the exit code: 0 after q, Ctrl-C or SIGINT, 143 after SIGTERM, 129 when the terminal was lost.
 * Errors: a UserError for flags, secrets and settings, and where there is no terminal; whatever happens, the terminal is
 * restored.
 */
export async function runTop(
  shell: Shell,
  fleet: Fleet,
  flags: TopFlags = {},
  opened?: OpenedTop,
  clusters?: TopClusters,
): Promise<number> {
  const top = opened ?? (await openTop(shell, flags));
  if (top.kind === "lines") {
    const { runPlain } = await import("./top-plain.ts");
    return runPlain(shell, fleet, flags);
  }
  const { settings, terminal } = top;
  try {
    const { runConsole } = await import("./top-run.ts");
    return await runConsole(shell, fleet, flags, terminal, await settings.read(), clusters);
  } finally {
    terminal.leave();
  }
}

/** Errors: a UserError, with what to do instead, where no screen can be drawn. */
export function checkScreen(shell: Shell, verb: string, instead: string): void {
  if (hasScreen(shell)) return;
  const isDumb = shell.stdin.isTTY && shell.stdout.isTTY;
  const why = isDumb ? "this one cannot move its cursor (TERM=dumb)" : "here is none";
  throw new UserError(`${verb} draws on a terminal, and ${why}.`, instead);
}

/** Takes the terminal; where lines are wanted, leaves it alone. */
async function openTop(shell: Shell, flags: TopFlags): Promise<OpenedTop> {
  // INK_SCREEN_READER is how other programs that are drawn by Ink are told.
  if (flags.plain === true || shell.env["INK_SCREEN_READER"] === "true") return { kind: "lines" };
  const { findTopSettings } = await import("./top-settings.ts");
  const settings = await findTopSettings(shell);
  if (settings.mayBePlain && (await settings.read()).plain === true) return { kind: "lines" };
  checkScreen(shell, "top", insteadOfTop);
  return { kind: "screen", terminal: await openScreen(shell, flags, settings), settings };
}

/** Takes the terminal and paints before anything else is loaded. */
export async function openScreen(
  shell: Shell,
  flags: Pick<TopFlags, "ascii" | "color" | "theme">,
  settings: FoundSettings,
): Promise<Terminal> {
  const { openTerminal } = await import("../io/terminal.ts");
  const { lookOf } = await import("./top-look.ts");
  const { skeleton } = await import("../ui/skeleton.ts");
  const terminal = openTerminal(shell.stdin, shell.stdout);
  // What the settings say of marks and keys is not yet read: none of them are drawn then.
  const { colour, glyphs } = lookOf(shell, flags, { ascii: settings.isThere });
  shell.stdout.write(skeleton(terminal.size(), { colour, utf8: glyphs.utf8, hasHints: !settings.isThere }));
  return terminal;
}
