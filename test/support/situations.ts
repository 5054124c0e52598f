import type { NodeRecord } from "../../src/domain/fleet.ts";
import { intentsOf } from "../../src/domain/intents.ts";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { fleetOf } from "./fleet.ts";
import { aBegun, aStep, begunAt } from "./ledger.ts";
import { type NodeSays, nowMs, processOf, type Said, scene } from "./scene.ts";
import { type Situation, situation } from "./screens.ts";

/** What an SRE may be woken for, and what a calm fleet may look like. Each as the nodes' pages would tell it. */

const up = (): Said => ({ sinceChangeSeconds: 86_400 });
const because = (part: Partial<StatsRow>, sinceChangeSeconds: number): Said => ({
  column: "DOWN",
  sinceChangeSeconds,
  ...part,
});
const refused = because({}, 250);
const timedOut = because({ checkStatus: "L4TOUT", lastCheckText: undefined }, 90);
const hung = because({ checkStatus: "L7TOUT", lastCheckText: undefined, sessions: 7 }, 540);
const only = (master: number, said: Said) => (each: number) => (each === master ? said : up());

export const masterDead: Situation = situation(() => only(2, refused));
export const masterHung: Situation = situation(() => only(2, hung));
export const siteCutOff: Situation = situation((node) => (node > 3 ? () => timedOut : up));
export const nodeCutOff: Situation = situation((node) => (node === 5 ? () => timedOut : up));
export const someUnreachable: Situation = situation(
  (node): NodeSays =>
    node % 3 === 0 ? { fails: "timeout", detail: "no answer within 1500 ms", lastGoodAgoMs: 12_000 } : up,
  10,
);
export const passwordWrong: Situation = situation(
  (node): NodeSays => (node > 4 ? { fails: "unauthorized", detail: "" } : up),
);
export const allUnreachable: Situation = situation(
  (): NodeSays => ({ fails: "unreachable", detail: "no route to host", lastGoodAgoMs: 12_000 }),
);
export const nothingYet: Situation = situation(() => "silent");
export const lineAbsent: Situation = situation((node) => (node === 2 || node === 6 ? only(3, undefined) : up));

/** Master 1 answers 200 already; half the nodes have been told to expect it. */
export const changeOver: Situation = situation((node) => (master) => {
  if (node <= 3) return { checkCode: master === 1 ? 200 : 401, sinceChangeSeconds: 600 };
  return master === 1
    ? because({ checkStatus: "L7STS", checkCode: 200, lastCheckText: undefined }, 600)
    : { sinceChangeSeconds: 86_400 };
});

const versions = fleetOf({ nodes: 6 });
export const twoVersions: Situation = {
  fleet: versions,
  records: scene(
    versions,
    () => up,
    (node): Partial<NodeRecord> => ({ process: processOf(node > 4 ? "3.0.5" : "2.6.12") }),
  ),
};

const names = ["node01", "node02", "node03", "node04", "node05", "node06"];
const hourMs = 3_600_000;

/** Masters that ops drained on every node because of a kernel, looked at so many hours later. */
function drained(
  masters: readonly string[],
  hours: number,
  says: (node: number) => NodeSays,
  { until, more }: { readonly until?: string; readonly more?: (node: number) => Partial<NodeRecord> } = {},
): Situation {
  const entries = masters.flatMap((server, at): readonly LedgerEntry[] => {
    const id = `op${at}`;
    const orders = names.map((node) => ({ node, backend: "k8s-de1-kube-api", server, before: "UP" }));
    return [
      { ...aBegun({ id, masters: [server], until }), orders },
      ...names.map((node) => aStep({ id, node, server })),
    ];
  });
  const fleet = fleetOf({ nodes: 6 });
  const facts = { intents: intentsOf(entries), lastAtMs: Date.parse(begunAt) };
  return {
    fleet,
    records: scene(fleet, says, more),
    ledger: { facts, wallMs: Date.parse(begunAt) + hours * hourMs },
  };
}

const out: Said = { column: "DRAIN", sinceChangeSeconds: 7200 };

export const allButOne: Situation = drained(["master-1", "master-2"], 3, () => (master) => (master === 3 ? up() : out));

/** HAProxy of one node was restarted 40 s ago, and has forgotten the drain. */
export const driftAfterRestart: Situation = drained(
  ["master-2"],
  3,
  (node) => only(2, node === 5 ? { sinceChangeSeconds: 40 } : out),
  { more: (node) => (node === 5 ? { restartedAtMs: nowMs - 40_000 } : {}) },
);

/** It was to last two hours, three days ago. */
export const forgottenDrain: Situation = drained(["master-2"], 73, () => only(2, out), {
  until: "2026-11-22T07:00:00.000Z",
});

/** Before anything is done. */
export const healthy: Situation = situation(() => up);
