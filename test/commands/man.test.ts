import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli.ts";
import { runMan } from "../../src/commands/man-run.ts";
import { manualPages } from "../../src/commands/manual-pages.ts";
import { escapeRoff } from "../../src/output/manual-roff.ts";
import { commandWords } from "../../src/ui/command-line.ts";
import { keymap } from "../../src/ui/key-table.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const program = () => createProgram(createFakeShell().shell);

async function page(...names: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(["man", ...names], { cwd: "/" });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** Runs `man` at a terminal whose PATH holds nothing but this script as man. */
async function atTerminal(script: string | undefined): Promise<{ shown: string; folder: string }> {
  const folder = await tempDir();
  await mkdir(join(folder, "bin"));
  const man = join(folder, "bin", "man");
  if (script !== undefined) await writeFile(man, `#!/bin/sh\n${script}\n`);
  if (script !== undefined) await chmod(man, 0o755);
  const { shell, out } = createFakeShell({ env: { PATH: join(folder, "bin"), OUT: folder }, stdout: { columns: 60 } });
  expect(await runMan(shell, createProgram(shell), "drain", {})).toBe(0);
  return { shown: out(), folder };
}

describe("man", () => {
  it("has the usual sections, in their order", async () => {
    const headings = (text: string) => [...text.matchAll(/^\.SH "?([^"\n]*)/gm)].map(([, heading]) => heading);
    expect(headings(await page())).toEqual([
      ...["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "KEYS", "COMMANDS OF TOP"],
      ...["EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"],
    ]);
    expect(headings(await page("drain"))).toEqual([
      ...["NAME", "SYNOPSIS", "DESCRIPTION", "ARGUMENTS", "OPTIONS", "OPTIONS OF EVERY COMMAND"],
      ...["EXIT STATUS", "EXAMPLES", "SEE ALSO"],
    ]);
  });

  it("names in the one page every command, flag, argument, choice and default that the help has", async () => {
    const text = await page();
    const visit = (command: ReturnType<typeof program>): readonly string[] => {
      const help = command.createHelp();
      return [
        help.commandUsage(command),
        ...help.visibleOptions(command).map((option) => help.optionDescription(option)),
        ...help.visibleArguments(command).map((argument) => help.argumentDescription(argument)),
        ...command.commands.flatMap(visit),
      ];
    };
    const wanted = program().commands.flatMap(visit);
    expect(wanted.length).toBeGreaterThan(150);
    const missing = (each: string) => !text.includes(escapeRoff(each));
    expect(wanted.filter(missing)).toEqual([]);
    const flags = program().commands.flatMap(({ options }) => options.filter(({ hidden }) => !hidden));
    const plain = text.replaceAll(/\\f[BIR]/g, "");
    expect(flags.filter(({ flags }) => !plain.includes(`\n${escapeRoff(flags)}\n`)).map(({ flags }) => flags)).toEqual(
      [],
    );
  });

  it("names every key and every command of top", async () => {
    for (const text of [await page(), await page("top")]) {
      const told = text.split("\n");
      expect(keymap.filter(({ label }) => !told.includes(escapeRoff(label)))).toEqual([]);
      expect(commandWords.filter(({ does }) => !told.includes(escapeRoff(does)))).toEqual([]);
    }
  });

  it("knows a command by its alias and by the name of its page", async () => {
    expect(await page("undrain")).toBe(await page("enable"));
    expect(await page("k3s-lb-drain")).toBe(await page("drain"));
    expect(await page("k3s-lb")).toBe(await page());
  });

  it("prints the same page again, in ASCII and without a date", async () => {
    const text = await page();
    expect(await page()).toBe(text);
    expect(text).toMatch(/^\.TH "K3S\\-LB" 1 "" "k3s\\-lb 0\.0\.0\\-test" "User Commands"\n[\x20-\x7e\n]+$/);
  });

  it("names the commands there are when asked for another", async () => {
    const { code, stdout, stderr } = await runCli(["man", "drian"], { cwd: "/" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^k3s-lb: there is no command "drian"; did you mean "drain"\?\n {2}There are top, status/);
  });

  it("lets man show the page at a terminal", async () => {
    const { shown, folder } = await atTerminal('echo "$@" > $OUT/args; /bin/cat > $OUT/page');
    expect([shown, await readFile(join(folder, "args"), "utf8")]).toEqual(["", "-l -\n"]);
    expect(await readFile(join(folder, "page"), "utf8")).toBe(await page("drain"));
  });

  it.each([
    ["there is no man", undefined],
    ["man takes no page from its input", 'echo "man: illegal option -- l" >&2; exit 1'],
  ])("shows text at a terminal where %s", async (_, script) => {
    const { shown } = await atTerminal(script);
    expect(shown).toMatch(/^NAME\n {7}k3s-lb-drain - take masters out of service on every\n {7}node: no new/);
    expect(shown).toContain("\nOPTIONS\n       --dry-run\n              print the plan and send nothing\n");
  });
});

describe("man -O", () => {
  const names = manualPages(program()).map(({ name }) => `${name}.1`);

  it("writes every page, and leaves alone what is the same", async () => {
    const cwd = await tempDir();
    const told = (word: string) => names.map((name) => `${word}  man/${name}\n`).join("");
    expect(await runCli(["man", "-O", "man"], { cwd })).toEqual({ code: 0, stdout: "", stderr: told("written") });
    expect((await readdir(join(cwd, "man"))).toSorted()).toEqual(names.toSorted());
    const text = await readFile(join(cwd, "man", "k3s-lb-drain.1"), "utf8");
    expect(text.replace(/^.*\n/, "")).toBe(await page("drain"));
    expect(text).toMatch(/^\.\\" k3s-lb man -O \(do not edit: sha256 [0-9a-f]{16}\)\n/);
    expect((await runCli(["man", "-O", "man"], { cwd })).stderr).toBe(told("unchanged"));
  });

  it("replaces no file that is not its own or was edited, unless it may", async () => {
    const cwd = await tempDir();
    await writeFile(join(cwd, "k3s-lb-top.1"), "mine\n");
    const { code, stderr } = await runCli(["man", "-O", "."], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "k3s-lb: k3s-lb-top.1 is there already, and not from k3s-lb\n  --overwrite replaces it.\n",
    });
    expect(await readdir(cwd)).toEqual(["k3s-lb-top.1"]);
    expect((await runCli(["man", "-O", ".", "--overwrite"], { cwd })).code).toBe(0);
    await writeFile(join(cwd, "k3s-lb.1"), `${await readFile(join(cwd, "k3s-lb.1"), "utf8")}.\\" mine\n`);
    expect((await runCli(["man", "-O", "."], { cwd })).stderr).toMatch(
      "k3s-lb.1 was edited by hand since k3s-lb wrote it",
    );
  });

  it.each([
    [["drain", "-O", "."], "-O writes every page"],
    [["--overwrite"], "--overwrite goes with -O"],
  ])("refuses %j", async (args, words) => {
    const { code, stderr } = await runCli(["man", ...args], { cwd: await tempDir() });
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
