import * as z from "zod/mini";
import { duration, text, word } from "./fleet-leaves.ts";

// Part of the definition in fleet-schema.ts: who is told of events outside of the screen.

const COMMAND = "a list of a program and its arguments, as in [/usr/local/bin/page, ops]; [] for none";

/** The section `events`. */
export const eventsSection: z.ZodMiniType = z.strictObject(
  {
    on_event: z.optional(
      z.array(text("text", "The program, then its arguments; no shell is involved."), { error: COMMAND }).check(
        z.meta({
          description: "A program that is started when something happened; it reads one JSON object per line.",
        }),
      ),
    ),
    min_severity: z._default(
      word(["ok", "warning", "critical"], "The least severity that the program and the bell are for."),
      "warning",
    ),
    debounce: z._default(
      duration("Time from one start of the program to the next for the same subject; up to 1h."),
      "10s",
    ),
    bell: z._default(
      z
        .boolean({ error: "true or false" })
        .check(z.meta({ description: "Whether top rings the terminal's bell, as with --bell." })),
      false,
    ),
  },
  { error: "a mapping of on_event, min_severity, debounce and bell" },
);
