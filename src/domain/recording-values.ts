/** An object of JSON whose values are not yet known. */
export type Fields = Readonly<Record<string, unknown>>;

/** JSON of a file that anybody may have written: `undefined` for what is none. */
export function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

export function isTextOrNone(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

/** Unix milliseconds that a calendar has a day for, with room for a recording behind them; others would throw where they are written as a date. */
export function isUnixMs(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= 8e15;
}

/** Every item read, or `undefined` if one of them cannot be. */
export function readAll<Item>(value: unknown, read: (item: unknown) => Item | undefined): readonly Item[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map(read);
  return items.every((item) => item !== undefined) ? items : undefined;
}
