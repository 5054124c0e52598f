import { Terminal } from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { cellsOf, feed } from "../support/terminal-cells.ts";
import { svgOf } from "./svg.ts";

async function drawn(bytes: string): Promise<string> {
  const terminal = new Terminal({ cols: 12, rows: 2, allowProposedApi: true });
  await feed(terminal, bytes);
  return svgOf(cellsOf(terminal), "a < b");
}

describe("svgOf", () => {
  it("draws runs of one look as text, where their cells are", async () => {
    expect(
      await drawn("a\u001b[1;31m<&\u001b[0m\r\n  \u001b[7mon\u001b[27m \u001b[2m日本\u001b[0m"),
    ).toMatchInlineSnapshot(`
      "<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 125.16 60" width="125.16" height="60" role="img">
      <title>a &lt; b</title>
      <rect width="100%" height="100%" rx="6" fill="#16181d"/>
      <g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="14" fill="#d7dae0" xml:space="preserve">
      <text x="12" y="25.5" textLength="8.43">a</text>
      <text x="20.43" y="25.5" textLength="16.86" fill="#f2707a" font-weight="bold">&lt;&amp;</text>
      <rect x="28.86" y="30" width="16.86" height="18" fill="#d7dae0"/>
      <text x="28.86" y="43.5" textLength="16.86" fill="#16181d">on</text>
      <text x="54.15" y="43.5" textLength="33.72" opacity="0.6">日本</text>
      </g>
      </svg>
      "
    `);
  });

  it("gives the same bytes for the same screen", async () => {
    expect(await drawn("x\u001b[4;32my")).toBe(await drawn("\u001b[1;1Hx\u001b[32;4my\u001b[0m"));
  });
});
