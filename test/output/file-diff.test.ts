import { describe, expect, it } from "vitest";
import { formatFileDiff } from "../../src/output/file-diff.ts";

const pipe = { colour: false, isTerminal: false };
const versions = { oldName: "old.cfg", newName: "new.cfg", oldText: "a\nb\nc\n", newText: "a\nB\nc\n" };

describe("formatFileDiff", () => {
  it("is empty where nothing differs", () => {
    expect(formatFileDiff({ ...versions, newText: versions.oldText }, pipe)).toBe("");
  });

  it("is a unified diff that patch can read", () => {
    expect(formatFileDiff(versions, pipe)).toBe("--- old.cfg\n+++ new.cfg\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
  });

  it("tells that a last line end is missing", () => {
    expect(formatFileDiff({ ...versions, oldText: "a", newText: "a\n" }, pipe)).toContain(
      "\\ No newline at end of file\n",
    );
  });

  it("shows a file that is not there yet as new", () => {
    expect(formatFileDiff({ ...versions, oldText: undefined }, pipe)).toMatch(
      /^--- \/dev\/null\n\+\+\+ new\.cfg\n@@ -0,0 /,
    );
  });

  it("has git's colours on a terminal", () => {
    expect(formatFileDiff(versions, { colour: true, isTerminal: true })).toBe(
      "\u001b[1m--- old.cfg\u001b[0m\n\u001b[1m+++ new.cfg\u001b[0m\n\u001b[36m@@ -1,3 +1,3 @@\u001b[0m\n a\n\u001b[1;31m-b\u001b[0m\n\u001b[32m+B\u001b[0m\n c\n",
    );
  });

  it("lets no control character of the old file reach a terminal, and changes nothing for a pipe", () => {
    const hostile = { ...versions, oldText: "a\n\u001b[2Jb\nc\n" };
    expect(formatFileDiff(hostile, { colour: false, isTerminal: true })).not.toContain("\u001b");
    expect(formatFileDiff(hostile, pipe)).toContain("-\u001b[2Jb\n");
  });
});
