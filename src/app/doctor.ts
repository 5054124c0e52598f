import { blankFacts, type NodeFacts } from "../domain/doctor-facts.ts";
import { wantsSecondLook } from "../domain/doctor-traffic.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { Clock } from "./clock.ts";
import type { DoctorProbes } from "./doctor-probes.ts";
import { createGate } from "./gate.ts";
import { throughGate } from "./through-gate.ts";

/** Units: `limitMs` is the time of one node, `backend` the one whose sessions are looked at. */
export type ExamineOptions = {
  readonly nodes: readonly FleetNode[];
  readonly backend: string;
  readonly probes: DoctorProbes;
  readonly clock: Clock;
  readonly parallel: number;
  readonly limitMs: number;
};

/** An examination under way. `facts` fills while it goes on; `done` counts the nodes that are through. */
export type Examination = {
  readonly ended: Promise<void>;
  facts(): readonly NodeFacts[];
  done(): number;
  /** Waits for nothing any more; `ended` may then never resolve. */
  stop(): void;
};

/** The least between two looks, in which something may move. */
const secondLookMs = 1_100;

type Draft = { -readonly [Key in keyof NodeFacts]: NodeFacts[Key] };

/**
 * Examines all nodes, at the same time as far as `parallel` lets it begin. A node's questions go out side by side, each
 * with what is left of the node's time; what is known stands in `facts` at once, so that whoever stops early has it.
 */
export function examine({ nodes, backend, probes, clock, parallel, limitMs }: ExamineOptions): Examination {
  const drafts: readonly Draft[] = nodes.map((node) => blankFacts(node, limitMs));
  let done = 0;
  const waits = new Set<() => void>();
  const until = (atMs: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(Math.max(0, atMs - clock.now()), () => {
        waits.delete(cancel);
        resolve();
      });
      waits.add(cancel);
    });
  const ended = throughGate(drafts, createGate(clock, parallel), async (facts) => {
    const startedMs = clock.now();
    await examineNode(facts, { probes, clock, backend, until, endMs: startedMs + limitMs });
    facts.ms = clock.now() - startedMs;
    done += 1;
  });
  return {
    ended,
    facts: () => drafts,
    done: () => done,
    stop() {
      for (const cancel of waits) cancel();
    },
  };
}

type Tools = Pick<ExamineOptions, "probes" | "clock" | "backend"> & {
  readonly endMs: number;
  readonly until: (atMs: number) => Promise<void>;
};

async function examineNode(facts: Draft, tools: Tools): Promise<void> {
  const { probes, clock, endMs } = tools;
  const { node } = facts;
  const soonMs = () => Math.min(endMs, clock.now() + node.poll.timeoutMs);
  facts.isHere = await probes.isHere(node);
  facts.sample = (await probes.hasSample(node)) ? "in-force" : undefined;
  facts.resolution = await probes.resolve(node, soonMs());
  if (facts.resolution.kind !== "failed") facts.connected = await probes.connect(node, soonMs());
  const known = facts.resolution.kind === "found" ? facts.resolution.addresses : [];
  await Promise.all([
    facts.connected?.ok ? askPort(facts, tools) : undefined,
    askOtherways(facts, tools),
    probes.others(node, endMs, known).then((others) => {
      facts.others = others;
    }),
  ]);
}

/** By ssh, and by the socket where the fleet file has orders go there. */
async function askOtherways(facts: Draft, { probes, endMs }: Tools): Promise<void> {
  const { node, connected } = facts;
  await Promise.all([
    probes.ssh(node, endMs, connected?.ok !== true).then((ssh) => {
      facts.ssh = ssh;
    }),
    node.admin.via !== "socket"
      ? undefined
      : probes.socket(node, endMs).then((socket) => {
          facts.socket = socket;
        }),
  ]);
}

async function askPort(facts: Draft, tools: Tools): Promise<void> {
  const { probes, endMs } = tools;
  const { node } = facts;
  await Promise.all([
    node.stats.tls === undefined
      ? undefined
      : probes.certificate(node, endMs).then((certificate) => {
          facts.certificate = certificate;
        }),
    askWithPassword(facts, tools),
    askWithout(facts, tools),
    probes.metrics(node, endMs).then((metrics) => {
      facts.metrics = metrics;
    }),
  ]);
}

async function askWithPassword(facts: Draft, { probes, backend, until, endMs }: Tools): Promise<void> {
  const { node, isHere } = facts;
  const page = await probes.page(node, endMs);
  facts.page = page;
  if (!page.ok) return;
  const laterAtMs = page.atMs + secondLookMs;
  await Promise.all([
    probes.heading(node, endMs).then((heading) => {
      facts.heading = heading;
    }),
    probes.right(node, endMs).then((right) => {
      facts.right = right;
    }),
    isHere
      ? probes.loopback(node, endMs).then((right) => {
          facts.loopback = right;
        })
      : undefined,
    wantsSecondLook(page.rows, backend) && laterAtMs < endMs
      ? until(laterAtMs)
          .then(() => probes.page(node, endMs))
          .then((later) => {
            facts.later = later;
          })
      : undefined,
  ]);
}

/** The sample's password is a question only where one is asked for. */
async function askWithout(facts: Draft, { probes, endMs }: Tools): Promise<void> {
  const bare = await probes.bare(facts.node, endMs);
  facts.bare = bare;
  if (bare.kind === "closed" && facts.sample === undefined) facts.sample = await probes.sample(facts.node, endMs);
}
