import * as z from "zod/mini";

/** An enum of exactly the words of `Word`: one too many or one forgotten does not compile. */
export function words<Word extends string>(): <const List extends readonly Word[]>(
  list: [Word] extends [List[number]] ? List : never,
) => z.ZodMiniType<Word> {
  return (list) => z.enum(list as readonly Word[]) as unknown as z.ZodMiniType<Word>;
}

/** A string with its meaning. */
export function said(description: string): z.ZodMiniString {
  return z.string().check(z.describe(description));
}
