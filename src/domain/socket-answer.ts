import type { Order } from "./action.ts";
import type { RouteReply } from "./outcome.ts";
import { cleanText } from "./text.ts";

/**
 * The command of the Runtime API for one order, without its line end; `undefined` where a name holds what could not
 * stand in HAProxy's own configuration and might end the command early.
 */
export function writeSocketOrder({ backend, server, action }: Omit<Order, "node">): string | undefined {
  const name = /^[A-Za-z0-9_.:-]+$/;
  if (!name.test(backend) || !name.test(server)) return undefined;
  if (action === "shutdown") return `shutdown sessions server ${backend}/${server}`;
  return `set server ${backend}/${server} state ${action}`;
}

/** Reads the answer to such a command: silence is success, all else is words. Source: haproxy-facts §8. */
export function readSocketAnswer(answer: string): RouteReply {
  const text = cleanText(answer.trim(), 200);
  if (text === "") return { kind: "said", means: "ok", text };
  if (/^Permission denied/i.test(text)) return { kind: "said", means: "permission", text };
  if (/^No such (?:backend|server)|^Require 'backend\/server'/i.test(text)) {
    return { kind: "said", means: "no-such-target", text };
  }
  return { kind: "said", means: "other", text };
}
