import { parseDuration } from "../domain/duration.ts";
import { UserError } from "../domain/user-error.ts";

/** Enough to have 50 nodes under way at once; small enough that 2,000 do not come as one burst. */
export const DEFAULT_PARALLEL = 64;

/** Gathers a flag that may be given several times, as commander calls it. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The milliseconds of a flag. Errors: a UserError that names the flag, what stands there and what is expected. */
export function readDuration(flag: string, text: string, atLeastMs: number): number {
  const result = parseDuration(text);
  if (!result.ok) throw new UserError(`${flag}: "${text}" should be ${result.expected}.`);
  if (result.ms < atLeastMs) throw new UserError(`${flag}: "${text}" is too short; ${atLeastMs}ms is the least.`);
  return result.ms;
}

/** How many nodes are asked at once. Errors: a UserError. */
export function readParallel(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 10_000) return count;
  throw new UserError(`--parallel: "${text}" should be a whole number from 1 to 10000.`);
}
