import type { Mark } from "./marks.ts";
import type { KnownProblem } from "./problem-lines.ts";

/** A row as text, and the command line that tells of the same thing. */
export type Copy = {
  readonly row: string;
  readonly command: string;
  /** The command says already which fleet it is about. */
  readonly isWhole?: boolean;
};

/** A row of a table; `text` as its list gives it. */
export function copyRow(text: string | undefined, mark: Mark | undefined): Copy | undefined {
  if (text === undefined) return undefined;
  // On the screen a name may be short, as its beginning stands above the table.
  const row = mark === undefined || text.startsWith(mark.name) ? text : `${mark.name}: ${text}`;
  return { row, command: commandFor(mark) };
}

/** A problem with what to do; where that is a command of this program, it is the command. */
export function copyProblem({ fix, master, nodes, severity, text }: KnownProblem): Copy {
  const [advised] = /k3s-lb [a-z][^;,.()]*/.exec(fix) ?? [];
  const [node] = nodes;
  const mark: Mark | undefined =
    master !== undefined
      ? { kind: "master", name: master }
      : node !== undefined && nodes.length === 1
        ? { kind: "node", name: node }
        : undefined;
  return { row: `${severity}: ${text} -> ${fix}`, command: advised?.trim() ?? commandFor(mark) };
}

function commandFor(mark: Mark | undefined): string {
  if (mark === undefined) return "k3s-lb status";
  return mark.kind === "master" ? `k3s-lb status ${mark.name}` : `k3s-lb status --node ${mark.name} -o wide`;
}

/**
 * What is copied, its command with the flags that chose the fleet: pasted elsewhere, it is to ask the same one.
 * Shape: `scope` is " --config other.yaml", or empty.
 */
export function copiedText(copy: Copy | undefined, what: "row" | "command", scope = ""): string | undefined {
  const text = copy?.[what];
  return what === "row" || copy?.isWhole === true ? text : text?.replace(/^k3s-lb [a-z-]+/, (start) => start + scope);
}

/** More than a terminal's clipboard takes is cut off. */
const limit = 8192;

/**
 * Asks the terminal to put a text into the clipboard of the machine that it runs on, through any number of ssh sessions.
 * Source: xterm, OSC 52; tmux passes it on with `set-clipboard on`.
 */
export function clipboardBytes(text: string): string {
  return `\u001b]52;c;${Buffer.from(text.slice(0, limit)).toString("base64")}\u0007`;
}
