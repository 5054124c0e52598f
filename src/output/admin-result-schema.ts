import * as z from "zod/mini";
import type { AdminAction } from "../domain/action.ts";
import type { AdminWord } from "../domain/admin-verdict.ts";
import type { OutcomeWord, RouteName } from "../domain/outcome.ts";
import type { Refusal } from "../domain/plan.ts";
import type { AdminPlan } from "./admin-plan-json.ts";
import type { AdminEvent, AdminResult, AdminWait, AdminWaitNode } from "./admin-result.ts";
import { said, words } from "./words-schema.ts";

const count = z.int().check(z.nonnegative());
const text = z.nullable(z.string());
const known = z.nullable(count);
const at = z.iso.datetime();
const action = words<AdminAction>()(["ready", "drain", "maint", "shutdown"]);

const outcomes = [
  "verified",
  "unchanged",
  "accepted",
  "contradicted",
  "denied",
  "refused",
  "guarded",
  "unreached",
  "unknown",
] as const;
const outcome = words<OutcomeWord>()(outcomes);

const stepFields = {
  node: z.string(),
  backend: z.string(),
  server: z.string(),
  before: text.check(z.describe("HAProxy's status column before; null: nobody knows")),
  after: text.check(z.describe("the same as read back; null: not read back")),
  sessions: known.check(z.describe("sessions there before")),
  st: text.check(z.describe("HAProxy's own code, or the socket's words")),
  route: z.nullable(words<RouteName>()(["http", "ssh", "socket"])),
  outcome,
  detail: said("what happened"),
  next: text.check(z.describe("what to do about it")),
  ms: count,
};

const wait = z.looseObject({
  outcome: words<AdminWait["outcome"]>()(["done", "contradicted", "timed-out", "interrupted"]),
  sessionsBefore: known,
  sessionsLeft: known,
  nodes: z.array(
    z.looseObject({
      node: z.string(),
      state: words<AdminWaitNode["state"]>()(["waiting", "done", "contradicted"]),
      sessionsBefore: known,
      sessionsLeft: known,
      detail: z.string(),
    }),
  ),
  notes: z.array(z.string()).check(z.describe("what could not be seen")),
});

const head = { apiVersion: z.literal("k3s-lb/v1"), cluster: z.string(), at };

/** The type says that the two definitions agree: what the schema describes is an AdminResult. */
const adminResult: z.core.$ZodType<AdminResult> = z.looseObject({
  ...head,
  kind: z.literal("AdminResult"),
  operation: text.check(z.describe("the ledger's id: k3s-lb history <id>; null: nothing was sent")),
  action,
  masters: z.array(z.string()),
  outcome: words<AdminWord>()([
    "verified",
    "unchanged",
    "accepted",
    "partial",
    "failed",
    "guarded",
    "timed-out",
    "interrupted",
  ]),
  exitCode: count,
  counts: z.partialRecord(z.enum(outcomes), count),
  by: z.nullable(z.looseObject({ user: z.string(), host: z.string(), sshClient: text })),
  reason: text,
  until: z.nullable(at),
  warnings: z.array(z.string()),
  nodes: z.array(z.looseObject(stepFields)),
  kills: z.nullable(z.array(z.looseObject(stepFields))).check(z.describe("the sessions closed by --kill")),
  wait: z.nullable(wait),
});

const planStep = z.looseObject({
  node: z.string(),
  backend: z.string(),
  server: z.string(),
  before: text,
  sessions: known,
  needed: z.boolean().check(z.describe("false: it is so already, nothing would be sent")),
  usableLeft: known.check(z.describe("masters that this node could still use")),
  warnings: z.array(z.string()),
});

const adminPlan: z.core.$ZodType<AdminPlan> = z.looseObject({
  ...head,
  kind: z.literal("AdminPlan"),
  action,
  masters: z.array(z.string()),
  summary: said("one line"),
  exitCode: count,
  minHealthy: count,
  sessions: count,
  toType: z.array(z.string()).check(z.describe("names that --confirm has to give")),
  steps: z.array(planStep),
  refusals: z.array(
    z.looseObject({
      node: z.string(),
      kind: words<Refusal["kind"]>()(["guard", "blind", "absent", "strict"]),
      text: z.string(),
      steps: z.array(planStep),
    }),
  ),
  warnings: z.array(z.string()),
});

const adminEvent: z.core.$ZodType<AdminEvent> = z.looseObject({
  apiVersion: z.literal("k3s-lb/v1"),
  kind: z.literal("Event"),
  event: z.literal("step"),
  action: action.check(z.describe("shutdown for the sessions that --kill closes")),
  at,
  operation: z.string(),
  done: count,
  total: count,
  ...stepFields,
});

/**
 * The JSON Schema (draft 2020-12) of what actions print: the AdminResult of `-o json`, the AdminPlan of
 * `--dry-run -o json`, and the Event of each step in `-o jsonl`.
 */
export function adminResultJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(z.union([adminResult, adminPlan, adminEvent])),
    title: "AdminResult of k3s-lb",
    description:
      "What drain, maint, enable and kill-sessions print. Keys may be added, none is renamed; null means not known.",
  };
}
