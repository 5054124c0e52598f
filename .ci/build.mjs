// Builds the one executable file, dist/k3s-lb.js: a launcher and the parts of the program (chunks.mjs). Then that program
// writes the pages of its manual into dist/man, which package.json names for npm.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { transform } from "esbuild";
import { bundleChunks, packageChunks } from "./chunks.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const chunks = await bundleChunks({ root, version });

// A comment must not end early; the launcher takes the mark out again.
const plain = chunks.map(({ text }) => text.trimEnd().replaceAll("*/", "*\x01/"));
// Node reads the whole file at every start: what no start is in a hurry for takes a third of its room.
const packed = ({ name }) => name === "tools";
const bodies = chunks.map((chunk, index) =>
  packed(chunk) ? deflateRawSync(plain[index], { level: 9 }).toString("base64url") : plain[index],
);
const places = {};
let offset = 0;
for (const [index, { name, text }] of chunks.entries()) {
  const body = bodies[index];
  if (/[^\x00-\x7f]/.test(text) || text.includes("\x01")) throw new Error(`${name}: only plain ASCII can be embedded`);
  places[name] = [offset, body.length, packed({ name })];
  offset += body.length + 1;
}
const tail = `${bodies.join("\n")}\n*/\n`;
const packages = {};
for (const [chunk, names] of Object.entries(packageChunks)) {
  for (const [module, exported] of Object.entries(names)) packages[module] = [chunk, exported];
}
const values = {
  __NEEDED__: JSON.stringify(engines.node.replace(">=", "").split(".").map(Number)),
  __CHUNKS__: JSON.stringify(places),
  __PACKAGES__: JSON.stringify(packages),
  __SIZE__: String(tail.length),
  __BUILD__: createHash("sha256").update(plain.join("\n")).digest("hex").slice(0, 12),
};
const source = readFileSync(join(root, ".ci", "launcher.cjs"), "utf8").replace(
  /__[A-Z]+__/g,
  (name) => values[name] ?? name,
);
// Old enough for Node 16 to parse, whatever the sources of the launcher use.
const { code } = await transform(source, { minify: true, target: "node16", legalComments: "none" });

const outfile = join(root, "dist", "k3s-lb.js");
mkdirSync(dirname(outfile), { recursive: true });
const draft = `${outfile}.${process.pid}`;
writeFileSync(draft, `#!/usr/bin/env node\n${code.trimEnd()}\n/*\n${tail}`);
chmodSync(draft, 0o755);
// In one step, so that a program which starts meanwhile reads the old file or the new one.
renameSync(draft, outfile);

const manual = join(root, "dist", "man");
rmSync(manual, { recursive: true, force: true });
const written = spawnSync(process.execPath, [outfile, "man", "-O", manual], {
  encoding: "utf8",
  // Nothing of this person's decides a page, and what is built leaves nothing in their cache.
  env: { NODE_DISABLE_COMPILE_CACHE: "1" },
});
if (written.status !== 0) throw new Error(`the manual could not be written: ${written.stderr}`);
