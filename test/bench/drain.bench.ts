import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBlackHole } from "../support/black-hole.ts";
import { type BenchEndpoint, benchPassword, startBenchFleet } from "./bench-fleet.ts";
import { median, printBench } from "./bench-table.ts";
import type { DrainFigures, DrainSetup } from "./drain-client.ts";
import { forkClient } from "./fork-client.ts";

// How long it takes to drain one master on a whole fleet and to prove it, over the connections that polling keeps:
// beside the floor (bare sockets, one POST and one GET each, nothing read) and beside curl, which proves nothing unless
// it asks again. In turns in one run. The floor takes about 1.3 times what a C client takes (polling.md §5).

const rounds = 8;

type Client = { run(action: "drain" | "ready"): Promise<DrainFigures>; stop(): void };

async function startClient(kind: "bare" | "k3s-lb", setup: DrainSetup): Promise<Client> {
  const child = await forkClient("drain-client.ts", [kind]);
  const message = () =>
    new Promise<unknown>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`the ${kind} client ended with ${code}`));
      child.once("exit", ended);
      child.once("message", (value) => {
        child.off("exit", ended);
        resolve(value);
      });
    });
  child.send(setup);
  await message();
  return {
    run: async (action) => {
      child.send(action);
      return (await message()) as DrainFigures;
    },
    stop: () => child.disconnect(),
  };
}

/** Milliseconds of curl's own run, all nodes at once as far as it goes. */
function runCurl(endpoints: readonly BenchEndpoint[], folder: string, path: string, form?: string): number | undefined {
  const config = join(folder, "curl.cfg");
  const urls = endpoints.map(({ address, port }) => `url = "http://${address}:${port}${path}"\noutput = "/dev/null"`);
  const data = form === undefined ? "" : `data = "${form}"\n`;
  writeFileSync(config, `user = "admin:${benchPassword}"\nsilent\n${data}${urls.join("\n")}\n`, { mode: 0o600 });
  const startMs = performance.now();
  const run = spawnSync("curl", ["--parallel", "--parallel-max", "200", "-K", config], { stdio: "ignore" });
  return run.status === 0 ? performance.now() - startMs : undefined;
}

async function measure(nodes: number): Promise<void> {
  const fleet = await startBenchFleet("embedded", nodes);
  const folder = mkdtempSync(join(tmpdir(), "k3s-lb-bench-"));
  const hole = await openBlackHole();
  const every = 10;
  const dead = fleet.endpoints.flatMap((_, index) => (index % every === 5 ? [index] : []));
  const holed = fleet.endpoints.map((endpoint, index) => (dead.includes(index) ? hole : endpoint));
  const setup = { endpoints: fleet.endpoints, dead: [], parallel: nodes };
  const clients = {
    bare: await startClient("bare", setup),
    ours: await startClient("k3s-lb", setup),
    holed: await startClient("k3s-lb", {
      ...setup,
      endpoints: holed.map(({ address, port }) => ({ address, port })),
      dead,
    }),
  };
  const cold = await clients.ours.run("drain");
  for (let i = 0; i < 5; i += 1) {
    for (const action of ["ready", "drain"] as const) {
      await clients.ours.run(action);
      await clients.bare.run(action);
    }
  }
  await clients.bare.run("ready");
  await clients.holed.run("drain");
  const figures: { [name in "bare" | "ours" | "holed"]: DrainFigures[] } = { bare: [], ours: [], holed: [] };
  const curl: { post: number[]; both: number[] } = { post: [], both: [] };
  for (let round = 0; round < rounds; round += 1) {
    // Every one of them changes what the one before left, so that each has the same to do.
    const action = round % 2 === 0 ? "ready" : "drain";
    const back = action === "ready" ? "drain" : "ready";
    if (round === 0) await clients.bare.run("drain");
    figures.bare.push(await clients.bare.run(action));
    figures.ours.push(await clients.ours.run(back));
    const form = (word: string) => `s=k8s-de1-master-2&action=${word}&b=k8s-de1-kube-api`;
    const post = runCurl(fleet.endpoints, folder, "/", form(action));
    const verify = runCurl(fleet.endpoints, folder, "/;csv;norefresh");
    if (post !== undefined && verify !== undefined) {
      curl.post.push(post);
      curl.both.push(post + verify);
    }
    if (round < 4) figures.holed.push(await clients.holed.run(back));
    await clients.bare.run(action);
  }
  for (const client of Object.values(clients)) client.stop();
  rmSync(folder, { recursive: true });
  await hole.close();
  await fleet.stop();

  const all = (of: readonly DrainFigures[]) => median(of.map((one) => one.allMs));
  const cpu = (of: readonly DrainFigures[]) => median(of.map((one) => one.cpuMs));
  const proved = (of: readonly DrainFigures[]) => median(of.map((one) => one.lastLiveMs));
  const [floor, ours] = [all(figures.bare), proved(figures.ours)];
  const live = proved(figures.holed);
  const [post, both] = [median(curl.post), median(curl.both)];
  printBench(`one master drained on ${nodes} nodes (embedded fleet, warm connections): ms until all are proved`, [
    { what: "floor: bare sockets, POST and GET, nothing read", value: floor.toFixed(0) },
    {
      what: "k3s-lb: guard, ledger begun, order, read back, judged",
      value: ours.toFixed(0),
      ratio: `${(ours / floor).toFixed(2)} × floor`,
      target: "≤ 1.4 × (1.8 × a C client)",
      met: ours <= 1.4 * floor,
    },
    { what: "the same, and every step in the ledger on the disk", value: all(figures.ours).toFixed(0) },
    { what: "the same, first time in a fresh process", value: cold.allMs.toFixed(0) },
    {
      what: "CPU of the client: floor, k3s-lb",
      value: `${cpu(figures.bare).toFixed(0)}, ${cpu(figures.ours).toFixed(0)}`,
    },
    ...(curl.post.length === 0
      ? []
      : [
          {
            what: "curl --parallel, POST only, no proof",
            value: post.toFixed(0),
            ratio: `k3s-lb ${(ours / post).toFixed(2)} ×`,
            target: "k3s-lb faster",
            met: ours < post,
          },
          {
            what: "curl --parallel, POST, then GET",
            value: both.toFixed(0),
            ratio: `k3s-lb ${(ours / both).toFixed(2)} ×`,
            target: "k3s-lb ≤ 1/2",
            met: ours <= both / 2,
          },
        ]),
    {
      what: `a tenth dead: last live node proved`,
      value: live.toFixed(0),
      ratio: `${(live / ours).toFixed(2)} × healthy`,
      target: "≤ 2 × healthy",
      met: live <= 2 * ours,
    },
    { what: "a tenth dead: all told", value: all(figures.holed).toFixed(0) },
  ]);
}

await measure(200);
await measure(1_000);
