import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs benchmarks: `npm run bench` all of them, `npm run bench -- parse sweep` those whose names begin so. Each is a file
 * `*.bench.ts` of this folder, run by the same Node in a process of its own, and prints its own table; what it means
 * when a target is missed is for the reader to judge, so nothing fails here but a bench that breaks.
 */
const folder = import.meta.dirname;
const wanted = process.argv.slice(2);
const files = readdirSync(folder).filter((file) => file.endsWith(".bench.ts"));
const chosen = files.filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)));
if (chosen.length === 0) {
  process.stderr.write(`no such bench; there are ${files.map((file) => file.replace(".bench.ts", "")).join(", ")}\n`);
  process.exit(2);
}
let failed = 0;
for (const file of chosen) {
  const run = spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", join(folder, file)], {
    stdio: "inherit",
  });
  if (run.status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
