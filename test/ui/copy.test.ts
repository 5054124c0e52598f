import { describe, expect, it } from "vitest";
import { clipboardBytes } from "../../src/ui/copy.ts";
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

describe("clipboardBytes", () => {
  it("is one sequence, whatever is in the text", () => {
    expect(clipboardBytes("über\u0007")).toBe(`\u001b]52;c;${Buffer.from("über\u0007").toString("base64")}\u0007`);
    expect(clipboardBytes("x".repeat(100_000)).length).toBeLessThan(12_000);
  });
});
