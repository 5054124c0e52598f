import { Terminal } from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/demo/random.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import { createSamples } from "../../src/domain/samples.ts";
import { THEME_CHOICES, themeOf } from "../../src/output/theme.ts";
import type { Intent } from "../../src/ui/intent.ts";
import { createPainter } from "../../src/ui/painter.ts";
import type { Size } from "../../src/ui/picture.ts";
import type { Screen } from "../../src/ui/screen.ts";
import { fleetOf } from "../support/fleet.ts";
import { type NodeSays, type Said, scene } from "../support/scene.ts";
import { look, type Situation } from "../support/screens.ts";
import { cellsOf, feed, rowWords } from "../support/terminal-cells.ts";

/** What a person does, one after the other, wherever it leads. */
const intents: readonly Intent[] = [
  { kind: "move", by: 1 },
  { kind: "move", by: -3 },
  { kind: "page", by: 1 },
  { kind: "edge", to: "bottom" },
  { kind: "pane", by: 1 },
  { kind: "pane", by: -1 },
  { kind: "open" },
  { kind: "open" },
  { kind: "back" },
  { kind: "mode" },
  { kind: "group" },
  { kind: "sort", by: 1 },
  { kind: "reverse" },
  { kind: "mark" },
  { kind: "unmark" },
  { kind: "help" },
  { kind: "view", view: "problems" },
  { kind: "view", view: "events" },
  { kind: "filter" },
  { kind: "type", text: "node0" },
  { kind: "erase", what: "character" },
  { kind: "accept" },
];
const sizes: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 60, rows: 15 },
  { columns: 131, rows: 37 },
  { columns: 200, rows: 50 },
  { columns: 40, rows: 6 },
];

function anyScene(fleet: Fleet, random: () => number): Situation {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const said = (): Said => {
    if (random() < 0.7) return { sessions: Math.floor(random() * 12) };
    return pick<Said>([
      "DOWN",
      "DRAIN",
      "MAINT",
      "UP 1/2",
      "DOWN 1/2",
      undefined,
      "GONE",
      { column: "DOWN", lastCheckText: "日本語 ✗ 漢" },
      { checkCode: 200 },
    ]);
  };
  const says = (): NodeSays => {
    if (random() < 0.8) return said;
    return pick<NodeSays>(["silent", { fails: "timeout" }, { fails: "unauthorized", lastGoodAgoMs: 9_000 }]);
  };
  return { fleet, records: scene(fleet, says) };
}

describe("the painter and the frames of the screen", () => {
  it.each([1, 2, 3, 4, 5])("leave on a terminal what each frame says, cell by cell (seed %i)", async (seed) => {
    const random = createRandom(seed);
    const fleet = fleetOf({ nodes: 4 + seed * 5 });
    const painter = createPainter();
    const samples = createSamples();
    let size: Size = { columns: 80, rows: 24 };
    const terminal = new Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
    let screen: Screen | undefined;
    let colour = themeOf("dark", {});
    let given = anyScene(fleet, random);
    for (let step = 0; step < 150; step += 1) {
      if (random() < 0.3) given = anyScene(fleet, random);
      if (random() < 0.05) colour = themeOf(THEME_CHOICES[Math.floor(random() * THEME_CHOICES.length)] ?? "auto", {});
      if (random() < 0.08) {
        size = sizes[Math.floor(random() * sizes.length)] ?? size;
        terminal.resize(size.columns, size.rows);
      }
      const intent = intents[Math.floor(random() * intents.length)];
      const frame = look(given, size, intent === undefined ? [] : [intent], {
        colour,
        samples,
        ascii: seed === 5,
        ...(screen === undefined ? {} : { screen }),
      });
      screen = frame.screen;
      await feed(terminal, painter.frame(frame.lines.join("\n"), size));
      expect(cellsOf(terminal).map(rowWords), `step ${step}, after ${intent?.kind}`).toEqual(
        await byHand(frame.lines, size),
      );
    }
  });
});

/** The frame on an emulator of its own, line by line and without the painter. */
async function byHand(lines: readonly string[], size: Size): Promise<readonly string[]> {
  const terminal = new Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
  await feed(terminal, lines.map((line, row) => `\u001b[${row + 1};1H${line}\u001b[0m`).join(""));
  const words = cellsOf(terminal).map(rowWords);
  terminal.dispose();
  return words;
}
