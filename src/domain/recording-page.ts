import { type Field, fieldOfLetter, fields, valuesOf } from "./recording-fields.ts";
import { Foresight } from "./recording-foresight.ts";
import { isObject, readAll } from "./recording-values.ts";
import type { RowType, StatsRow } from "./stats.ts";
import { parseStatus, plainStatus, type ServerStatus } from "./status.ts";
import { cleanText } from "./text.ts";

/** A row whole: its values by the letters of their fields; what it has not is left out. */
export type WrittenRow = Readonly<Record<string, unknown>>;

/**
 * What differs from what was to be foreseen. `numbers`: "3D4g-1 2,5i1", rows before the letters of their fields;
 * `others`: what is no number, or begins or ceases to be one, by row and letter, `null` for a value that is gone.
 */
export type WrittenChange = readonly [numbers: string, others?: Readonly<Record<string, WrittenRow>>];

const types: readonly RowType[] = ["frontend", "backend", "server", "listener"];
const longestPage = 50_000;

/** By place in the table: what stays as it is unless it is written. */
const isSteady = Uint8Array.from(fields, ({ kind }) => (kind === "age" || kind === "counter" ? 0 : 1));

type Mutable = Record<string, unknown>;

/** The page that a node showed last, and what is to be foreseen of its next one. Rows keep their order meanwhile. */
export class PageTrack {
  rows: readonly StatsRow[];
  #values: readonly (readonly unknown[])[];
  #atMs: number;
  readonly #foresight: Foresight;

  constructor(rows: readonly StatsRow[], atMs: number) {
    this.rows = rows;
    this.#values = rows.map(valuesOf);
    this.#atMs = atMs;
    this.#foresight = new Foresight(rows.length);
    this.#values.forEach((values, row) => {
      values.forEach((value, place) => {
        if (typeof value === "number") this.#foresight.begin(row, place, value, atMs);
      });
    });
  }

  /** What must be written of the next page; `undefined` where it has other rows and must be written whole. */
  write(next: readonly StatsRow[], atMs: number): WrittenChange | undefined {
    if (next.length !== this.rows.length || !next.every((row, index) => isSame(row, this.rows[index])))
      return undefined;
    /** Rows by what is written of them: a session moves the same counters of its server, backend and frontend. */
    const numbers = new Map<string, string>();
    let others: Record<string, Mutable> | undefined;
    const nextValues = next.map(valuesOf);
    for (const [index, values] of nextValues.entries()) {
      const written = this.#writeRow(index, this.#values[index] ?? [], values, atMs);
      if (written.numbers !== "") {
        const rows = numbers.get(written.numbers);
        numbers.set(written.numbers, rows === undefined ? String(index) : `${rows},${index}`);
      }
      if (written.others !== undefined) others = { ...others, [index]: written.others };
    }
    this.rows = next;
    this.#values = nextValues;
    this.#atMs = atMs;
    const text = Array.from(numbers, ([tokens, rows]) => rows + tokens).join(" ");
    return others === undefined ? [text] : [text, others];
  }

  #writeRow(
    row: number,
    before: readonly unknown[],
    after: readonly unknown[],
    atMs: number,
  ): { readonly numbers: string; readonly others: Mutable | undefined } {
    let numbers = "";
    let others: Mutable | undefined;
    for (let place = 0; place < fields.length; place += 1) {
      const was = before[place];
      const value = after[place];
      if (was === value && (value === undefined || isSteady[place] === 1)) continue;
      const field = fields[place];
      if (field === undefined) continue;
      const token = this.#token(field, place, row, was, value, atMs);
      if (token === null) others = { ...others, [field.letter]: written(value) };
      else numbers += token;
    }
    return { numbers, others };
  }

  /** What is written of a number, nothing for what was to be foreseen; `null` for what goes among the others. */
  #token(field: Field, place: number, row: number, was: unknown, value: unknown, atMs: number): string | null {
    if (typeof value === "number" && typeof was === "number") {
      const foreseen = this.#foresight.foresee(row, place, was, atMs);
      this.#foresight.learn(row, place, was, value, this.#atMs, atMs);
      if (foreseen === value) return "";
      if (!Number.isSafeInteger(value) || !Number.isSafeInteger(foreseen)) return null;
      return field.letter + (isRelative(field) ? value - foreseen : value);
    }
    if (typeof value === "number") this.#foresight.begin(row, place, value, atMs);
    if (field.kind === "flag") return `${field.letter}${value === true ? 1 : 0}`;
    return field.kind === "status" && written(value) === written(was) ? "" : null;
  }

  /** The next page, from what was written of it. `undefined` for what this page cannot be followed by. */
  read(change: unknown, atMs: number): readonly StatsRow[] | undefined {
    if (!Array.isArray(change) || typeof change[0] !== "string") return undefined;
    const numbers = readNumbers(change[0], this.rows.length);
    const others = readOthers(change[1], this.rows.length);
    if (numbers === undefined || others === undefined) return undefined;
    const next = this.rows.map((row, index) => this.#follow(row, index, numbers.get(index), others.get(index), atMs));
    if (!next.every((row) => row !== undefined)) return undefined;
    this.rows = next;
    this.#values = next.map(valuesOf);
    this.#atMs = atMs;
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
    for (let place = 0; place < fields.length; place += 1) {
      const field = fields[place];
      if (field === undefined) continue;
      const { key, kind, letter } = field;
      const was = before[key];
      const number = numbers?.get(field);
      if (others !== undefined && Object.hasOwn(others, letter)) {
        if (!put(next, field, others[letter] ?? undefined)) return undefined;
        const value = next[key];
        if (typeof value === "number") {
          if (typeof was === "number") this.#foresight.learn(row, place, was, value, this.#atMs, atMs);
          else this.#foresight.begin(row, place, value, atMs);
        }
      } else if (typeof was === "number") {
        const foreseen = this.#foresight.foresee(row, place, was, atMs);
        const value = number === undefined ? foreseen : isRelative(field) ? foreseen + number : number;
        this.#foresight.learn(row, place, was, value, this.#atMs, atMs);
        next[key] = value;
      } else if (number !== undefined) {
        if (kind !== "flag") return undefined;
        next[key] = number === 1;
      }
    }
    return next as StatsRow;
  }
}

