import { describe, expect, it } from "vitest";
import { armed, createFakeOperations, openConsole, planned } from "../support/console.ts";
import { situation } from "../support/screens.ts";

const healthy = situation(() => () => "UP");

describe("a paste", () => {
  it("is no row of keys in a table, whatever it says", () => {
    const held = openConsole(healthy, createFakeOperations());
    const before = held.text();
    held.console.paste(":arm\raq\u0003\u001b[201~");
    expect([held.bar(), held.quits()]).toEqual(["Pasted text is not taken for keys.", 0]);
    held.press("shift-tab", "tab");
    expect(held.text()).toBe(before);
  });

  it("is typed where a line is typed, its first line only and without its end", () => {
    const held = openConsole(healthy, createFakeOperations());
    held.press("/");
    held.console.paste("node0\u001b[1\u202e]\nq\n");
    expect(held.bar()).toMatch(/^\/node0\[1\]_ /);
    held.press("esc");
    armed(held);
    expect(held.bar()).toContain("ARMED");
  });

  it("answers no plan by itself", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.console.beginRead();
    held.console.paste("y\r\n");
    expect(held.text()).toContain("> answer: y_");
    expect(operations.runs).toHaveLength(0);
  });
});
