import { describe, expect, it } from "vitest";
import { clipboardBytes, copiedText } from "../../src/ui/copy.ts";
import { openConsole } from "../support/console.ts";
import { situation } from "../support/screens.ts";

const masterDown = situation(() => (master) => (master === 2 ? "DOWN" : "UP"));

describe("copying", () => {
  it("takes the row in all its columns, and the command that tells the same", () => {
    const held = openConsole(masterDown, undefined);
    held.press("y", "Y", "shift-tab", "j", "y", "Y");
    expect(held.copied()).toEqual([
      "node01  ok  ✓  ✗  ✓  8  master-2 down: connection refused",
      "k3s-lb status --node node01 -o wide",
      "master-2: 2  ✗ down  6  0  -  down on all 6 nodes: connection refused",
      "k3s-lb status master-2",
    ]);
    expect(held.bar()).toBe("Copied: k3s-lb status master-2");
  });

  it("takes of a problem the sentence and the advice", () => {
    const held = openConsole(masterDown, undefined);
    held.press("p", "y", "Y");
    expect(held.copied()).toEqual([
      "WARNING: master-2 is down on all 6 nodes: connection refused -> is k3s running on master-2? There: systemctl status k3s; journalctl -u k3s -n 50",
      "k3s-lb status master-2",
    ]);
  });

  it("says where there is nothing", () => {
    const held = openConsole(masterDown, undefined);
    held.press("e", "y");
    expect([held.copied(), held.bar()]).toEqual([[], "Nothing here to copy."]);
  });
});

describe("copiedText", () => {
  it("is a command that asks the same fleet, and a row as it stands", () => {
    const copy = { row: "k3s-lb row", command: "k3s-lb kill-sessions master-2" };
    expect([copiedText(copy, "command", " --config b.yaml"), copiedText(copy, "row", " --config b.yaml")]).toEqual([
      "k3s-lb kill-sessions --config b.yaml master-2",
      "k3s-lb row",
    ]);
    expect([copiedText(copy, "command"), copiedText(undefined, "row")]).toEqual([copy.command, undefined]);
  });
});

describe("clipboardBytes", () => {
  it("is one sequence, whatever is in the text", () => {
    expect(clipboardBytes("über\u0007")).toBe(`\u001b]52;c;${Buffer.from("über\u0007").toString("base64")}\u0007`);
    expect(clipboardBytes("x".repeat(100_000)).length).toBeLessThan(12_000);
  });
});
