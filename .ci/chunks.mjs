// The parts of dist/k3s-lb.js. What is ours is in `main`, lazily evaluated by dynamic import, but for the commands that
// configure and examine (`tools`): every function of a part costs a little at its start, and top is in a hurry. A
// package that only some commands need is a part of its own, read and compiled when it is first asked for. Zod is where
// it is used, as what nobody uses of it can be seen and left out there.
import { join, relative } from "node:path";
import { build } from "esbuild";
import { patchedModules, patchPlugin } from "./patches.mjs";

/** By part: the modules that are asked for by these names, and the name under which the part exports each. */
export const packageChunks = {
  ink: { ink: "ink", react: "react", "react/jsx-runtime": "jsx" },
  undici: { undici: "undici" },
  yaml: { yaml: "yaml" },
};

/** The modules of ours, below `src`, whose dynamic import asks for the part `tools`. */
const isTool = (path) =>
  /^(?:commands\/(?:(?:completion|doctor|generate|init|lint|man|record|replay|watch)-run|demo-(?:play|serve))|generate\/[\w-]+)\.ts$/.test(
    path,
  );

/** What both parts must have in common: errors are known by their class. */
const shared = "domain/user-error.ts";

/**
 * Parts `main` from `tools`, and notes in `tools` which modules are asked for. `tools` has copies of its own of what it
 * shares with `main`, but for the one class.
 */
function ownPartsPlugin(name, src, tools) {
  return {
    name: "own-parts",
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ kind, path, resolveDir }) => {
        const module = relative(src, join(resolveDir, path));
        if (name === "main" && kind === "dynamic-import" && isTool(module)) {
          tools.add(module);
          return { path: `k3s-lb/tools/${module}`, external: true };
        }
        return name === "tools" && module === shared ? { path: "k3s-lb/main", external: true } : undefined;
      });
    },
  };
}

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
export async function bundleChunk(name, { root, version, applied, tools = new Set() }) {
  const names = packageChunks[name];
  const external = Object.values(packageChunks).flatMap((chunk) => (chunk === names ? [] : Object.keys(chunk)));
  const contents = entries[name] ?? (names === undefined ? ownEntries[name](tools) : entryOf(names));
  const result = await build({
    stdin: { contents, resolveDir: root, sourcefile: `${name}.js` },
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
    plugins: [patchPlugin(applied), ...(names === undefined ? [ownPartsPlugin(name, join(root, "src"), tools)] : [])],
  });
  return result.outputFiles[0].text;
}

const ownEntries = {
  main: () => `import "./src/main.ts";\nexport { UserError } from "./src/${shared}";`,
  tools: (modules) =>
    `exports.modules = {\n${[...modules]
      .sort()
      .map((path) => `${JSON.stringify(path)}: () => require("./src/${path}"),\n`)
      .join("")}};`,
};

const entryOf = (names) =>
  Object.entries(names)
    .map(([module, exported]) => `export * as ${exported} from ${JSON.stringify(module)};`)
    .join("\n");

/** Bundles every part and makes sure that each patch was needed. */
export async function bundleChunks(options) {
  const applied = new Set();
  const tools = new Set();
  const names = ["main", "tools", ...Object.keys(packageChunks)];
  // Which modules `tools` has is known when `main` has been read.
  const main = await bundleChunk("main", { ...options, applied, tools });
  const others = names.slice(1).map((name) => bundleChunk(name, { ...options, applied, tools }));
  const texts = [main, ...(await Promise.all(others))];
  const unused = patchedModules.filter((path) => !applied.has(path));
  if (unused.length > 0) throw new Error(`no longer bundled, so drop their patches: ${unused.join(", ")}`);
  return names.map((name, index) => ({ name, text: texts[index] }));
}
