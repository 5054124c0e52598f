// The parts of dist/k3s-lb.js. Everything of ours is in `main`, lazily evaluated by dynamic import; a package that only
// some commands need is a part of its own, read and compiled when it is first asked for. Zod is in `main`, where what
// nobody uses of it can be seen and left out.
import { join } from "node:path";
import { build } from "esbuild";
import { patchedModules, patchPlugin } from "./patches.mjs";

/** By part: the modules that are asked for by these names, and the name under which the part exports each. */
export const packageChunks = {
  ink: { ink: "ink", react: "react", "react/jsx-runtime": "jsx" },
  undici: { undici: "undici" },
  yaml: { yaml: "yaml" },
};

/**
 * The parts that are not the whole package. Of undici only the client of one connection is wanted: all of it takes three
 * times as long to load. Like Node's own copy of undici it comes without the experimental parser of HTTP.
 */
const entries = {
  ink: `import { Box, Text, render, renderToString, useInput, usePaste } from "ink";
import * as react from "react";
import * as jsx from "react/jsx-runtime";
export const ink = { Box, Text, render, renderToString, useInput, usePaste };
export { react, jsx };`,
  undici: 'import Client from "undici/lib/dispatcher/client.js";\nexport const undici = { Client };',
};

/** Bundles one part. Shape: resolves to the text of a CommonJS module, ASCII only. */
export async function bundleChunk(name, { root, version, applied }) {
  const names = packageChunks[name];
  const external = Object.values(packageChunks).flatMap((chunk) => (chunk === names ? [] : Object.keys(chunk)));
  const input =
    names === undefined
      ? { entryPoints: [join(root, "src", "main.ts")] }
      : { stdin: { contents: entries[name] ?? entryOf(names), resolveDir: root, sourcefile: `${name}.js` } };
  const result = await build({
    ...input,
    absWorkingDir: root,
    bundle: true,
    write: false,
    minify: true,
    // A stack in a bug report names functions as the sources do.
    keepNames: names === undefined,
    platform: "node",
    format: "cjs",
    target: "node22",
    jsx: "automatic",
    legalComments: "none",
    logLevel: "warning",
    external,
    // A part asks the launcher for another by require, also where the sources import it when it is needed.
    supported: { "dynamic-import": false },
    define: {
      "process.env.NODE_ENV": '"production"',
      "process.env.DEV": '"false"',
      "import.meta.url": "undefined",
      K3S_LB_VERSION: JSON.stringify(version),
      esbuildDetection: "1",
    },
    plugins: [patchPlugin(applied)],
  });
  return result.outputFiles[0].text;
}

const entryOf = (names) =>
  Object.entries(names)
    .map(([module, exported]) => `export * as ${exported} from ${JSON.stringify(module)};`)
    .join("\n");

/** Bundles every part and makes sure that each patch was needed. */
export async function bundleChunks(options) {
  const applied = new Set();
  const names = ["main", ...Object.keys(packageChunks)];
  const texts = await Promise.all(names.map((name) => bundleChunk(name, { ...options, applied })));
  const unused = patchedModules.filter((path) => !applied.has(path));
  if (unused.length > 0) throw new Error(`no longer bundled, so drop their patches: ${unused.join(", ")}`);
  return names.map((name, index) => ({ name, text: texts[index] }));
}
