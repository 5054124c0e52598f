import { describe, expect, it } from "vitest";
import { splitBashLine } from "../../src/commands/completion-bash-line.ts";

describe("splitBashLine", () => {
  it.each([
    ["k3s-lb ", ["k3s-lb", ""], 0],
    ["k3s-lb  dr", ["k3s-lb", "dr"], 0],
    ["k3s-lb --config=a", ["k3s-lb", "--config=a"], 9],
    ["k3s-lb --config= ", ["k3s-lb", "--config=", ""], 0],
    ["k3s-lb --node @si", ["k3s-lb", "--node", "@si"], 0],
    ["k3s-lb --node=@site=b", ["k3s-lb", "--node=@site=b"], 13],
    ["k3s-lb --node=@si", ["k3s-lb", "--node=@si"], 7],
    ["k3s-lb node[01:1", ["k3s-lb", "node[01:1"], 8],
    ["k3s-lb 'a=b c", ["k3s-lb", "a=b c"], 0],
    ['k3s-lb "a\\"b" c\\ d', ["k3s-lb", 'a"b', "c d"], 0],
    ["k3s-lb '' x", ["k3s-lb", "", "x"], 0],
    ["k3s-lb \\", ["k3s-lb", ""], 0],
    ["", [""], 0],
  ])("reads %j as %j, with %i characters that bash leaves alone", (line, words, hidden) => {
    expect(splitBashLine(line)).toEqual({ words, hidden });
  });
});
