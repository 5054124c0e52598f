import { type Colour, paint } from "../output/colour.ts";

/**
 * What stands on the screen before anything is known, written by hand so that it is there before Ink, React and the
 * network are even loaded. Shape: bytes for a terminal whose alternate screen is empty, the cursor at home.
 */
export function skeleton(
  size: { readonly columns: number; readonly rows: number },
  look: { readonly utf8: boolean; readonly hasHints: boolean; readonly colour: Colour },
): string {
  const { columns, rows } = size;
  if (columns < 60 || rows < 15) return "k3s-lb top";
  const dash = look.utf8 ? "─" : "-";
  const faint = (text: string) => paint(text, "muted", look.colour);
  const rule = (name: string) => faint(`${dash}${dash} ${name} `.padEnd(columns, dash));
  const nodesRow = Math.floor(rows / 4) + 5;
  return [
    `${"polling".padEnd(columns - 10)}${faint("k3s-lb top")}`,
    at(2, look.utf8 ? "  polling …" : "  polling ..."),
    at(3, rule("masters")),
    at(4, faint("  MASTER VERDICT            UP  DOWN")),
    at(nodesRow, rule("nodes")),
    at(nodesRow + 1, faint("  NODE   STATE")),
    look.hasHints ? at(rows, faint("? help  q quit".padStart(columns - 1))) : "",
  ].join("");
}

function at(row: number, text: string): string {
  return `\u001b[${row};1H${text}`;
}
