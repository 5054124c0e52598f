import { openBlackHole } from "../support/black-hole.ts";
import { type BenchEndpoint, startBenchFleet } from "./bench-fleet.ts";
import { printBench } from "./bench-table.ts";
import { forkClient } from "./fork-client.ts";
import type { PollFigures, PollOrder } from "./poller-client.ts";

// What it costs to keep on polling, spread over the interval as `top` does: core, stalls, memory; and whether nodes that
// swallow connections are felt by the others.

const seconds = 10;

async function poll(
  order: Partial<PollOrder> & { readonly endpoints: readonly BenchEndpoint[] },
): Promise<PollFigures> {
  const child = await forkClient("poller-client.ts");
  return new Promise((resolve, reject) => {
    child.once("message", (figures) => resolve(figures as PollFigures));
    child.once("exit", (code) => reject(new Error(`the poller ended with ${code}`)));
    const whole: PollOrder = {
      intervalMs: 1_000,
      warmMs: 8_000,
      measureMs: seconds * 1_000,
      hole: undefined,
      dead: 0,
      ...order,
    };
    child.send(whole);
  });
}

const nodes = 2_000;
const fleet = await startBenchFleet("static", nodes);
const few = await poll({ endpoints: fleet.endpoints.slice(0, 10) });
const all = await poll({ endpoints: fleet.endpoints });
const hole = await openBlackHole();
const dead = nodes / 10;
const holed = await poll({ endpoints: fleet.endpoints, hole, dead });
await hole.close();
await fleet.stop();

const perNodeKb = (all.rssBytes - few.rssBytes) / 1000 / (nodes - 10);
const perGood = (figures: PollFigures) => (figures.corePercent * 10 * seconds * 1000) / figures.good;
const tickMs = 25;

printBench(`${nodes} nodes at 1 Hz, spread (static fleet, ${seconds} s after warming up)`, [
  {
    what: "core, % (with the clock that watches for stalls)",
    value: all.corePercent.toFixed(1),
    target: "≤ 16",
    met: all.corePercent <= 16,
  },
  { what: "the same with 10 nodes, %", value: few.corePercent.toFixed(1) },
  { what: "longest stall, ms", value: all.stallMs.toFixed(1), target: "≤ 20", met: all.stallMs <= 20 },
  { what: "good answers per second", value: (all.good / seconds).toFixed(0) },
  { what: "an exchange, p50 / p99, ms", value: `${all.answerP50Ms.toFixed(1)} / ${all.answerP99Ms.toFixed(1)}` },
  {
    what: "from answer to answer, p99 / longest, ms",
    value: `${all.gapP99Ms.toFixed(0)} / ${all.gapMaxMs.toFixed(0)}`,
  },
  { what: "memory, MB", value: (all.rssBytes / 1e6).toFixed(0), target: "≤ 220", met: all.rssBytes <= 220e6 },
  { what: "memory per node beyond 10 nodes, KB", value: perNodeKb.toFixed(0), target: "≤ 65", met: perNodeKb <= 65 },
]);

printBench(`the same with ${dead} nodes that swallow connections`, [
  {
    what: "an exchange with a live node, p99, ms",
    value: holed.answerP99Ms.toFixed(1),
    ratio: `${(holed.answerP99Ms / all.answerP99Ms).toFixed(1)} × healthy`,
    target: "≤ 3 ×",
    met: holed.answerP99Ms <= 3 * all.answerP99Ms,
  },
  {
    what: "from answer to answer of a live node, longest, ms",
    value: holed.gapMaxMs.toFixed(0),
    target: `≤ healthy + a tick (${tickMs})`,
    met: holed.gapMaxMs <= Math.max(all.gapMaxMs, 1_000) + tickMs,
  },
  { what: "longest stall, ms", value: holed.stallMs.toFixed(1), target: "≤ 20", met: holed.stallMs <= 20 },
  {
    what: "CPU per 1,000 good answers, ms",
    value: perGood(holed).toFixed(0),
    ratio: `${(perGood(holed) / perGood(all)).toFixed(2)} × healthy`,
  },
]);
