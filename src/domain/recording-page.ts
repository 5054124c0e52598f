import { readNumbers, readOthers, type WrittenChange, type WrittenRow } from "./recording-change.ts";
import { type Field, fields, hasSameOthers, numberFields, otherFields, putNumbers } from "./recording-fields.ts";
import { Foresight } from "./recording-foresight.ts";
import { isObject, readAll } from "./recording-values.ts";
import type { RowType, StatsRow } from "./stats.ts";
import { parseStatus, plainStatus, type ServerStatus } from "./status.ts";
import { cleanText } from "./text.ts";

const types: readonly RowType[] = ["frontend", "backend", "server", "listener"];
const longestPage = 50_000;

/** By place among the numbers: what stays as it is unless it is written. */
const isSteady = Uint8Array.from(numberFields, ({ kind }) => (kind === "age" || kind === "counter" ? 0 : 1));
const width = numberFields.length;

type Mutable = Record<string, unknown>;

/** The page that a node showed last, and what is to be foreseen of its next one. Rows keep their order meanwhile. */
export class PageTrack {
  rows: readonly StatsRow[];
  #numbers: Float64Array;
  #spare: Float64Array;
  #atMs: number;
  readonly #foresight: Foresight;

  constructor(rows: readonly StatsRow[], atMs: number) {
    this.rows = rows;
    this.#numbers = new Float64Array(rows.length * width);
    this.#spare = new Float64Array(rows.length * width);
    this.#atMs = atMs;
    this.#foresight = new Foresight(rows.length);
    rows.forEach((row, index) => {
      putNumbers(row, this.#numbers, index * width);
      for (let place = 0; place < width; place += 1) {
        const value = this.#numbers[index * width + place] ?? Number.NaN;
        if (!Number.isNaN(value)) this.#foresight.begin(index, place, value, atMs);
      }
    });
  }

  /** What must be written of the next page; `undefined` where it has other rows and must be written whole. */
  write(next: readonly StatsRow[], atMs: number): WrittenChange | undefined {
    const { rows } = this;
    if (next.length !== rows.length || !next.every((row, index) => isSame(row, rows[index]))) return undefined;
    /** Rows by what is written of them: a session moves the same counters of its server, backend and frontend. */
    const texts = new Map<string, string>();
    const others: Record<string, Mutable> = {};
    for (let index = 0; index < next.length; index += 1) {
      const before = rows[index];
      const after = next[index];
      if (before === undefined || after === undefined) continue;
      putNumbers(after, this.#spare, index * width);
      const gone: Mutable = {};
      let text = this.#writeNumbers(index, atMs, gone);
      if (!hasSameOthers(before, after)) text += writeOthers(before, after, gone);
      if (Object.keys(gone).length > 0) others[index] = gone;
      if (text === "") continue;
      const known = texts.get(text);
      texts.set(text, known === undefined ? String(index) : `${known},${index}`);
    }
    this.#turn(next, atMs);
    const text = Array.from(texts, ([tokens, indexes]) => indexes + tokens).join(" ");
    return Object.keys(others).length === 0 ? [text] : [text, others];
  }

  /** The tokens of a row's numbers; what begins or ceases to be a number goes into `others`. */
  #writeNumbers(row: number, atMs: number, others: Mutable): string {
    let text = "";
    for (let place = 0; place < width; place += 1) {
      const was = this.#numbers[row * width + place] ?? Number.NaN;
      const value = this.#spare[row * width + place] ?? Number.NaN;
      if (was === value && isSteady[place] === 1) continue;
      const isGone = Number.isNaN(value);
      if (isGone && Number.isNaN(was)) continue;
      const field = numberFields[place];
      if (field === undefined) continue;
      if (isGone || Number.isNaN(was)) {
        if (!isGone) this.#foresight.begin(row, place, value, atMs);
        others[field.letter] = isGone ? null : value;
        continue;
      }
      const foreseen = this.#foresight.foresee(row, place, was, atMs);
      this.#foresight.learn(row, place, was, value, this.#atMs, atMs);
      if (foreseen === value) continue;
      if (Number.isSafeInteger(value) && Number.isSafeInteger(foreseen)) {
        text += field.letter + (isRelative(field) ? value - foreseen : value);
      } else others[field.letter] = value;
    }
    return text;
  }

  #turn(rows: readonly StatsRow[], atMs: number): void {
    [this.#numbers, this.#spare] = [this.#spare, this.#numbers];
    this.rows = rows;
    this.#atMs = atMs;
  }

  /** The next page, from what was written of it. `undefined` for what this page cannot be followed by. */
  read(change: unknown, atMs: number): readonly StatsRow[] | undefined {
    if (!Array.isArray(change) || typeof change[0] !== "string") return undefined;
    const numbers = readNumbers(change[0], this.rows.length);
    const others = readOthers(change[1], this.rows.length);
    if (numbers === undefined || others === undefined) return undefined;
    const next: StatsRow[] = [];
    for (const [index, before] of this.rows.entries()) {
      const row = this.#follow(before, index, numbers.get(index), others.get(index), atMs);
      if (row === undefined) return undefined;
      putNumbers(row, this.#spare, index * width);
      next.push(row);
    }
    this.#turn(next, atMs);
    return next;
  }

  #follow(
    before: StatsRow,
    row: number,
    numbers: ReadonlyMap<Field, number> | undefined,
    others: WrittenRow | undefined,
    atMs: number,
  ): StatsRow | undefined {
    const next: Mutable = { ...before };
    for (let place = 0; place < width; place += 1) {
      const field = numberFields[place];
      const was = this.#numbers[row * width + place] ?? Number.NaN;
      if (field === undefined || (Number.isNaN(was) && others === undefined)) continue;
      const number = numbers?.get(field);
      const isOther = others !== undefined && Object.hasOwn(others, field.letter);
      if (isOther && !put(next, field, others[field.letter] ?? undefined)) return undefined;
      if (Number.isNaN(was)) {
        const value = next[field.key];
        if (typeof value === "number") this.#foresight.begin(row, place, value, atMs);
        continue;
      }
      const foreseen = this.#foresight.foresee(row, place, was, atMs);
      if (!isOther) next[field.key] = number === undefined ? foreseen : isRelative(field) ? foreseen + number : number;
      const value = next[field.key];
      if (typeof value === "number") this.#foresight.learn(row, place, was, value, this.#atMs, atMs);
    }
    for (const field of otherFields) {
      const number = numbers?.get(field);
      if (number !== undefined) next[field.key] = number === 1;
      if (number !== undefined && field.kind !== "flag") return undefined;
      if (others === undefined || !Object.hasOwn(others, field.letter)) continue;
      if (!put(next, field, others[field.letter] ?? undefined)) return undefined;
    }
    return next as StatsRow;
  }
}

/** The tokens of a row's flags; its texts and its status go into `others`. */
function writeOthers(before: StatsRow, after: StatsRow, others: Mutable): string {
  let text = "";
  for (const { key, kind, letter } of otherFields) {
    const value = written(after[key]);
    if (value === written(before[key])) continue;
    if (kind === "flag") text += `${letter}${value === true ? 1 : 0}`;
    else others[letter] = value;
  }
  return text;
}

/** Rows as they are written whole. */
export function writeRows(rows: readonly StatsRow[]): readonly WrittenRow[] {
  return rows.map((row) => {
    const whole: Mutable = { P: row.proxy, N: row.name, T: types.indexOf(row.type) };
    for (const { key, letter } of fields) if (row[key] !== undefined) whole[letter] = written(row[key]);
    return whole;
  });
}

/** The rows of a page that was written whole, their texts cleaned. `undefined` for what is none. */
export function readRows(value: unknown): readonly StatsRow[] | undefined {
  return Array.isArray(value) && value.length <= longestPage ? readAll(value, readRow) : undefined;
}

function readRow(value: unknown): StatsRow | undefined {
  if (!isObject(value)) return undefined;
  const type = typeof value["T"] === "number" ? types[value["T"]] : undefined;
  if (typeof value["P"] !== "string" || typeof value["N"] !== "string" || type === undefined) return undefined;
  const row: Mutable = { proxy: cleanText(value["P"]), name: cleanText(value["N"]), type };
  for (const field of fields) if (!put(row, field, value[field.letter])) return undefined;
  return row as StatsRow;
}

/** Counters and levels are written by how much they differ from what was foreseen. */
function isRelative({ kind }: Field): boolean {
  return kind === "counter" || kind === "level";
}

/** A value as it is written; of a status its text, as the rest is read off that. */
function written(value: unknown): unknown {
  return isObject(value) ? value["text"] : (value ?? null);
}

/** Puts a value that was read into the row; false for one that this field cannot have. */
function put(row: Mutable, { key, kind }: Field, value: unknown): boolean {
  switch (kind) {
    case "status":
      if (typeof value !== "string") return false;
      row[key] = readStatus(cleanText(value), row["type"] === "server");
      return true;
    case "text":
      row[key] = typeof value === "string" ? cleanText(value) : undefined;
      return value === undefined || typeof value === "string";
    case "flag":
      row[key] = value;
      return typeof value === "boolean";
    default:
      row[key] = value;
      return value === undefined || (typeof value === "number" && Number.isFinite(value));
  }
}

function readStatus(text: string, isServer: boolean): ServerStatus {
  return isServer ? parseStatus(text) : plainStatus(text);
}

function isSame(a: StatsRow, b: StatsRow | undefined): boolean {
  return a.name === b?.name && a.proxy === b.proxy && a.type === b.type;
}