/** Rows as they are written whole. */
export function writeRows(rows: readonly StatsRow[]): readonly WrittenRow[] {
  return rows.map((row) => {
    const whole: Mutable = { P: row.proxy, N: row.name, T: types.indexOf(row.type) };
    valuesOf(row).forEach((value, place) => {
      const letter = fields[place]?.letter;
      if (value !== undefined && letter !== undefined) whole[letter] = written(value);
    });
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

const group = /([0-9]{1,6}(?:,[0-9]{1,6})*)((?:[A-Za-z]-?[0-9]{1,16})+)(?: |$)/y;
const token = /([A-Za-z])(-?[0-9]+)/g;

function readNumbers(text: string, rows: number): ReadonlyMap<number, ReadonlyMap<Field, number>> | undefined {
  const found = new Map<number, ReadonlyMap<Field, number>>();
  group.lastIndex = 0;
  while (group.lastIndex < text.length) {
    const [, indexes = "", tokens = ""] = group.exec(text) ?? [];
    if (tokens === "") return undefined;
    const numbers = new Map<Field, number>();
    for (const [, letter = "", digits] of tokens.matchAll(token)) {
      const field = fieldOfLetter.get(letter);
      if (field !== undefined) numbers.set(field, Number(digits));
    }
    for (const index of indexes.split(",")) {
      if (Number(index) >= rows) return undefined;
      found.set(Number(index), numbers);
    }
  }
  return found;
}

function readOthers(value: unknown, rows: number): ReadonlyMap<number, WrittenRow> | undefined {
  if (value === undefined) return new Map();
  if (!isObject(value)) return undefined;
  const found = new Map<number, WrittenRow>();
  for (const [index, row] of Object.entries(value)) {
    if (!/^[0-9]{1,6}$/.test(index) || Number(index) >= rows || !isObject(row)) return undefined;
    found.set(Number(index), row);
  }
  return found;
}

function isSame(a: StatsRow, b: StatsRow | undefined): boolean {
  return a.name === b?.name && a.proxy === b.proxy && a.type === b.type;
}
