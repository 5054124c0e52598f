import * as z from "zod/mini";
import type { CellState, NodeState, Severity } from "../domain/view.ts";
import type { ChangeEvent, StateEvent } from "./event-json.ts";
import { failureKinds } from "./fleet-status-schema.ts";
import { said, words } from "./words-schema.ts";

const count = z.int().check(z.nonnegative());
const text = z.nullable(z.string());
const at = z.iso.datetime();
const severity = words<Severity>()(["OK", "WARNING", "CRITICAL", "UNKNOWN"]);
const state = z.nullable(
  words<CellState | NodeState>()([
    ...(["up", "down", "drain", "maint", "absent", "unknown"] as const),
    ...(["fresh", "stale", "pending", ...failureKinds] as const),
  ]),
);
const head = { apiVersion: z.literal("k3s-lb/v1"), kind: z.literal("Event"), cluster: z.string(), at };

/** The types say that the definitions agree: what the schema describes is what is printed. */
const change: z.core.$ZodType<ChangeEvent> = z.looseObject({
  ...head,
  event: z.literal("change").check(z.describe("an Event of an action has step here")),
  id: said("the same event, grown, has the same id and a higher update"),
  update: count.check(z.describe("how often it was told before")),
  until: at.check(z.describe("when it last grew")),
  type: words<ChangeEvent["type"]>()(["master", "node", "restart"]),
  severity: severity.check(z.describe("OK for recoveries and for what was done on purpose")),
  master: text.check(z.describe("null unless type is master")),
  from: state.check(z.describe("what the nodes said of the master, or the state of the node; null for a restart")),
  to: state.check(z.describe("of one that goes back and forth: what it was last")),
  nodes: z.array(z.string()),
  cause: text,
  flaps: count.check(z.describe("changes of what goes back and forth; 0 for what does not")),
  text: said("one line"),
});

const fleetState: z.core.$ZodType<StateEvent> = z.looseObject({
  ...head,
  event: z.literal("state").check(z.describe("the first line: how the fleet stands when the watch begins")),
  severity,
  text: said("one line"),
  problems: z.array(z.string()).check(z.describe("worst first")),
});

/** The JSON Schema (draft 2020-12) of each line of `watch -o jsonl`, and of what `on_event` reads. */
export function eventJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(z.union([change, fleetState])),
    title: "Event of k3s-lb",
    description:
      "What k3s-lb watch -o jsonl prints, and what on_event is given. Keys may be added, none is renamed; null means none.",
  };
}
