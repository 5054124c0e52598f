import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readCfg } from "../../src/domain/cfg-file.ts";
import { type CfgWords, splitCfgWords } from "../../src/domain/cfg-words.ts";
import { installedHaproxy, skipsRealHaproxy } from "../support/real-haproxy.ts";

const skip = skipsRealHaproxy();
const programs = [installedHaproxy?.path ?? "", ...(process.env["K3S_LB_TEST_HAPROXIES"]?.split(":") ?? [])].filter(
  Boolean,
);
const folder = mkdtempSync(join(tmpdir(), "k3s-lb-cfg-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What HAProxy says to a configuration, by the line: the texts of its notices, and which lines it refuses. */
function ask(program: string, text: string) {
  const file = join(folder, "a.cfg");
  writeFileSync(file, text);
  const { stderr } = spawnSync(program, ["-c", "-f", file], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "" },
  });
  const notices = new Map<number, string>();
  const refused = new Set<number>();
  for (const message of stderr.split(/^\[(?=[A-Z]+\])/m)) {
    const [, level, line, words = ""] = /^([A-Z]+)\].*?parsing \[.*?:(\d+)\] ?: (.*)$/s.exec(message) ?? [];
    if (level === "NOTICE") notices.set(Number(line), words.replace(/^'/, "").replace(/'\.\n$/, ""));
    if (level === "ALERT") refused.add(Number(line));
  }
  return { notices, refused };
}

/** HAProxy says nothing of these two, or only from 3.2 on. */
const isQuiet = ({ problem }: CfgWords) => problem === undefined || problem.text.startsWith("a carriage return");
const isEmptyWord = ({ problem }: CfgWords) => problem?.text.includes("is empty") === true;

const piece = fc.oneof(
  fc.constantFrom("a", "Z", "0", ".", "/", ":", "{", "}", "-", "é", "日", "=", "%", "[", "]", "*", "(", ")"),
  fc.constantFrom(
    '"',
    "'",
    "\\",
    "#",
    " ",
    "\t",
    "\\ ",
    '\\"',
    "\\'",
    "\\\\",
    "\\#",
    "\\x41",
    "\\x",
    "\\t",
    "$A",
    "\\$",
  ),
);
const line = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));

/** The three ways to write a word so that it is read as it is. */
const quotings: readonly ((word: string) => string)[] = [
  (word) => `"${word.replace(/["\\$]/g, "\\$&")}"`,
  (word) => word.replace(/[ "'\\#]/g, "\\$&").replaceAll("\t", "\\t"),
  (word) =>
    word
      .split("'")
      .map((part) => `'${part}'`)
      .join("\\'"),
];

describe.skipIf(skip).each(programs)("the reader beside %s", (program) => {
  it("makes the words of a line that HAProxy makes, or stumbles where it does", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 40 }), (texts) => {
        const lines = texts.map((text) => `.notice ${text}`);
        const reads = lines.map((text) => ({ text, ...splitCfgWords(text) })).filter((read) => !isEmptyWord(read));
        const groups = [
          reads.filter((read) => !isQuiet(read)),
          reads.filter((read) => isQuiet(read) && read.words.length > 2),
          reads.filter((read) => isQuiet(read) && read.words.length <= 2),
        ];
        // One kind at a time: from 3.2 on a line that cannot be read keeps HAProxy from looking at the others.
        for (const group of groups) {
          const { notices, refused } = ask(program, group.map(({ text }) => `${text}\n`).join(""));
          for (const [index, { text, words, variables }] of group.entries()) {
            expect([text, refused.has(index + 1)]).toEqual([text, group !== groups[2]]);
            if (group !== groups[2] || variables.length > 0) continue;
            expect([text, notices.get(index + 1)]).toEqual([text, words[1] ?? ""]);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("reads back every word that is quoted", () => {
    const word = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((text) => !/[\0-\x08\n-\x1f\x7f]/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), fc.constantFrom(...quotings), (words, quote) => {
        const lines = words.map((text) => `.notice ${quote(text)}`);
        expect(lines.map((text) => splitCfgWords(text).words)).toEqual(words.map((text) => [".notice", text]));
        const { notices, refused } = ask(program, `${lines.join("\n")}\n`);
        expect([...refused]).toEqual([]);
        expect([...notices.values()]).toEqual(words);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ["a byte order mark", "\ufeffglobal\n", 1],
    ["a last line without an end", "global\n daemon", 2],
    ["a NUL byte", "global\n node a\0b\n", 2],
    ["a condition that is not closed", "global\n.if 1\n", 2],
    ["a lone .else", "global\n.else\n", 2],
    ["a word behind .endif", ".if 1\n.endif x\n", 2],
    ["a directive that there is not", "global\n.fi\n", 2],
    ["65 words", `global\n description ${"x ".repeat(63)}y\n`, 2],
    ["a line in no section", " daemon\n", 1],
  ])("refuses %s, as HAProxy does", (_, text, number) => {
    expect(ask(program, text).refused).toContain(number);
    expect(readCfg([{ file: "a", text }]).problems.length).toBeGreaterThan(0);
  });

  it.each([
    ["carriage returns", "global\r\n daemon\r\n"],
    ["keywords that are not indented, sections that are", "global\ndaemon\n  defaults\nmode tcp\n"],
    ["comments inside a word", "global\n node a#b\n"],
    ["both branches", ".if 1\nglobal\n.elif 1\n.else\n.endif\n"],
    ["64 words", `global\n description ${"x ".repeat(62)}y\n`],
  ])("takes %s, as HAProxy does", (_, text) => {
    expect([...ask(program, text).refused]).toEqual([]);
    expect(readCfg([{ file: "a", text }]).problems).toEqual([]);
  });
});
