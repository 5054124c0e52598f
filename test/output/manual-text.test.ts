import { describe, expect, it } from "vitest";
import { formatManualText } from "../../src/output/manual-text.ts";

describe("formatManualText", () => {
  it("lays a page out as man does, broken at the width of the terminal", () => {
    const text = formatManualText(
      {
        name: "k3s-lb-try",
        does: "try it",
        version: "1.2.3",
        sections: [
          { heading: "SYNOPSIS", blocks: [{ kind: "usage", text: "k3s-lb try [options]" }] },
          {
            heading: "OPTIONS",
            blocks: [
              { kind: "text", text: "These are for all that is tried." },
              { kind: "heading", text: "More" },
              { kind: "item", term: "--all <what>", text: "how much of it is tried at once" },
              { kind: "item", term: "--none", text: "" },
              { kind: "example", command: "k3s-lb try --all '*' | less --chop-long-lines", text: "long" },
              { kind: "lines", lines: ["a", "", "  b"] },
            ],
          },
        ],
      },
      40,
    );
    expect(text).toBe(`NAME
       k3s-lb-try - try it

SYNOPSIS
       k3s-lb try [options]

OPTIONS
       These are for all that is tried.

   More

       --all <what>
              how much of it is tried at
              once

       --none

       k3s-lb try --all '*' | less --chop-long-lines
              long

       a

         b
`);
  });
});
