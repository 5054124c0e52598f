import * as z from "zod/mini";
import type { OutcomeWord, RouteName } from "../domain/outcome.ts";
import type { HistoryJson, OperationJson } from "./history-json.ts";
import { said, words } from "./words-schema.ts";

const text = z.nullable(z.string());
const time = z.iso.datetime();

const node = z.looseObject({
  node: z.string(),
  backend: z.string(),
  server: z.string(),
  before: text.check(z.describe("HAProxy's status column before; null: nobody knew")),
  after: text.check(z.describe("the same as read back; null: not read back")),
  st: text.check(z.describe("HAProxy's own code, or the socket's words")),
  route: z.nullable(words<RouteName>()(["http", "ssh", "socket"])),
  outcome: z
    .nullable(
      words<OutcomeWord>()([
        "verified",
        "unchanged",
        "accepted",
        "contradicted",
        "denied",
        "refused",
        "guarded",
        "unreached",
        "unknown",
      ]),
    )
    .check(z.describe("null: nothing is written of it")),
  detail: text,
  ms: z.nullable(z.number()),
});

/** The types say that the definitions agree: what the schema describes is what is printed. */
const operation: z.ZodMiniType<OperationJson> = z.looseObject({
  apiVersion: z.literal("k3s-lb/v1"),
  kind: z.literal("Operation"),
  cluster: z.string(),
  operation: said("its id"),
  at: time.check(z.describe("when it began")),
  user: z.string(),
  host: said("the machine of the console"),
  sshClient: text.check(z.describe("where its ssh session came from")),
  action: said("the command: drain, maint, enable or kill-sessions"),
  masters: z.array(z.string()),
  reason: text,
  until: z.nullable(time).check(z.describe("when it was meant to be over")),
  outcome: text.check(z.describe("of the whole; null: its console is at work, or died")),
  endedAt: z.nullable(time),
  nodes: z.array(node).check(z.describe("in the order in which they ended, then those of which nothing is written")),
});

const history: z.ZodMiniType<HistoryJson> = z.looseObject({
  apiVersion: z.literal("k3s-lb/v1"),
  kind: z.literal("History"),
  cluster: z.string(),
  operations: z.array(operation).check(z.describe("newest first")),
});

/** The JSON Schema (draft 2020-12) of `history -o json`, a History, and of each line of `-o jsonl`, an Operation. */
export function historyJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(z.union([history, operation])),
    title: "History and Operation of k3s-lb",
    description:
      "What k3s-lb history -o json and jsonl print. Keys may be added, none is renamed; null means not known.",
  };
}
