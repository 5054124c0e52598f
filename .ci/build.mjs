// Builds the one executable file, dist/k3s-lb.js.
import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const outfile = join(root, "dist", "k3s-lb.js");
mkdirSync(dirname(outfile), { recursive: true });

await build({
  absWorkingDir: root,
  entryPoints: ["src/main.ts"],
  outfile,
  bundle: true,
  minify: true,
  platform: "node",
  format: "esm",
  target: "node22",
  jsx: "automatic",
  legalComments: "none",
  logLevel: "warning",
  define: {
    "process.env.NODE_ENV": '"production"',
    "process.env.DEV": '"false"',
    K3S_LB_VERSION: JSON.stringify(version),
  },
  banner: {
    js: '#!/usr/bin/env node\nimport{createRequire as $cr}from"node:module";const require=$cr(import.meta.url);',
  },
});
chmodSync(outfile, 0o755);
