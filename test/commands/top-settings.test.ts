import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findTopSettings, type TopSettings } from "../../src/commands/top-settings.ts";
import { intentOf } from "../../src/ui/keymap.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { tempDir } from "../support/temp-dir.ts";

async function read(text: string): Promise<TopSettings> {
  const file = join(await tempDir(), "top.yaml");
  await writeFile(file, text);
  const found = await findTopSettings(createFakeShell({ env: { K3S_LB_TOP_CONFIG: file } }).shell);
  return found.read();
}

async function refusal(text: string): Promise<string> {
  const error: unknown = await read(text).catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message.replaceAll(/\/\S*top\.yaml/g, "top.yaml") : "";
}

describe("findTopSettings", () => {
  it("reads looks and keys", async () => {
    const { keys, ...looks } = await read("theme: tritanopia\nascii: true\nkeys: { freeze: [F], act: ['1'] }\n");
    expect(looks).toEqual({ theme: "tritanopia", ascii: true });
    expect(intentOf("F", "table", keys)).toEqual({ kind: "pause" });
    expect(intentOf("1", "table", keys)).toEqual({ kind: "act" });
    expect(intentOf("j", "table", keys)).toEqual({ kind: "move", by: 1 });
  });

  it("takes the example of the README as it stands", async () => {
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    const [, example = ""] = /## Settings of top\n.*?```yaml\n(.*?)```/s.exec(readme) ?? [];
    expect(await read(example)).toMatchObject({ theme: "light", ascii: true, plain: false, mouse: false });
  });

  it("takes a file that says nothing", async () => {
    expect(Object.keys(await read("# nothing yet\nkeys:\n"))).toEqual(["keys"]);
  });

  it("wants nothing where there is no file", async () => {
    const found = await findTopSettings(createFakeShell({ env: { HOME: "/nonexistent" } }).shell);
    expect([found.isThere, await found.read()]).toEqual([false, {}]);
  });

  it("tells every mistake at once, with its place and the nearest right word", async () => {
    expect(
      await refusal(`theme: lihgt
ascii: yes
colour: on
keys:
  freez: [f]
  mark: [1]
  down: j
  up: [F5]
  quit: []
  help: [q]
  act: [~]
`),
    ).toMatchInlineSnapshot(`
      "top.yaml has 9 mistakes:
      top.yaml:1:8: theme is "lihgt"; expected one of auto, dark, light, deuteranopia, protanopia, tritanopia, mono; did you mean "light"?
      top.yaml:2:8: ascii is "yes"; expected true or false
      top.yaml:3:1: unknown key "colour"; expected theme, ascii, plain, mouse, keys
      top.yaml:5:3: unknown key "freez" in keys; expected one of 72 names; did you mean "freeze"?
      top.yaml:6:10: keys.mark[0] is the number 1; expected a key (write digits in quotes)
      top.yaml:7:9: keys.down is "j"; expected a list of keys, such as [j, down]
      top.yaml:8:8: "F5" is no key; expected a character such as x, G or "?", ctrl-a to ctrl-z, up, down, left, right, home, end, pageup, pagedown, tab, shift-tab, enter, esc, space, backspace
      top.yaml:9:9: quit is left without a key; expected one at least, or nobody gets out again
      top.yaml:11:9: keys.act[0] is empty; expected a key (write digits in quotes)"
    `);
  });

  it("tells what is no YAML, and what is no mapping", async () => {
    expect(await refusal("theme: [light\n")).toMatch(/^top\.yaml:2:1: the indentation does not fit/);
    expect(await refusal("- a\n")).toBe(
      "top.yaml:1:1: the file is a list; expected a mapping of theme, ascii, plain, mouse and keys",
    );
  });
});
