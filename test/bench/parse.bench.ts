import { readFileSync } from "node:fs";
import { parseMetrics } from "../../src/domain/metrics.ts";
import { createStatsParser } from "../../src/domain/stats-csv.ts";
import { cpuMs, printBench } from "./bench-table.ts";

// How long one page takes to read, beside the obvious way: split it and pick the wanted columns. The best of many short
// rounds, taken in turns, as other work on the machine can only make a round slower.

const fixtures = new URL("../fixtures/stats/", import.meta.url);
const load = (file: string) => readFileSync(new URL(file, fixtures));

const textColumns = "pxname,svname,status,tracked,check_status,last_chk,check_desc,agent_status,last_agt,addr,mode";
const numberColumns =
  "type,weight,uweight,act,bck,qcur,scur,smax,stot,rate,bin,bout,econ,wretr,wredis,cli_abrt,srv_abrt,chkfail,chkdown,lastchg,downtime,lbtot,req_tot,lastsess,ctime,check_code,check_duration,check_rise,check_fall,check_health";

/** The same columns, the same kinds of values, no quotes, nothing cleaned. */
function splitWanted(page: Buffer): readonly object[] {
  const [header = "", ...lines] = page.toString("latin1").split("\n");
  const names = header.slice(2).split(",");
  const texts = textColumns.split(",").map((name) => [name, names.indexOf(name)] as const);
  const numbers = numberColumns.split(",").map((name) => [name, names.indexOf(name)] as const);
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const cells = line.split(",");
      const row: Record<string, string | number | undefined> = {};
      for (const [name, column] of texts) row[name] = cells[column] || undefined;
      for (const [name, column] of numbers) row[name] = cells[column] === "" ? undefined : Number(cells[column]);
      return row;
    });
}

const rounds = 20;
const perRound = 1_500;

function best(works: readonly (() => unknown)[]): readonly number[] {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    works.forEach((work, index) => {
      const ms = cpuMs(() => {
        for (let i = 0; i < perRound; i += 1) work();
      });
      least[index] = Math.min(least[index] ?? 0, (ms * 1000) / perRound);
    });
  }
  return least;
}

for (const file of ["haproxy-2.6.12-all-up.csv", "haproxy-2.6.12-multi-backend.csv", "haproxy-3.5-dev5-all-up.csv"]) {
  const page = load(file);
  const parse = createStatsParser();
  const [ours = 0, split = 0] = best([() => parse(page), () => splitWanted(page)]);
  printBench(`reading ${file} (${page.length} bytes), µs CPU`, [
    { what: "split into the wanted columns", value: split.toFixed(1) },
    {
      what: "k3s-lb",
      value: ours.toFixed(1),
      ratio: `1/${(split / ours).toFixed(1)}`,
      target: "≤ 1/5 of split",
      met: ours <= split / 5,
    },
  ]);
}

const full = load("haproxy-2.6.12-all-up.metrics");
const narrow = load("haproxy-2.6.12-all-up.server.metrics");
const [ofFull = 0, ofServers = 0] = best([() => parseMetrics(full), () => parseMetrics(narrow)]);
printBench("reading /metrics, µs CPU", [
  { what: `all (${full.length} bytes)`, value: ofFull.toFixed(0) },
  { what: `scope=server (${narrow.length} bytes)`, value: ofServers.toFixed(0) },
]);
