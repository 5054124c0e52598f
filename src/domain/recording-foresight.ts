import { numberFields } from "./recording-fields.ts";

const ageFields = numberFields.filter(({ kind }) => kind === "age");
const counterFields = numberFields.filter(({ kind }) => kind === "counter");
/** By the field's place among the numbers: which of the ages or counters it is, -1 for none. */
const ageAt = Int8Array.from(numberFields, (field) => ageFields.indexOf(field));
const counterAt = Int8Array.from(numberFields, (field) => counterFields.indexOf(field));
const downtimeAt = ageFields.findIndex(({ key }) => key === "downtimeSeconds");

/**
 * Foresees the numbers of a node's next page from its pages so far. Whoever writes and whoever reads a recording keep one
 * each and feed it the same pages, so both foresee the same.
 * Units: times are whole milliseconds.
 */
export class Foresight {
  /** By row and age: the moment at which it was 0 lies behind `#after` and not behind `#until`. */
  readonly #after: Float64Array;
  readonly #until: Float64Array;
  readonly #runs: Uint8Array;
  /** By row and counter: by how much it moved the last time, and the time before. */
  readonly #step: Float64Array;
  readonly #stepBefore: Float64Array;

  constructor(rows: number) {
    this.#after = new Float64Array(rows * ageFields.length);
    this.#until = new Float64Array(rows * ageFields.length);
    this.#runs = new Uint8Array(rows * ageFields.length);
    this.#step = new Float64Array(rows * counterFields.length);
    this.#stepBefore = new Float64Array(rows * counterFields.length);
  }

  /** What the field at this place among the numbers will be at `atMs`, `value` being what it is. */
  foresee(row: number, place: number, value: number, atMs: number): number {
    const age = ageAt[place] ?? -1;
    if (age !== -1) {
      const at = row * ageFields.length + age;
      if (this.#runs[at] !== 1) return value;
      return Math.floor((atMs - ((this.#after[at] ?? 0) + (this.#until[at] ?? 0)) / 2) / 1000);
    }
    const counter = counterAt[place] ?? -1;
    if (counter === -1) return value;
    const at = row * counterFields.length + counter;
    const step = this.#step[at] ?? 0;
    // The numbers of our own polls go on evenly; those of other people's sessions come singly.
    return Math.abs(step - (this.#stepBefore[at] ?? 0)) <= Math.abs(step) / 64 ? value + step : value;
  }

  /** A value that was not there before. Of all ages only the downtime usually stands still. */
  begin(row: number, place: number, value: number, atMs: number): void {
    const age = ageAt[place] ?? -1;
    if (age !== -1) this.#setAge(row * ageFields.length + age, value, atMs, age !== downtimeAt);
  }

  /** How it really went on. */
  learn(row: number, place: number, before: number, value: number, beforeMs: number, atMs: number): void {
    const age = ageAt[place] ?? -1;
    if (age !== -1) {
      this.#learnAge(row * ageFields.length + age, before, value, beforeMs, atMs);
      return;
    }
    const counter = counterAt[place] ?? -1;
    if (counter === -1) return;
    const at = row * counterFields.length + counter;
    this.#stepBefore[at] = this.#step[at] ?? 0;
    this.#step[at] = value - before;
  }

  #learnAge(at: number, before: number, value: number, beforeMs: number, atMs: number): void {
    const after = Math.max(this.#after[at] ?? 0, atMs - (value + 1) * 1000);
    const until = Math.min(this.#until[at] ?? 0, atMs - value * 1000);
    if (this.#runs[at] === 1 && after < until) {
      this.#after[at] = after;
      this.#until[at] = until;
      return;
    }
    if (this.#runs[at] === 1 && value === before) {
      this.#runs[at] = 0;
      return;
    }
    const isRunning = this.#runs[at] === 1 || Math.abs((value - before) * 1000 - (atMs - beforeMs)) <= 1000;
    if (value !== before) this.#setAge(at, value, atMs, isRunning);
  }

  #setAge(at: number, value: number, atMs: number, runs: boolean): void {
    this.#after[at] = atMs - (value + 1) * 1000;
    this.#until[at] = atMs - value * 1000;
    this.#runs[at] = runs ? 1 : 0;
  }
}
