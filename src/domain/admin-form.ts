import type { Order } from "./action.ts";
import type { RouteReply, StCode } from "./outcome.ts";
import { cleanText } from "./text.ts";

/** The body of the stats page's form for one order: one server, so that PART cannot arise. Source: haproxy-facts §4. */
export function writeAdminForm({ backend, server, action }: Omit<Order, "node">): string {
  const field = (key: string, value: string) => `${key}=${encodeURIComponent(value)}`;
  return [field("s", server), field("action", action), field("b", backend)].join("&");
}

const codes: readonly StCode[] = ["DONE", "PART", "ERRP", "NONE", "EXCD", "DENY", "IVAL", "UNKN"];

/**
 * Reads the answer to the form.
 * Shape: the code stands in the Location of a 303, wherever that leads (`/;st=DONE;norefresh`, also as a whole URL); a
 * word that is none of HAProxy's becomes UNKN and is kept as text. Any other status, or a 303 without a code, means
 * that something else answered: `rejected`. Nothing is ever followed.
 */
export function readFormAnswer(statusCode: number, location: string | undefined): RouteReply {
  const word = statusCode === 303 ? /;st=([^;?&#\s]*)/.exec(location ?? "")?.[1] : undefined;
  if (word === undefined) return { kind: "rejected", statusCode };
  const st = codes.find((code) => code === word);
  return st === undefined ? { kind: "answered", st: "UNKN", text: cleanText(word, 40) } : { kind: "answered", st };
}
