// What is changed in dependencies while they are bundled, each for the start-up time of `top` (README, The build).
// Every change is few lines, is looked for exactly once, and stops the build where it no longer applies;
// test/build/patches.test.ts holds patched frames against those of the packages as they were published.
import { readFileSync } from "node:fs";

/**
 * A stand-in for `new Intl.Segmenter()`: a text of plain one-column characters is split without it, as each of them is
 * a grapheme of its own; the real one (12 ms to make and to warm) comes with the first text that needs it.
 */
const lazySegmenter = `
const simpleText = /^[\\n\\x1b\\x20-\\x7e\\xa1-\\xac\\xae-\\u02ff\\u2010-\\u2027\\u2190-\\u2193\\u21e3\\u2298\\u2500-\\u257f\\u2581-\\u2588\\u25b4\\u25be\\u2713\\u2717]*$/;
function* characters(text) {
  for (let index = 0; index < text.length; index++) yield { segment: text[index], index };
}
function lazySegmenter(...settings) {
  let segmenter;
  return {
    segment(text) {
      if (simpleText.test(text)) {
        return {
          [Symbol.iterator]: () => characters(text),
          containing: (index) => (index < text.length ? { segment: text[index], index } : undefined),
        };
      }
      segmenter ??= new Intl.Segmenter(...settings);
      return segmenter.segment(text);
    },
  };
}
`;

/** The same characters without control characters: one column each, as output/width.ts says too. */
const plainText = lazySegmenter
  .split("\n")
  .filter((line) => line.startsWith("const simpleText"))
  .map((line) => `${line.replace("simpleText", "plainText").replace("\\n\\x1b", "")}\n`)
  .join("");

