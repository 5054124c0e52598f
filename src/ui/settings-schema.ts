import * as z from "zod/mini";
import { THEME_CHOICES, type ThemeChoice } from "../output/theme.ts";
import type { KeyBinding } from "./key-binding.ts";
import { KEY_NAMES } from "./key-name.ts";
import { keymap } from "./key-table.ts";
import { showKey } from "./keymap.ts";
import type { WantedKeys } from "./remap.ts";

/** A person's settings of top, as the file has them. */
export type RawSettings = {
  readonly theme?: ThemeChoice;
  readonly ascii?: boolean;
  readonly plain?: boolean;
  readonly mouse?: boolean;
  readonly keys?: WantedKeys;
};

// The one definition of the file: it checks files, and editors get it as JSON Schema. Every `error` is what is expected.

const truth = (description: string) => z.boolean({ error: "true or false" }).check(z.meta({ description }));

const key = z.string({ error: "a key (write digits in quotes)" }).check(z.meta({ description: KEY_NAMES }));

function keysOf({ keys, label }: KeyBinding) {
  const description = `${label} (${keys.map(showKey).join(", ")})`;
  return z.optional(z.array(key, { error: "a list of keys, such as [j, down]" })).check(z.meta({ description }));
}

const actions = Object.fromEntries(keymap.map((binding) => [binding.action, keysOf(binding)]));

const settings = z.strictObject(
  {
    theme: z.optional(
      z
        .enum(THEME_CHOICES, { error: `one of ${THEME_CHOICES.join(", ")}` })
        .check(z.meta({ description: "Which of the terminal's colours to use." })),
    ),
    ascii: z.optional(truth("Draw with ASCII only.")),
    plain: z.optional(truth("Print lines of text and draw nothing, for screen readers.")),
    mouse: z.optional(truth("Listen to the mouse; the terminal then selects text with Shift.")),
    keys: z
      .optional(z.strictObject(actions, { error: "a mapping of actions to keys, such as { freeze: [F] }" }))
      .check(z.meta({ description: "Keys in place of those that an action has." })),
  },
  { error: "a mapping of theme, ascii, plain, mouse and keys" },
);

/**
 * Holds a value against the definition. An empty file says nothing, and is sound.
 * Shape: all issues at once. The keys that are sound stay in `raw`, so that the mistakes between them are found in the same
 * run.
 */
export function checkSettings(value: unknown): {
  readonly raw: RawSettings;
  readonly issues: readonly z.core.$ZodIssue[];
} {
  const read = settings.safeParse(value ?? {});
  return read.success
    ? { raw: read.data as RawSettings, issues: [] }
    : { raw: { keys: soundKeys(value) }, issues: read.error.issues };
}

function soundKeys(value: unknown): WantedKeys {
  const given = typeof value === "object" && value !== null ? (value as Record<string, unknown>)["keys"] : undefined;
  if (typeof given !== "object" || given === null) return {};
  const entries = Object.entries(given).flatMap(([action, part]) => {
    const keys = z.safeParse(z.array(key), part).data;
    return keys === undefined ? [] : [[action, keys] as const];
  });
  return Object.fromEntries(entries);
}

/** The JSON Schema of the file, for editors. Source: the very definition that `checkSettings` uses. */
export function settingsJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(settings, { io: "input" });
  return { $schema, title: "k3s-lb top.yaml", ...rest };
}
