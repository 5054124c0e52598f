// Runs one task of this repository: `node .ci/task.mjs start|test|build|check|fix|bench [arguments]`.
// Written for any Node from 18 on, without packages: it installs them, finds the Node that they brought, and
// hands over to that one. So `npm start` and `npm test` work on a fresh clone, whatever Node the machine has.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const neededNode = packageJson.engines.node.replace(">=", "");
const [task = "", ...args] = process.argv.slice(2);

function fail(text, code = 1) {
  process.stderr.write(`k3s-lb: ${text}\n`);
  process.exit(code);
}

function isAtLeast(version, needed) {
  const [a, b] = [version, needed].map((text) => text.split(".").map(Number));
  for (let i = 0; i < b.length; i++) if ((a[i] ?? 0) !== b[i]) return (a[i] ?? 0) > b[i];
  return true;
}

/** Installs what the lock file says, once per lock file. A half-done installation has no stamp and is done again. */
function install() {
  const modules = join(root, "node_modules");
  const stamp = join(modules, ".k3s-lb-installed");
  const hash = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  process.stderr.write("k3s-lb: installing the development packages (about 20 s, once) …\n");
  rmSync(stamp, { force: true });
  const npm = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = process.env.npm_execpath
    ? spawnSync(process.execPath, [process.env.npm_execpath, ...npm], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", npm, { cwd: root, stdio: ["ignore", 2, 2] });
  if (run.status !== 0) fail("npm ci failed; its own words are above. Is the npm registry reachable?");
  writeFileSync(stamp, hash);
}

/** The Node that the `.node` workspace brought; this one where it is new enough and the platform has no such package. */
function findNode() {
  const brought = join(root, "node_modules", ".bin", "node");
  for (const candidate of [brought, process.execPath]) {
    const run = spawnSync(candidate, ["-p", "process.versions.node"], { encoding: "utf8" });
    if (run.status === 0 && isAtLeast(run.stdout.trim(), neededNode)) return candidate;
  }
  return fail(
    `this needs Node ${neededNode} or newer; this is ${process.versions.node}, and no package with a newer one exists for ${process.platform}-${process.arch}`,
  );
}

install();
const node = findNode();
const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
const env = { ...process.env, PATH: path };

function run(...words) {
  const child = spawnSync(node, words, { cwd: root, stdio: "inherit", env });
  if (child.status !== 0) process.exit(child.status ?? 1);
}

const bin = (name) => join(root, "node_modules", ...name.split("/"));
const build = () => run(".ci/build.mjs");
const biome = bin("@biomejs/biome/bin/biome");
const tsc = bin("typescript/bin/tsc");

function check() {
  run(tsc, "-p", "tsconfig.json");
  run(tsc, "-p", "test/tsconfig.json", "--noEmit");
  run(biome, "check", "--error-on-warnings", ".");
}

const tasks = {
  build,
  check,
  fix: () => run(biome, "check", "--write", "."),
  start() {
    build();
    run("dist/k3s-lb.js", "demo", ...args);
  },
  test() {
    check();
    build();
    run(bin("vitest/vitest.mjs"), "run", "--config", ".ci/vitest.config.mjs", ...args);
  },
  bench() {
    build();
    run("test/bench/run.ts", ...args);
  },
};

if (!Object.hasOwn(tasks, task)) fail(`no task "${task}"; there are ${Object.keys(tasks).join(", ")}`, 2);
tasks[task]();
