import type { NodeRecord } from "./fleet.ts";
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

/** One sample of everything of one name; NaN where nothing is known, as in the rings. */
type Values = Record<Measure, number>;

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

  /** Moves on by one; what gets no sample has a gap there. */
  begin(): void {
    this.#next = (this.#next + 1) % sampleCount;
    for (const ring of this.#rings.values()) this.#put(ring, nothing);
  }

  add(name: string, sample: Values): void {
    let ring = this.#rings.get(name);
    if (ring === undefined) {
      ring = new Float64Array(measures.length * sampleCount).fill(Number.NaN);
      this.#rings.set(name, ring);
    }
    this.#put(ring, sample);
  }

  series(name: string, measure: Measure): Series {
    const ring = this.#rings.get(name);
    const from = measures.indexOf(measure) * sampleCount;
    return Array.from({ length: sampleCount }, (_, age) => {
      const value = ring?.[from + ((this.#next + 1 + age) % sampleCount)];
      return value === undefined || Number.isNaN(value) ? undefined : value;
    });
  }

  #put(ring: Float64Array, { check, errors, rate, sessions }: Values): void {
    ring[this.#next] = sessions;
    ring[sampleCount + this.#next] = rate;
    ring[2 * sampleCount + this.#next] = errors;
    ring[3 * sampleCount + this.#next] = check;
  }
}

const nothing: Readonly<Values> = newValues();

function newValues(): Values {
  return { sessions: Number.NaN, rate: Number.NaN, errors: Number.NaN, check: Number.NaN };
}

export function createSamples(): Samples {
  return samplesIn(new Rings(), new Rings());
}

function samplesIn(masters: Rings, nodes: Rings): Samples {
  return {
    take(view) {
      const ofMasters = view.masters.map(newValues);
      nodes.begin();
      for (const node of view.nodes) {
        // Old values are no samples: only nodes that answer now are counted.
        if (node.state === "fresh") nodes.add(node.name, sampleNode(node, ofMasters));
      }
      masters.begin();
      for (const [index, { name }] of view.masters.entries()) masters.add(name, ofMasters[index] ?? nothing);
    },
    ofMaster: (name, measure) => masters.series(name, measure),
    ofNode: (name, measure) => nodes.series(name, measure),
    still: () => samplesIn(masters.copy(), nodes.copy()),
  };
}

/** In one go over thousands of nodes, as it is done between two frames. */
function sampleNode({ cells, record }: NodeView, ofMasters: readonly Values[]): Values {
  const values = newValues();
  for (const [index, cell] of cells.entries()) {
    const master = ofMasters[index];
    if (master === undefined || record === undefined) continue;
    addCell(values, cell, record);
    addCell(master, cell, record);
  }
  return values;
}

function addCell(values: Values, { servers, sessions }: MasterCell, record: NodeRecord): void {
  values.sessions = plus(values.sessions, sessions);
  for (const { row } of servers) {
    const { connectErrorsPerSecond, sessionsPerSecond } = ratesOf(record, row);
    values.rate = plus(values.rate, sessionsPerSecond);
    values.errors = plus(values.errors, connectErrorsPerSecond);
    // The slowest tells of a bad path; a mean would hide it.
    const { checkDurationMs } = row;
    if (checkDurationMs !== undefined && !(values.check >= checkDurationMs)) values.check = checkDurationMs;
  }
}

/** Of what is known: nothing only where nothing is. */
function plus(sum: number, value: number | undefined): number {
  if (value === undefined) return sum;
  return Number.isNaN(sum) ? value : sum + value;
}
