import { describe, expect, it } from "vitest";
import { commandHint, completeCommand, readCommand } from "../../src/ui/command-line.ts";

describe("readCommand", () => {
  it.each([
    ["arm", { kind: "arm", forMs: 300_000 }],
    ["  arm  90s ", { kind: "arm", forMs: 90_000 }],
    ["disarm", { kind: "disarm" }],
    ["q", { kind: "quit" }],
    ["events", { kind: "view", view: "events" }],
    ["   ", undefined],
  ])("reads %j", (line, command) => {
    expect(readCommand(line)).toEqual(command);
  });

  it.each([
    ["arm 2d", "arm 2d: from 1s to 1h is expected"],
    ["arm 0s", "arm 0s: from 1s to 1h is expected"],
    ["arm soon", "arm soon: a duration such as 2s, 1500ms or 1m30s is expected"],
    ["disarm now", '"disarm" takes nothing after it.'],
    ["drain", 'No command "drain". There are: arm, disarm, events, operations, problems, write, help, q.'],
  ])("says what is wrong with %j", (line, text) => {
    expect(readCommand(line)).toEqual({ kind: "mistake", text });
  });
});

describe("completeCommand", () => {
  it.each([
    ["a", "arm "],
    ["d", "disarm"],
    ["", ""],
    ["x", "x"],
    ["arm 5", "arm 5"],
  ])("makes %j into %j", (line, completed) => {
    expect(completeCommand(line)).toBe(completed);
  });
});

describe("commandHint", () => {
  it("tells what may follow what is typed", () => {
    expect(commandHint("")).toBe("arm [5m]  disarm  events  operations  problems  write [file]  help  q");
    expect(commandHint("arm 5m")).toBe("arm [5m]");
  });
});
