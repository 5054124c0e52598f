import { describe, expect, it } from "vitest";
import { ASCII_GLYPHS, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { textWidth } from "../../src/output/width.ts";
import { drawCommandLines, drawFilterLine } from "../../src/ui/line-bar.ts";
import type { Look } from "../../src/ui/spans.ts";
import { lineOf, type TypedLine } from "../../src/ui/typed-line.ts";
import { contextOf } from "../support/command-context.ts";
import { nodeOf } from "../support/fleet.ts";

const utf8: Look = { glyphs: UTF8_GLYPHS, colour: false };
const ascii: Look = { glyphs: ASCII_GLYPHS, colour: false };
const cut = (before: string, after: string): TypedLine => ({ ...lineOf(before), after });

function command(line: TypedLine, columns = 60, look = utf8, over = {}): string {
  return drawCommandLines(line, contextOf(over), columns, look).join("\n");
}

describe("the bar while a command is typed", () => {
  it("tells beside it what fits, how it is used, or that nothing fits", () => {
    expect(
      ["", "d", "dr", "ev", "drain 2 on @", "drian"].map((text) => command(lineOf(text))).join("\n"),
    ).toMatchInlineSnapshot(`
      ":_  nodes  masters  node  master  problems  even…  Esc drops
      :d_                                 disarm  drain  Esc drops
      :dr_               drain <master...> [on <nodes>]  Esc drops
      :ev_                        events: what happened  Esc drops
      :drain 2 on @_       @site=a  @site=b  @role=edge  Esc drops
      :drian_    no command fits; did you mean "drain"?  Esc drops"
    `);
  });

  it("shows the cursor without colour too", () => {
    expect(
      [command(cut("drain ", "2")), command(cut("", "drain 2")), command(cut("dr", "ain"), 60, ascii)].join("\n"),
    ).toMatchInlineSnapshot(`
      ":drain │2  k8s-de1-master-1  k8s-de1-master-2  k…  Esc drops
      :│drain 2  nodes  masters  node  master  problem…  Esc drops
      :dr|ain            drain <master...> [on <nodes>]  Esc drops"
    `);
  });

  it("shows a long line around its cursor, and then nothing beside it", () => {
    const long = "drain 1 on ".padEnd(90, "node01,");
    expect([command(lineOf(long)), command(cut(long, long)), command(cut("", long))].join("\n")).toMatchInlineSnapshot(`
      ":…ode01,node01,node01,node01,node01,node01,node01,node01,no_
      :…,node01,node01,node01,node01,node01,no│drain 1 on node01,…
      :│drain 1 on node01,node01,node01,node01,node01,node01,node…"
    `);
  });

  it("lists above it what it has no room for, once Tab was pressed", () => {
    const nodes = Array.from({ length: 99 }, (_, i) => nodeOf(`node${String(i).padStart(3, "0")}`));
    const line = { ...lineOf("node "), isListed: true };
    expect(command(line, 60, utf8, { nodes })).toMatchInlineSnapshot(`
      "node000  node001  node002  node003  node004  node005
      node006  node007  node008  node009  node010  node011
      node012  node013  node014  node015  node016  node017
      node018  node019  node020  node021  node022  and 76 more
      :node _  node000  node001  node002  node003  nod…  Esc drops"
    `);
    expect(command(lineOf("node "), 60, utf8, { nodes }).split("\n")).toHaveLength(1);
  });

  it("is never wider than the screen", () => {
    const lines = ["", "drain ", "drain 2 on ", "x".repeat(200), "世界".repeat(60)].flatMap((text) =>
      [20, 60, 80].flatMap((columns) =>
        [lineOf(text), cut(text, text)].flatMap((line) =>
          drawCommandLines({ ...line, isListed: true }, contextOf(), columns, utf8).map(
            (drawn) => textWidth(drawn) - columns,
          ),
        ),
      ),
    );
    expect(Math.max(...lines)).toBeLessThanOrEqual(0);
  });
});

describe("the bar while a filter is typed", () => {
  it("tells what is left of the rows, and shows the cursor where it is", () => {
    expect(drawFilterLine(cut("node", "01"), "1 of 6", 60, utf8)).toMatchInlineSnapshot(
      `"/node│01                      1 of 6  Enter keeps  Esc drops"`,
    );
    expect(drawFilterLine(cut("x".repeat(90), "01"), "1 of 6", 60, ascii)).toMatchInlineSnapshot(
      `"/~xxxxxxxxxxxxxxxxxxxxxxx|01  1 of 6  Enter keeps  Esc drops"`,
    );
  });
});
