import type { DemoFleet } from "./demo-fleet.ts";
import { statusAnswer } from "./health-check.ts";

/**
 * One thing that happens. Shape: `scene` is a stable word, `text` what an operator would say of it.
 * Units: `atMs` since the beginning of the round.
 */
export type IncidentStep = {
  readonly atMs: number;
  readonly scene: string;
  readonly text: string;
  readonly happen: (fleet: DemoFleet) => void;
};

/** How long a round lasts before it begins again. */
export const roundMs = 100_000;

/**
 * The script: a master dies and comes back, a site loses its path to a master, a drain that one node forgets and with
 * sessions that stay, nodes that cannot be reached, and a quiet end. A fleet with a single master keeps it.
 */
export function incidentSteps(fleet: DemoFleet): readonly IncidentStep[] {
  const [first = "", second = first] = fleet.masters;
  const last = fleet.masters.at(-1) ?? first;
  const siteB = fleet.nodes.filter((node) => node.site === "b");
  const pathNodes = siteB.length > 0 ? siteB : fleet.nodes;
  const { length } = fleet.nodes;
  const nodeAt = (share: number) => fleet.nodes.slice(Math.floor(length * share), Math.floor(length * share) + 1);
  const forgetful = nodeAt(0.25);
  const refusing = nodeAt(0.5);
  const silent = length > 1 ? nodeAt(0.8) : [];
  const ill = statusAnswer(500, "etcdserver: leader changed");
  const steps: IncidentStep[] = [
    step(5, "master-ill", `${last} answers its checks with 500`, () => fleet.answer(last, ill)),
    step(14, "master-dead", `${last} is gone`, () => fleet.answer(last, { kind: "refuse" })),
    step(22, "master-back", `${last} is back`, () => fleet.answer(last, statusAnswer(401))),
    step(30, "path-cut", `site b loses its path to ${first}`, () => fleet.cutPath(pathNodes, first)),
    step(44, "path-healed", `site b reaches ${first} again`, () => fleet.healPath(pathNodes, first)),
    step(50, "drained", `${second} is drained everywhere; its sessions stay`, () =>
      fleet.command(fleet.nodes, second, "drain"),
    ),
    step(58, "node-restarted", "one node restarts and forgets the drain", () => {
      for (const node of forgetful) fleet.restart(node);
    }),
    step(66, "nodes-lost", "two nodes cannot be reached", () => {
      for (const node of refusing) fleet.reach(node, "closed");
      for (const node of silent) fleet.reach(node, "silent");
    }),
    step(78, "nodes-found", "the two nodes are back", () => {
      for (const node of [...refusing, ...silent]) fleet.reach(node, "open");
    }),
    step(82, "sessions-killed", `the sessions on ${second} are closed`, () =>
      fleet.command(fleet.nodes, second, "shutdown"),
    ),
    step(86, "enabled", `${second} is put back`, () => fleet.command(fleet.nodes, second, "ready")),
  ];
  return fleet.masters.length > 1 ? steps : steps.filter((candidate) => !hurtsTheOnlyMaster.has(candidate.scene));
}

const hurtsTheOnlyMaster = new Set(["drained", "node-restarted", "sessions-killed", "enabled"]);

function step(atSeconds: number, scene: string, text: string, happen: () => void): IncidentStep {
  return { atMs: atSeconds * 1000, scene, text, happen };
}

/**
 * Plays the script round after round.
 * Shape: `advance` does everything that is due and tells each step; call it whenever time has moved.
 * Units: `speed` 2 plays twice as fast; checks keep their pace, as a real HAProxy's would.
 */
export class Incident {
  private readonly steps: readonly IncidentStep[];
  private readonly fleet: DemoFleet;
  private readonly speed: number;
  private roundStartMs: number;
  private next = 0;

  constructor(fleet: DemoFleet, speed = 1) {
    this.fleet = fleet;
    this.speed = speed;
    this.steps = incidentSteps(fleet);
    this.roundStartMs = fleet.now();
  }

  /** When the next step is due. */
  get nextAtMs(): number {
    return this.roundStartMs + (this.steps[this.next]?.atMs ?? roundMs) / this.speed;
  }

  advance(): readonly IncidentStep[] {
    const happened: IncidentStep[] = [];
    while (this.nextAtMs <= this.fleet.now()) {
      const due = this.steps[this.next];
      if (due === undefined) {
        this.roundStartMs += roundMs / this.speed;
        this.next = 0;
      } else {
        due.happen(this.fleet);
        happened.push(due);
        this.next++;
      }
    }
    return happened;
  }
}
