import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchEndpoint, benchPassword, startBenchFleet } from "./bench-fleet.ts";
import { median, printBench } from "./bench-table.ts";
import { forkClient } from "./fork-client.ts";
import type { SweepFigures, SweepOrder } from "./sweep-client.ts";

// What it costs to ask every node of a fleet once, again and again over kept connections: beside the floor (bare
// sockets, nothing parsed) and beside curl, in turns in one run. The floor takes 1.25 times what a C client with epoll
// takes (measured once beside it: 10.3 to 8.3), which is what 4.5 times the C client comes to here.

const inFlight = 64;
const order: SweepOrder = { warm: 1, sweeps: 10 };
const rounds = 3;

type Client = { run(): Promise<SweepFigures>; stop(): void };

async function startClient(kind: "bare" | "k3s-lb", endpoints: readonly BenchEndpoint[]): Promise<Client> {
  const child = await forkClient("sweep-client.ts", [kind]);
  const message = () =>
    new Promise<unknown>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`the ${kind} client ended with ${code}`));
      child.once("exit", ended);
      child.once("message", (value) => {
        child.off("exit", ended);
        resolve(value);
      });
    });
  child.send([endpoints, inFlight]);
  await message();
  const run = async (what: SweepOrder) => {
    child.send(what);
    return (await message()) as SweepFigures;
  };
  // The JIT is cold for about ten sweeps (polling.md §2).
  await run({ warm: 10, sweeps: 1 });
  return { run: () => run(order), stop: () => child.disconnect() };
}

/** Five sweeps in one run, which is where curl keeps its connections. */
function runCurl(endpoints: readonly BenchEndpoint[], folder: string): SweepFigures | undefined {
  const config = join(folder, "curl.cfg");
  const sweeps = 5;
  const urls = endpoints.map(
    ({ address, port }) => `url = "http://${address}:${port}/;csv;norefresh"\noutput = "/dev/null"`,
  );
  const lines = Array.from({ length: sweeps }, () => urls.join("\n"));
  writeFileSync(config, `user = "admin:${benchPassword}"\nsilent\n${lines.join("\n")}\n`, { mode: 0o600 });
  const command = `TIMEFORMAT="%U %S %R"; time curl --parallel --parallel-max 50 -K "$0"`;
  const run = spawnSync("bash", ["-c", command, config], { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  const [user, system, real] = run.stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  if (run.status !== 0 || user === undefined || system === undefined || real === undefined) return undefined;
  const scale = order.sweeps / sweeps;
  return { cpuMs: (user + system) * 1000 * scale, wallMs: (real * 1000) / sweeps, rssBytes: 0 };
}

async function measure(kind: "static" | "embedded", nodes: number): Promise<void> {
  const fleet = await startBenchFleet(kind, nodes);
  const folder = mkdtempSync(join(tmpdir(), "k3s-lb-bench-"));
  const clients = {
    bare: await startClient("bare", fleet.endpoints),
    ours: await startClient("k3s-lb", fleet.endpoints),
  };
  const figures: { bare: SweepFigures[]; ours: SweepFigures[]; curl: SweepFigures[] } = {
    bare: [],
    ours: [],
    curl: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    figures.bare.push(await clients.bare.run());
    figures.ours.push(await clients.ours.run());
    const curl = runCurl(fleet.endpoints, folder);
    if (curl !== undefined) figures.curl.push(curl);
  }
  clients.bare.stop();
  clients.ours.stop();
  rmSync(folder, { recursive: true });
  await fleet.stop();

  const cpu = (of: readonly SweepFigures[]) => (median(of.map((one) => one.cpuMs)) * 1000) / (order.sweeps * nodes);
  const wall = (of: readonly SweepFigures[]) => median(of.map((one) => one.wallMs));
  const [floor, ours, curl] = [cpu(figures.bare), cpu(figures.ours), cpu(figures.curl)];
  const wallRatio = (wall(figures.ours) / wall(figures.bare)).toFixed(1);
  printBench(`a sweep of ${nodes} nodes (${kind} fleet, ${inFlight} in flight): client CPU ms per 1,000 polls`, [
    { what: "floor: bare sockets, nothing parsed", value: floor.toFixed(1) },
    {
      what: "k3s-lb: ask, parse, keep the record",
      value: ours.toFixed(1),
      ratio: `${(ours / floor).toFixed(2)} × floor`,
      target: "≤ 3.6 × (4.5 × a C client)",
      met: ours <= 3.6 * floor,
    },
    ...(figures.curl.length === 0
      ? []
      : [
          {
            what: "curl --parallel, 5 sweeps in a run",
            value: curl.toFixed(1),
            ratio: `k3s-lb 1/${(curl / ours).toFixed(1)}`,
            target: "k3s-lb ≤ 1/2 of curl",
            met: ours <= curl / 2,
          },
        ]),
    { what: "wall of a sweep, floor, ms", value: wall(figures.bare).toFixed(0) },
    { what: "wall of a sweep, k3s-lb, ms", value: wall(figures.ours).toFixed(0), ratio: `${wallRatio} × floor` },
    ...(figures.curl.length === 0 ? [] : [{ what: "wall of a sweep, curl, ms", value: wall(figures.curl).toFixed(0) }]),
    { what: "memory, k3s-lb, MB", value: (median(figures.ours.map((one) => one.rssBytes)) / 1e6).toFixed(0) },
  ]);
}

await measure("static", 1_000);
await measure("embedded", 1_000);
