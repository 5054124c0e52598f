import { monitorEventLoopDelay } from "node:perf_hooks";
import { createPoller } from "../../src/app/poller.ts";
import { createStore } from "../../src/app/store.ts";
import { systemClock } from "../../src/io/clock.ts";
import { createNodeReader } from "../../src/io/node-reader.ts";
import { type BenchEndpoint, benchPassword } from "./bench-fleet.ts";
import { benchNodes } from "./k3s-lb-client.ts";

/** What to poll: `dead` of the endpoints' nodes, spread over the fleet, are asked at `hole` instead. */
export type PollOrder = {
  readonly endpoints: readonly BenchEndpoint[];
  readonly intervalMs: number;
  readonly warmMs: number;
  readonly measureMs: number;
  readonly hole: BenchEndpoint | undefined;
  readonly dead: number;
};

/**
 * What polling did to its process. Units: `corePercent` of one core; the others milliseconds and bytes. `gapMs` is the
 * time between two good answers of one node, `answerMs` the time of one exchange.
 */
export type PollFigures = {
  readonly corePercent: number;
  readonly good: number;
  readonly stallMs: number;
  readonly answerP50Ms: number;
  readonly answerP99Ms: number;
  readonly gapMaxMs: number;
  readonly gapP99Ms: number;
  readonly rssBytes: number;
};

// Run as a process of its own: a message is an order, answered once by figures.
if (process.send !== undefined) {
  process.once("message", (message) => {
    void poll(message as PollOrder).then((figures) => process.send?.(figures, () => process.exit(0)));
  });
}

async function poll(order: PollOrder): Promise<PollFigures> {
  const every = order.dead === 0 ? Number.POSITIVE_INFINITY : Math.floor(order.endpoints.length / order.dead);
  const { hole } = order;
  const endpoints = order.endpoints.map((endpoint, index) =>
    hole !== undefined && index % every === 0 ? hole : endpoint,
  );
  const nodes = benchNodes(endpoints, order.intervalMs);
  const reader = await createNodeReader({ nodes, secrets: async () => benchPassword });
  const store = createStore();
  const poller = createPoller({ nodes, reader, store, clock: systemClock, parallel: 64 });
  poller.start();
  await pass(order.warmMs);

  const lastAt = new Map<string, number>();
  const answers: number[] = [];
  const gaps: number[] = [];
  const dispatch = store.subscribe(() => undefined);
  const note = () => {
    for (const [name, { good }] of store.records) {
      const last = lastAt.get(name);
      if (good === undefined || good.atMs === last) continue;
      if (last !== undefined) {
        answers.push(good.durationMs);
        gaps.push(good.atMs - last);
      }
      lastAt.set(name, good.atMs);
    }
  };
  note();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = process.cpuUsage();
  const startMs = performance.now();
  // Looking at the records is the bench's own work, so it is done as rarely as catches every answer.
  while (performance.now() - startMs < order.measureMs) {
    await pass(order.intervalMs / 2);
    note();
  }
  const { user, system } = process.cpuUsage(before);
  delay.disable();
  const seconds = (performance.now() - startMs) / 1000;
  dispatch();
  poller.stop();
  const rssBytes = process.memoryUsage.rss();
  await reader.close();
  return {
    corePercent: (user + system) / 1e4 / seconds,
    good: answers.length,
    stallMs: delay.max / 1e6,
    answerP50Ms: quantile(answers, 0.5),
    answerP99Ms: quantile(answers, 0.99),
    gapP99Ms: quantile(gaps, 0.99),
    gapMaxMs: quantile(gaps, 1),
    rssBytes,
  };
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
