import { describe, expect, it } from "vitest";
import { readHelpText } from "../../src/output/manual-help.ts";

describe("readHelpText", () => {
  it("tells paragraphs, lists, exit codes and examples apart", () => {
    const help = `
Examples:
  k3s-lb try --all        all of it
  k3s-lb try 'a b'
  k3s-lb try |
      less

It asks before it
tries. Write

  # k3s-lb: allow

Formats:
  table  for people
  json   for programs
Exit codes: 0 tried,
1 not.

More.`;
    expect(readHelpText(help)).toEqual({
      notes: [
        { kind: "text", text: "It asks before it tries. Write" },
        { kind: "lines", lines: ["# k3s-lb: allow"] },
        { kind: "text", text: "Formats:" },
        { kind: "lines", lines: ["table  for people", "json   for programs"] },
        { kind: "text", text: "More." },
      ],
      exits: [{ kind: "text", text: "0 tried, 1 not." }],
      examples: [
        { kind: "example", command: "k3s-lb try --all", text: "all of it" },
        { kind: "example", command: "k3s-lb try 'a b'", text: "" },
        { kind: "lines", lines: ["k3s-lb try |", "    less"] },
      ],
    });
  });

  it("finds nothing in nothing", () => {
    expect(readHelpText("")).toEqual({ notes: [], exits: [], examples: [] });
  });
});
