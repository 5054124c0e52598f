import { type Field, fieldOfLetter } from "./recording-fields.ts";
import { isObject } from "./recording-values.ts";

/** A row whole: its values by the letters of their fields; what it has not is left out. */
export type WrittenRow = Readonly<Record<string, unknown>>;

/**
 * What differs from what was to be foreseen. `numbers`: "3D4g-1 2,5i1", rows before the letters of their fields;
 * `others`: what is no number, or begins or ceases to be one, by row and letter, `null` for a value that is gone.
 */
export type WrittenChange = readonly [numbers: string, others?: Readonly<Record<string, WrittenRow>>];

const group = /([0-9]{1,6}(?:,[0-9]{1,6})*)((?:[A-Za-z]-?[0-9]{1,16})+)(?: |$)/y;
const token = /([A-Za-z])(-?[0-9]+)/g;

/** What is written of the numbers of each row. `undefined` for what cannot be read, or is of a row that there is not. */
export function readNumbers(text: string, rows: number): ReadonlyMap<number, ReadonlyMap<Field, number>> | undefined {
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

/** The same of the others. */
export function readOthers(value: unknown, rows: number): ReadonlyMap<number, WrittenRow> | undefined {
  if (value === undefined) return new Map();
  if (!isObject(value)) return undefined;
  const found = new Map<number, WrittenRow>();
  for (const [index, row] of Object.entries(value)) {
    if (!/^[0-9]{1,6}$/.test(index) || Number(index) >= rows || !isObject(row)) return undefined;
    found.set(Number(index), row);
  }
  return found;
}
