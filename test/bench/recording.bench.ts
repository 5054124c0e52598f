import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/app/clock.ts";
import { createRecent } from "../../src/app/recent.ts";
import { createRecorder, type RecordingSink } from "../../src/app/recorder.ts";
import { createStore, type Store } from "../../src/app/store.ts";
import type { Operation } from "../../src/domain/history.ts";
import { writeHead } from "../../src/domain/recording-fleet.ts";
import { createRecordingFile } from "../../src/io/recording-file.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";
import { recordDemo } from "../support/recorded-demo.ts";
import { cpuMs, printBench } from "./bench-table.ts";

// How large a day of 50 nodes at 2 s becomes, from an hour of it: embedded nodes whose pages change as real ones do, in a
// time of their own, through the recorder into a real file. And what a poll costs that is recorded, beside the same poll
// that is not. Every five seconds the file is flushed, as it is in real time.

const hourMs = 3_600_000;
const nodes = 50;
const pollsADay = nodes * 43_200;
const targetBytes = 100_000_000;
const folder = mkdtempSync(join(tmpdir(), "k3s-lb-bench-"));

/** As many operations as a recording keeps, on every node, each with a reason and some nodes of its own that denied it. */
const operations: readonly Operation[] = Array.from({ length: 200 }, (_, index) => {
  const id = createHash("md5").update(String(index)).digest("hex");
  const names = Array.from({ length: nodes }, (_, node) => `node${node + 1}`);
  const at = new Date(Date.UTC(2026, 10, 26) - index * 7_654_321).toISOString();
  const begun = aBegun({ id, at, nodes: names, reason: `change ${id.slice(0, 6)}: a new kernel, node by node` });
  const steps = names.map((node, place) =>
    aStep({ id, node, outcome: (place * index) % 17 === 3 ? "denied" : "verified" }),
  );
  return { begun, steps, ended: anEnd({ id, at }) };
});

async function measure(what: string, options: Omit<Parameters<typeof recordDemo>[1], "nodes" | "keepsEvents">) {
  const texts: { text: string; isPart: boolean }[] = [];
  const sink: RecordingSink = {
    part: (text) => texts.push({ text, isPart: true }),
    lines: (text) => texts.push({ text, isPart: false }),
  };
  const demo = recordDemo([sink], { nodes, ...options });
  const path = join(folder, `${what.replaceAll(/\W+/g, "-")}.jsonl.gz`);
  const file = await createRecordingFile(path, writeHead({ fleet: demo.fleet, isAlone: false, wallMs: 0 }), (why) => {
    throw new Error(why);
  });
  let length = 0;
  for (let ms = 0; ms < hourMs; ms += 5_000) {
    demo.run(5_000);
    for (const { isPart, text } of texts.splice(0)) {
      length += text.length;
      if (isPart) file.part(text);
      else file.lines(text);
    }
    await file.flush();
  }
  await file.end();
  const { size } = statSync(path);
  const perPoll = size / demo.polls();
  return { what, length: length / demo.polls(), perPoll, day: perPoll * pollsADay };
}

/** The time of what happens, as the events have it. */
let nowMs = 0;
const clock: Clock = { now: () => nowMs, wall: () => nowMs, after: () => () => undefined };

function cpuOf(events: ReturnType<typeof recordDemo>["events"], store: Store): number {
  const ms = cpuMs(() => {
    for (const [node, event] of events) {
      nowMs = event.type === "polled" ? event.reading.atMs : event.atMs;
      store.dispatch(node, event);
    }
  });
  return (ms * 1000) / events.length;
}

try {
  const figures = [
    await measure("healthy, bytes count when sessions end", {}),
    await measure("the incident, again and again", { hasIncident: true }),
    await measure("healthy, bytes move all the time (contstats)", { moreBytes: true }),
    await measure("the same, with 200 operations in the ledger", { moreBytes: true, operations }),
  ];
  printBench(
    `a day of ${nodes} nodes at 2 s, from an hour`,
    figures.map(({ day, length, perPoll, what }) => ({
      what: `${what}: ${length.toFixed(0)} bytes of text a poll, ${perPoll.toFixed(1)} compressed`,
      value: `${(day / 1e6).toFixed(1)} MB`,
      target: "≤ 100 MB",
      met: day <= targetBytes,
    })),
  );
  const nothing: RecordingSink = { part: () => undefined, lines: () => undefined };
  const demo = recordDemo([], { nodes, hasIncident: true, keepsEvents: true });
  demo.run(600_000);
  const bare = () => cpuOf(demo.events, createStore());
  const recorded = () => {
    const sinks = [nothing, createRecent({ keepMs: 600_000, maxBytes: 64 * 1024 * 1024 })];
    return cpuOf(demo.events, createRecorder({ nodes: demo.fleet.nodes, clock, store: createStore(), sinks }).store);
  };
  const rounds = Array.from({ length: 7 }, () => [bare(), recorded()] as const);
  const [without, withIt] = [0, 1].map((at) => Math.min(...rounds.map((round) => round[at] ?? 0)));
  const cost = (withIt ?? 0) - (without ?? 0);
  printBench("a poll that is recorded in memory, µs CPU", [
    { what: "kept", value: (without ?? 0).toFixed(1) },
    { what: "kept and recorded", value: (withIt ?? 0).toFixed(1), target: "≤ 20 more", met: cost <= 20 },
  ]);
} finally {
  rmSync(folder, { recursive: true });
}
