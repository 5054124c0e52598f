import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Cfg, linesOf, readCfg } from "../../src/domain/cfg-file.ts";

const read = (...texts: readonly string[]): Cfg => readCfg(texts.map((text, at) => ({ file: `${at}.cfg`, text })));

/** Sections in short: keyword, name, and the first words of the lines. */
const outline = ({ sections }: Cfg) =>
  sections.map(({ keyword, name, lines }) => [keyword, name, ...lines.map(({ words }) => words[0])].join(" "));

const problems = (text: string) => read(text).problems.map(({ number, text: words }) => `${number}: ${words}`);

describe("readCfg", () => {
  it("reads the sample as its role renders it", () => {
    const text = readFileSync(new URL("../fixtures/sample-rendered.cfg", import.meta.url), "utf8");
    const cfg = readCfg([{ file: "haproxy.cfg", text }]);
    expect(cfg.problems).toEqual([]);
    expect(cfg.sections.map(({ keyword, name, lines }) => `${keyword} ${name} ${lines.length}`)).toEqual([
      "global  13",
      "defaults  14",
      "listen stats 11",
      "frontend kubernetes_master_kube_api 4",
      "backend k8s-de1-kube-api 9",
    ]);
    expect(cfg.sections[4]?.lines.at(-1)).toMatchObject({
      number: 72,
      words: expect.arrayContaining(["master-3:6443"]),
    });
  });

  it("begins a section at its keyword, however it is indented, and keeps sections that it has no use for", () => {
    expect(outline(read("global\ndaemon\n  resolvers dns\n nameserver a b:1\n\tpeers p\n peer x y:1\n"))).toEqual([
      "global  daemon",
      "resolvers dns nameserver",
      "peers p peer",
    ]);
  });

  it("reads the names of defaults, with and without from", () => {
    const { sections } = read("defaults\ndefaults a\ndefaults b from a\ndefaults from b\nbackend x from b\n");
    expect(sections.map(({ name, from }) => [name, from])).toEqual([
      ["", ""],
      ["a", ""],
      ["b", "a"],
      ["", "b"],
      ["x", "b"],
    ]);
  });

  it("takes no and default off the words and keeps them beside", () => {
    const [section] = read('defaults\n no option redispatch\n default option x\n no log\n option "$A"\n').sections;
    expect(section?.lines.map(({ modifier, words }) => [modifier, ...words])).toEqual([
      ["no", "option", "redispatch"],
      ["default", "option", "x"],
      ["no", "log"],
      [undefined, "option", "$A"],
    ]);
    expect(section && linesOf(section, "option")).toHaveLength(1);
  });

  it("gives a comment to the section it stands in, and one right above a header to that header", () => {
    const { sections } = read("# lost\n\nglobal # g\n # in\n daemon # on\n# last\n\n# b1\n# b2\nbackend b\n# end\n");
    expect(sections.map(({ comments }) => comments.map(({ number, text }) => `${number} ${text}`))).toEqual([
      ["3 g", "4 in", "5 on", "6 last"],
      ["8 b1", "9 b2", "11 end"],
    ]);
  });

  it("reads both branches of a condition and keeps the directives apart", () => {
    const cfg = read('global\n.if defined(X)\n node a\n .else\n node b\n.endif\n .notice "x y"\n');
    expect(outline(cfg)).toEqual(["global  node node"]);
    expect(cfg.directives.map(({ words }) => words[0])).toEqual([".if", ".else", ".endif", ".notice"]);
    expect(cfg.problems).toEqual([]);
  });

  it("ends a section with its file", () => {
    const cfg = read("global\n daemon\n", " node x\nlisten l\n mode tcp\n");
    expect(outline(cfg)).toEqual(["global  daemon", "listen l mode"]);
    expect(cfg.problems).toEqual([{ file: "1.cfg", number: 1, column: 1, text: "this stands in no section" }]);
    expect(cfg.files).toEqual(["0.cfg", "1.cfg"]);
  });

  it.each([
    ["\ufeffglobal\n", "1: a byte order mark stands in front of the first word: HAProxy does not know that word"],
    ["global\n daemon", "2: the last line has no line end: HAProxy takes the file for a cut one"],
    ["global\n node a\0b\n", "2: a NUL byte: HAProxy takes the file for a cut one"],
    ["global\n .if 1\n", "3: an .if is not closed by .endif"],
    ["global\n .else\n", "2: .else without an .if"],
    [".if 1\n.else\n.elif 1\n.endif\n", "3: .elif after .else"],
    [".if 1\n.endif x\n", "2: .endif takes no words"],
    [".fi\n", "1: a directive that HAProxy does not know"],
    [".alert a b\n", "1: .alert takes one word; several want quotes around them"],
    ["global\n node 'x\n", "2: a quote is not closed"],
  ])("says of %j what HAProxy cannot read", (text, words) => {
    expect(problems(text)).toEqual([words]);
  });

  it("reads CRLF, scopes in brackets and an empty file", () => {
    expect(outline(read("[all]\r\nglobal\r\n  daemon\r\n"))).toEqual(["global  daemon"]);
    expect(problems("[all]\r\nglobal\r\n  daemon\r\n")).toEqual([]);
    expect(read("").problems).toEqual([]);
  });

  it("reads four megabytes in a moment", () => {
    const text = `backend b\n${' server m1 "10.0.0.1:6443" check # c\n'.repeat(110_000)}`;
    expect(read(text).sections[0]?.lines).toHaveLength(110_000);
    expect(read(`global\n description ${"x".repeat(4_000_000)}\n`).problems).toEqual([]);
  });
});
