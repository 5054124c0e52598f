import * as z from "zod/mini";
import { parseDuration } from "./duration.ts";

const DURATION = "a duration such as 2s, 1500ms or 1m";

/** A text that fits `pattern`; `expected` follows the words "expected …" when it does not. */
export function text(
  expected: string,
  description: string,
  pattern: RegExp = /^[^\x00-\x1f\x7f-\x9f]+$/,
): z.ZodMiniString<string> {
  return z.string({ error: expected }).check(z.regex(pattern, { error: expected }), z.meta({ description }));
}

/** A whole number from `low` to `high`. */
export function whole(low: number, high: number, expected: string, description: string): z.ZodMiniNumber<number> {
  const error = expected;
  return z
    .number({ error })
    .check(z.int({ error }), z.minimum(low, { error }), z.maximum(high, { error }), z.meta({ description }));
}

/** A duration with its unit, kept as text. */
export function duration(description: string): z.ZodMiniString<string> {
  const pattern = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+$";
  return z.string({ error: DURATION }).check(
    z.refine((value) => parseDuration(value).ok, { error: DURATION }),
    z.meta({ description, pattern, examples: ["2s", "1500ms", "1m"] }),
  );
}

/** One of a few words. */
export function word<const Word extends string>(
  words: readonly Word[],
  description: string,
): z.ZodMiniEnum<{ [Key in Word]: Key }> {
  return z.enum(words, { error: `one of ${words.join(", ")}` }).check(z.meta({ description })) as never;
}

/** What a node is called beside its name. */
export const labels: z.ZodMiniType = z
  .record(
    z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/)),
    text("text (write numbers, yes and no in quotes)", "The label's value; ranges advance with the name."),
    { error: "a mapping of label names to texts" },
  )
  .check(z.meta({ description: "Labels, for --node @label=value and to name what failing nodes share." }));
