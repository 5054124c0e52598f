import { ratesOf } from "./rates.ts";
import type { FleetView, MasterCell, NodeView } from "./view.ts";

/** What is kept of every master and node over time. Units: sessions, new sessions and failed connects a second, ms. */
export type Measure = "sessions" | "rate" | "errors" | "check";

/** Values of one measure, the newest last; `undefined` where nothing was known, which is a gap and never a 0. */
export type Series = readonly (number | undefined)[];

/** The last samples of a fleet; `take` adds one of everything. */
export type Samples = {
  take(view: FleetView): void;
  ofMaster(name: string, measure: Measure): Series;
  ofNode(name: string, measure: Measure): Series;
  /** These samples as they are now, which later ones do not move. */
  still(): Samples;
};

/** Two minutes at the default interval: what somebody who has just been woken wants to see. */
export const sampleCount = 60;

const measures: readonly Measure[] = ["sessions", "rate", "errors", "check"];
type Values = Readonly<Record<Measure, number | undefined>>;

/** A ring per name and measure. NaN is a gap. */
class Rings {
  readonly #rings = new Map<string, Float64Array>();
  #next = 0;

  copy(): Rings {
    const copy = new Rings();
    for (const [name, ring] of this.#rings) copy.#rings.set(name, ring.slice());
    copy.#next = this.#next;
    return copy;
  }

  add(values: ReadonlyMap<string, Values>): void {
    for (const [name, ring] of this.#rings) if (!values.has(name)) this.#put(ring, nothing);
    for (const [name, sample] of values) {
      const ring = this.#rings.get(name) ?? new Float64Array(measures.length * sampleCount).fill(Number.NaN);
      this.#rings.set(name, ring);
      this.#put(ring, sample);
    }
    this.#next = (this.#next + 1) % sampleCount;
  }

  series(name: string, measure: Measure): Series {
    const ring = this.#rings.get(name);
    const from = measures.indexOf(measure) * sampleCount;
    return Array.from({ length: sampleCount }, (_, age) => {
      const value = ring?.[from + ((this.#next + age) % sampleCount)];
      return value === undefined || Number.isNaN(value) ? undefined : value;
    });
  }

  #put(ring: Float64Array, sample: Values): void {
    measures.forEach((measure, index) => {
      ring[index * sampleCount + this.#next] = sample[measure] ?? Number.NaN;
    });
  }
}

const nothing: Values = { sessions: undefined, rate: undefined, errors: undefined, check: undefined };

export function createSamples(): Samples {
  return samplesIn(new Rings(), new Rings());
}

function samplesIn(masters: Rings, nodes: Rings): Samples {
  return {
    take(view) {
      nodes.add(new Map(view.nodes.map((node) => [node.name, valuesOf(freshCells([node]))])));
      masters.add(new Map(view.masters.map(({ name }, index) => [name, valuesOf(freshCells(view.nodes, index))])));
    },
    ofMaster: (name, measure) => masters.series(name, measure),
    ofNode: (name, measure) => nodes.series(name, measure),
    still: () => samplesIn(masters.copy(), nodes.copy()),
  };
}

type Seen = { readonly node: NodeView; readonly cell: MasterCell };

/** Old values are no samples: only nodes that answer now are counted. */
function freshCells(nodes: readonly NodeView[], master?: number): readonly Seen[] {
  return nodes.flatMap((node) => {
    if (node.state !== "fresh") return [];
    const cells = master === undefined ? node.cells : node.cells.slice(master, master + 1);
    return cells.map((cell) => ({ node, cell }));
  });
}

function valuesOf(seen: readonly Seen[]): Values {
  const rates = seen.flatMap(({ cell, node: { record } }) =>
    record === undefined ? [] : cell.servers.map(({ row }) => ratesOf(record, row)),
  );
  const checks = seen.flatMap(({ cell }) => cell.servers.flatMap(({ row }) => row.checkDurationMs ?? []));
  return {
    sessions: sum(seen.map(({ cell }) => cell.sessions)),
    rate: sum(rates.map(({ sessionsPerSecond }) => sessionsPerSecond)),
    errors: sum(rates.map(({ connectErrorsPerSecond }) => connectErrorsPerSecond)),
    // The slowest tells of a bad path; a mean would hide it.
    check: checks.length === 0 ? undefined : Math.max(...checks),
  };
}

/** Of what is known; `undefined` where nothing is. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}
