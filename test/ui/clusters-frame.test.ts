import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import type { ClusterRow, ClusterState } from "../../src/ui/clusters.ts";
import { planDialog } from "../../src/ui/dialog.ts";
import { createScreen, openView } from "../../src/ui/screen.ts";
import { aPlan } from "../support/plan.ts";
import { nowMs } from "../support/scene.ts";
import { look, type Situation, situation, textOf, usual } from "../support/screens.ts";

const calm = situation(() => () => "UP");
const bad = situation(() => (master) => (master === 2 ? "DOWN" : "UP"));
const starting = situation(() => "silent");

function open({ fleet, records }: Situation, cluster: string, color?: "red"): ClusterState {
  return { kind: "open", color, view: assess({ ...fleet, cluster }, records, nowMs) };
}

function row(name: string, state: ClusterState, isCurrent = false): ClusterRow {
  return { name, file: `~/fleets/${name}.yaml`, scope: ` --cluster ${name}`, state, isCurrent };
}

const rows = [
  row("de1", open(calm, "k8s-de1"), true),
  row("fr1", open(bad, "k8s-fr1", "red")),
  row("new", open(starting, "k8s-new")),
  row("us1", { kind: "closed" }),
  row("us2", { kind: "failed", text: "us2.yaml:2:8: nodes is the number 3; expected a list of nodes" }),
];
const screen = openView(createScreen(), "clusters");

describe("the page of clusters", () => {
  it("has the worst first, and tells of each what is known", () => {
    expect(textOf(look(calm, usual, [{ kind: "move", by: 1 }], { screen, clusters: rows }))).toMatchInlineSnapshot(`
      "k8s-de1 › clusters                                                          ✓ OK
        5 clusters: 1 WARNING, 1 OK, 3 not known
        fr1: master-2 is down on all 6 nodes: connection refused
      ── clusters ────────────────────────────────────────────────────────────────────
         CLUSTER SEVERITY    NODES FRESH MASTERS PROBLEMS
         us2     failed          -     -       -        - us2.yaml:2:8: nodes is the …
      >  fr1     ! WARNING       6     6       3        1 master-2 is down on all 6 n…
         de1     ✓ OK            6     6       3        0 all 3 masters up on all 6 n…
         new     polling         -     -       -        - polling 6 nodes
         us1     not polled      -     -       -        - ~/fleets/us1.yaml

      6/6 fresh, age <1s  every 2s              Esc back  Enter open  / filter  ? help"
    `);
  });

  it("leads to a cluster by Enter, and copies the command that asks it", () => {
    const { sight } = look(calm, usual, [], { screen, clusters: rows });
    expect([sight.target, sight.copy?.command, sight.row]).toEqual([
      { kind: "cluster", id: "us2" },
      "k3s-lb status --cluster us2",
      undefined,
    ]);
  });

  it("says where others would be found where there is one only", () => {
    const [alone] = rows;
    const frame = look(calm, usual, [], { screen, clusters: alone === undefined ? [] : [alone] });
    expect(textOf(frame)).toContain("~/.config/k3s-lb/clusters");
  });
});

describe("two clusters that call themselves the same", () => {
  const same = [row("de1", open(calm, "k8s-de1"), true), row("fr1", open(bad, "k8s-de1", "red"))];

  it("are told apart by the names of their files: at the top, on every page, and above a plan", () => {
    const planned = { ...createScreen(), dialog: planDialog(aPlan()) };
    const text = (options: Parameters<typeof look>[3]) => textOf(look(calm, usual, [], { clusters: same, ...options }));
    expect(text({})).toContain("✓ OK  k8s-de1 (de1)  6 nodes");
    expect(text({ screen })).toContain("k8s-de1 (de1) › clusters");
    expect(text({ screen: planned, badge: "cyan" })).toContain("──  k8s-de1 (de1)  plan ─");
  });
});

describe("the first screen of one cluster", () => {
  it("says which other one is worst, and nothing where all are well", () => {
    const [first] = look(calm, usual, [], { clusters: rows }).lines;
    expect(first).toMatch(/^✓ OK {2}k8s-de1 .* fr1: WARNING$/);
    const [calmFirst] = look(calm, usual, [], { clusters: rows.slice(0, 1) }).lines;
    expect(calmFirst).toMatch(/k3s-lb top$/);
  });

  it("has its name on a ground of its colour, and above a plan as well", () => {
    const coloured = look(calm, usual, [], { clusters: rows, colour: true, badge: "red" });
    expect(coloured.lines[0]).toContain("\u001b[7;31m k8s-de1 \u001b[0m");
    expect(look(calm, usual, [], { clusters: rows, badge: "red" }).lines[0]).toContain("OK   k8s-de1   6 nodes");
  });
});
