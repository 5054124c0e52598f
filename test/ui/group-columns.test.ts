import { describe, expect, it } from "vitest";
import { changeGroup } from "../../src/ui/round.ts";
import { createScreen } from "../../src/ui/screen.ts";
import type { NodeSays } from "../support/scene.ts";
import { look, situation, textOf, usual } from "../support/screens.ts";

const siteDown = situation((node): NodeSays => {
  if (node === 6) return { fails: "timeout", detail: "no answer in time" };
  return (master) => (master === 2 && node > 3 ? "DOWN" : "UP");
});
const grouped = [{ kind: "group" }] as const;

describe("nodes by a label", () => {
  it("are a row for every value, worst first, with the worst that its nodes say", () => {
    const text = textOf(look(siteDown, usual, grouped));
    expect(text.split("\n").slice(-7)).toMatchInlineSnapshot(`
      [
        "  3      ✓ up               5     .      .  1     20 weak 3ms     up on all 5 n…",
        "── nodes by site ───────────────────────────────────────────────────────────────",
        "  SITE                NODES    OK 1     2     3",
        "> b                       3     2 ✓     ✗     ✓     node06: timeout 12s",
        "  a                       3     3 ✓     ✓     ✓",
        "",
        "5/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit",
      ]
    `);
  });

  it("open as a list of the group's nodes", () => {
    const text = textOf(look(siteDown, usual, [...grouped, { kind: "open" }]));
    expect(text.split("\n").slice(0, 7)).toMatchInlineSnapshot(`
      [
        "k8s-de1 › site=b                                                       ! WARNING",
        "  site=b: 3 nodes, 2 of them answer",
        "── nodes ───────────────────────────────────────────────────────────────────────",
        "  NODE   STATE             1  2  3    SESS",
        "> node04 ok                ✓  ✗  ✓       8 master-2 down: connection refused",
        "  node05 ok                ✓  ✗  ✓       8 master-2 down: connection refused",
        "  node06 timeout 12s       ?  ?  ?       - 10.8.0.16:1936: no answer in time (1…",
      ]
    `);
  });

  it("are what an action on a group is about", () => {
    expect(look(siteDown, usual, grouped).sight.scope).toMatchObject({
      nodes: ["node04", "node05", "node06"],
      isChosen: false,
    });
  });

  it("say why they cannot be had", () => {
    const events = look(siteDown, usual, [{ kind: "view", view: "events" }, { kind: "group" }]);
    expect([events.screen.group, events.screen.said]).toEqual([undefined, "Nodes are grouped on the first screen."]);
    const matrix = look(siteDown, usual, [{ kind: "view", view: "events" }, { kind: "mode" }]);
    expect([matrix.screen.mode, matrix.screen.said]).toEqual([
      "state",
      "The matrix is on the first screen, and wherever nodes are listed.",
    ]);
    expect(changeGroup(createScreen(), { kind: "fleet" }, []).said).toContain("No node has a label to group by");
  });

  it("go round: every label, then no groups", () => {
    const twice = look(siteDown, usual, [...grouped, ...grouped]);
    expect(twice.screen.group).toBeUndefined();
    expect(textOf(twice)).toBe(textOf(look(siteDown, usual)));
  });

  it("can be filtered by their names and by those of their nodes", () => {
    const filtered = [...grouped, { kind: "filter" }, { kind: "type", text: "node02" }] as const;
    const { sight } = look(siteDown, usual, filtered);
    expect(sight.ids).toEqual(["site=a"]);
  });
});
