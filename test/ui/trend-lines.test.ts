import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { createSamples } from "../../src/domain/samples.ts";
import { type NodeSays, nowMs, scene } from "../support/scene.ts";
import { look, situation, textOf, usual } from "../support/screens.ts";

const { fleet, records } = situation(() => () => "UP", 2);

/** Samples of a morning: sessions come and go, one node is away for a while. */
function morning() {
  const samples = createSamples();
  for (let n = 0; n < 40; n += 1) {
    const busy: NodeSays = () => ({
      sessions: Math.round(5 + 5 * Math.sin(n / 5)),
      checkDurationMs: n === 30 ? 90 : 3,
    });
    const says = (node: number): NodeSays => (node === 1 && n >= 10 && n < 16 ? { fails: "timeout" } : busy);
    samples.take(assess(fleet, scene(fleet, says), nowMs));
  }
  return samples;
}

const open = (pane: number) => [{ kind: "pane", by: pane === 0 ? -1 : 1 }, { kind: "open" }] as const;

describe("the trends of a master and of a node", () => {
  it("are a line each, with what it is now and the most it was", () => {
    const text = textOf(look({ fleet, records }, usual, open(0), { samples: morning() }));
    expect(text.split("\n").slice(0, 7)).toMatchInlineSnapshot(`
      [
        "k8s-de1 › master-1                                                          ✓ OK",
        "  up: up on all 2 nodes",
        "  address 10.8.1.1:6443; checks: weak 3ms; 8 sessions",
        "  sessions         ▅▅▆▇▇▇████▅▄▄▄▃▃▅▄▃▂▂▂▁▁▁▁▂▂▂▃▄▅▅▆▆▇▇▇██ 20, most 20",
        "  check            ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁ 3ms, most 90ms",
        "── rows ────────────────────────────────────────────────────────────────────────",
        "  NODE   STATUS      CHECK      TOOK  SESS SINCE IN WORDS",
      ]
    `);
  });

  it("show the time in which nothing was known as a gap", () => {
    const intents = [{ kind: "open" }] as const;
    const text = textOf(look({ fleet, records }, usual, intents, { samples: morning() }));
    expect(text.split("\n").slice(0, 6)).toMatchInlineSnapshot(`
      [
        "k8s-de1 › node01                                                            ✓ OK",
        "  ok, 10.8.0.11:1936, site=a, HAProxy's version is not known, read from the",
        "  stats page, answered 0s ago",
        "  sessions         ▅▅▆▇▇▇████      ▅▄▃▂▂▂▁▁▁▁▂▂▂▃▄▅▅▆▆▇▇▇██ 30, most 30",
        "  check            ▁▁▁▁▁▁▁▁▁▁      ▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁ 3ms, most 90ms",
        "── rows ────────────────────────────────────────────────────────────────────────",
      ]
    `);
  });

  it("are not there before there are two samples, nor on a small screen", () => {
    expect(textOf(look({ fleet, records }, usual, open(0)))).not.toContain("most");
    const small = { columns: 60, rows: 15 };
    expect(textOf(look({ fleet, records }, small, open(0), { samples: morning() }))).not.toContain("most");
  });
});
