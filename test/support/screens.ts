import { assess } from "../../src/domain/assess.ts";
import type { ClusterColor } from "../../src/domain/cluster-color.ts";
import type { NodeRecord } from "../../src/domain/fleet.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import type { LedgerFacts } from "../../src/domain/ledger.ts";
import { createSamples, type Samples } from "../../src/domain/samples.ts";
import { emptyTimeline, type Timeline } from "../../src/domain/timeline.ts";
import type { Colour } from "../../src/output/colour.ts";
import { ASCII_GLYPHS, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import type { ClusterRow } from "../../src/ui/clusters.ts";
import { drawFrame } from "../../src/ui/frame.ts";
import type { Intent } from "../../src/ui/intent.ts";
import type { Lock } from "../../src/ui/lock.ts";
import type { PastState } from "../../src/ui/past.ts";
import type { Frame, Size } from "../../src/ui/picture.ts";
import { createScreen, reduceScreen, type Screen } from "../../src/ui/screen.ts";
import { fleetOf } from "./fleet.ts";
import { type NodeSays, nowMs, scene } from "./scene.ts";

export const small: Size = { columns: 60, rows: 15 };
export const usual: Size = { columns: 80, rows: 24 };
export const large: Size = { columns: 200, rows: 50 };

export type Situation = {
  readonly fleet: Fleet;
  readonly records: ReadonlyMap<string, NodeRecord>;
  /** What the ledger wants, and when on the wall it is looked at. */
  readonly ledger?: { readonly facts: LedgerFacts; readonly wallMs: number };
};

/** A fleet in a situation: what each node says, by its number from 1. */
export function situation(says: (node: number) => NodeSays, nodes = 6): Situation {
  const fleet = fleetOf({ nodes });
  return { fleet, records: scene(fleet, says) };
}

/** The screen after these intents, each given on what the one before it led to. */
export function look(
  { fleet, records, ledger }: Situation,
  size: Size,
  intents: readonly Intent[] = [],
  how: {
    readonly ascii?: boolean;
    readonly colour?: Colour;
    readonly screen?: Screen;
    readonly lock?: Lock;
    readonly timeline?: Timeline;
    readonly samples?: Samples;
    readonly past?: PastState;
    readonly clusters?: readonly ClusterRow[];
    readonly badge?: ClusterColor;
  } = {},
): Frame {
  const view = assess(fleet, records, nowMs, { ledger });
  const glyphs = how.ascii === true ? ASCII_GLYPHS : UTF8_GLYPHS;
  const facts = {
    nowMs,
    wallMs: 0,
    intervalMs: 2000,
    inFlight: 0,
    pausedMs: undefined,
    lock: how.lock ?? { kind: "locked" },
  } as const;
  const draw = (screen: Screen) =>
    drawFrame({
      fleet,
      view,
      timeline: how.timeline ?? emptyTimeline,
      samples: how.samples ?? createSamples(),
      past: how.past ?? { kind: "absent" },
      screen,
      size,
      look: { glyphs, colour: how.colour ?? false, badge: how.badge },
      clusters: how.clusters,
      facts,
    });
  return intents.reduce(
    (frame, intent) => draw(reduceScreen(frame.screen, intent, frame.sight)),
    draw(how.screen ?? createScreen()),
  );
}

/** A frame as text, without the blank lines in its middle and without blanks at the ends of lines. */
export function textOf(frame: Frame): string {
  const lines = frame.lines.map((line) => line.trimEnd());
  return lines.filter((line, row) => line !== "" || lines[row - 1] !== "").join("\n");
}