const segmenterPatch = { find: /= new Intl\.Segmenter\(/g, put: "= lazySegmenter(", before: lazySegmenter };

/**
 * A picture whose rows are one text each, from the left edge and without a style of their own, as the screen's are: each
 * row is worked out once and not in every frame. Anything else goes the way it did.
 */
const plainRows = `
const knownRows = new Map();
function plainRow(width, write) {
  const key = width + "\\0" + write.text;
  const known = knownRows.get(key);
  if (known !== undefined) return known;
  const output = new Output({ width, height: 1 });
  output.isRow = true;
  output.operations.push({ ...write, y: 0 });
  const row = output.get().output;
  if (knownRows.size >= 256) knownRows.delete(knownRows.keys().next().value);
  knownRows.set(key, row);
  return row;
}
function plainRows({ operations, width, height, isRow }) {
  if (isRow) return undefined;
  const rows = new Array(height).fill("");
  for (const write of operations) {
    const { type, x, y, text, transformers } = write;
    if (type !== "write" || x !== 0 || rows[y] !== "" || text.includes("\\n")) return undefined;
    if (transformers.some((transform) => transform(text, 0) !== text)) return undefined;
    rows[y] = plainRow(width, write);
  }
  return rows.join("\\n");
}
`;

/** By the end of a module's path: what is looked for, how often it must be there, and what stands there instead. */
const patches = {
  // Development only, and the reason that Ink could not be bundled: it imports a package that nobody has.
  "ink/build/reconciler.js": [
    { find: /^if \(process\.env\['DEV'\] === 'true'\) \{[\s\S]*?^\}\n/gm, times: 2, put: "" },
  ],
  "ink/build/output.js": [
    {
      find: "    get() {\n        // Initialize",
      put: `    get() {
        const rows = plainRows(this);
        if (rows !== undefined) return { output: rows, height: this.height };
        // Initialize`,
      before: plainRows,
    },
  ],
  // A text is measured for its layout, and that is kept: twice would be once too often.
  "ink/build/render-node-to-output.js": [
    { find: "import widestLine from 'widest-line';", put: "import measureText from './measure-text.js';" },
    { find: "const currentWidth = widestLine(text);", put: "const currentWidth = measureText(text).width;" },
  ],
  // A screen has a few dozen rows; thousands that were there before would only be held in memory.
  "ink/build/measure-text.js": [{ find: "maxSize: 4096", put: "maxSize: 256" }],
  "ink/build/wrap-text.js": [{ find: "maxSize: 4096", put: "maxSize: 256" }],
  // Instantiated at once from bytes: its own loader calls fetch() on a data URL, which makes Node load its HTTP stack.
  "yoga-layout/dist/src/index.js": [
    { find: /^import loadYoga from /m, put: "import loadYoga, { wasmBase64 } from " },
    {
      find: "const Yoga = wrapAssembly(await loadYoga());",
      put: `
const yogaModule = {
  instantiateWasm(imports, done) {
    const bytes = Buffer.from(wasmBase64, "base64");
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
    done(instance);
    return instance.exports;
  },
};
loadYoga(yogaModule);
const Yoga = wrapAssembly(yogaModule);`,
    },
  ],
  "yoga-layout/dist/binaries/yoga-wasm-base64-esm.js": [
    {
      find: /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/,
      put: '"data:,"',
      after: (found) => `\nexport const wasmBase64 = "${found}";\n`,
    },
  ],
  // No HTTP/2 is spoken to a stats page (allowH2: false); loading Node's costs 10 ms. undici itself does so where Node
  // was built without it.
  "undici/lib/dispatcher/client-h2.js": [{ find: "http2 = require('node:http2')", put: "http2 = { constants: {} }" }],
  // Its default import copies the module, which loads it (8 ms); it is for commands that are programs of their own.
  "commander/lib/command.js": [
    { find: "import childProcess from 'node:child_process';", put: "import { spawn } from 'node:child_process';" },
    { find: /childProcess\.spawn\(/g, times: 3, put: "spawn(" },
  ],
  "string-width/index.js": [
    segmenterPatch,
    // The marks that the screen is drawn with are one column wide each, without asking a RegExp of all emoji (20 ms).
    {
      find: "if (/^[\\u0020-\\u007E]*$/.test(string)) {",
      put: "if (plainText.test(string)) {",
      before: plainText,
    },
    {
      find: "const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;",
      put: 'let rgiEmoji; const rgiEmojiRegex = { test: (text) => (rgiEmoji ??= new RegExp("^\\\\p{RGI_Emoji}$", "v")).test(text) };',
    },
  ],
  "slice-ansi/tokenize-ansi.js": [segmenterPatch],
  "wrap-ansi/index.js": [segmenterPatch],
  "ink/build/line-update.js": [segmenterPatch],
  "@alcalzone/ansi-tokenize/build/tokenize.js": [segmenterPatch],
};

/** Applies one patch to a module's text; throws where the text is not what the patch was written for. */
function applyPatch(text, patch, path) {
  const { find, put, times = 1, before = "", after } = patch;
  const found =
    typeof find === "string" ? text.split(find).length - 1 : [...text.matchAll(new RegExp(find, withG(find)))];
  const count = typeof found === "number" ? found : found.length;
  if (count !== times)
    throw new Error(`${path}: the patch ${find} applies ${count} times and not ${times}: look at .ci/patches.mjs`);
  const tail = after === undefined ? "" : after(found[0][1]);
  return before + text.replace(find, () => put) + tail;
}

const withG = (find) => (find.flags.includes("g") ? find.flags : `${find.flags}g`);

/** The esbuild plugin. `applied` collects the paths, so that a package which is no longer bundled is noticed too. */
export function patchPlugin(applied = new Set()) {
  return {
    name: "patches",
    setup(build) {
      build.onLoad({ filter: /node_modules\/.*\.js$/ }, ({ path }) => {
        const key = Object.keys(patches).find((end) => path.endsWith(`/node_modules/${end}`));
        if (key === undefined) return undefined;
        applied.add(key);
        let text = readFileSync(path, "utf8");
        for (const patch of patches[key]) text = applyPatch(text, patch, key);
        return { contents: text };
      });
    },
  };
}

/** Every module that must have been met while the whole program was bundled. */
export const patchedModules = Object.keys(patches);
