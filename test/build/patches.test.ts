import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import * as ink from "ink";
import * as react from "react";
import { beforeAll, describe, expect, it } from "vitest";

type InkPart = { readonly ink: typeof ink; readonly react: typeof react };
type Bundler = {
  bundleChunk(name: string, options: { root: string; version: string }): Promise<string>;
};

const root = fileURLToPath(new URL("../../", import.meta.url));
let patched: InkPart;

beforeAll(async () => {
  const bundler = (await import(`${root}.ci/chunks.mjs`)) as Bundler;
  const text = await bundler.bundleChunk("ink", { root, version: "0" });
  const module = { exports: {} };
  runInThisContext(`(function (require, module) {${text}\n})`)(createRequire(import.meta.url), module);
  patched = module.exports as InkPart;
});

/** One frame of every kind of text that a row can hold, at a width that cuts some of it. */
function frame(
  { ink: { Box, Text, renderToString }, react: { createElement: h } }: InkPart,
  texts: string[],
  columns: number,
) {
  const cut = texts.map((text, key) => h(Text, { key, wrap: "truncate-end" }, text));
  const wrapped = texts.map((text, key) => h(Text, { key, wrap: "wrap" }, text));
  const boxed = texts.map((text, key) => h(Box, { key, borderStyle: "single" }, h(Text, { bold: true }, text)));
  return renderToString(h(Box, { flexDirection: "column" }, cut, wrapped, boxed), { columns });
}

/** The same random texts each time: a small linear congruential generator. */
function randomTexts(count: number): string[] {
  let seed = 42;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const pieces = [
    "a",
    "Z",
    " ",
    "0",
    "é",
    "ß",
    "…",
    "→",
    "⇣",
    "⊘",
    "✓",
    "✗",
    "│",
    "▾",
    "日本",
    "한",
    "👍🏽",
    "🇩🇪",
    "👨‍👩‍👧",
    "é",
    "✓️",
  ];
  const styles = ["\u001b[1;31m", "\u001b[0m", "\u001b[2m", "\u001b[7m"];
  return Array.from({ length: count }, () =>
    Array.from({ length: next(60) }, () => (next(6) === 0 ? styles[next(4)] : pieces[next(pieces.length)])).join(""),
  );
}

describe("patches of the build", () => {
  it("give the same frames as the packages as they were published", () => {
    const published = { ink, react };
    for (const columns of [20, 60, 133]) {
      const texts = randomTexts(120);
      expect(frame(patched, texts, columns)).toBe(frame(published, texts, columns));
    }
  });

  it("give the same rows where a picture is nothing but rows, also when it is drawn again", () => {
    const rows = ({ ink: { Box, Text, renderToString }, react: { createElement: h } }: InkPart, texts: string[]) =>
      renderToString(
        h(
          Box,
          { flexDirection: "column", flexShrink: 0 },
          texts.map((text, key) => h(Text, { key, wrap: "truncate-end" }, text === "" ? " " : text)),
        ),
        { columns: 60 },
      );
    const texts = randomTexts(400);
    for (const from of [0, 150, 300, 0]) {
      const some = texts.slice(from, from + 100);
      expect(rows(patched, some)).toBe(rows({ ink, react }, some));
    }
  });

  it("split every plain character as Intl.Segmenter does", () => {
    const source = readFileSync(`${root}.ci/patches.mjs`, "utf8");
    const [, code = ""] = /const lazySegmenter = `([\s\S]*?)\n`;/.exec(source) ?? [];
    const lazySegmenter = runInThisContext(`${code.replaceAll("\\\\", "\\")}; lazySegmenter`);
    const simple: string[] = [];
    for (let point = 0; point < 0x3000; point += 1) simple.push(String.fromCharCode(point));
    const pairs = simple.map((character, index) => character + (simple[(index * 7) % simple.length] ?? ""));
    for (const text of [...simple, ...pairs]) {
      const real = [...new Intl.Segmenter().segment(text)].map(({ segment, index }) => [segment, index]);
      const lazy = [...lazySegmenter().segment(text)].map(({ segment, index }) => [segment, index]);
      expect(lazy, JSON.stringify(text)).toEqual(real);
    }
  });
});
