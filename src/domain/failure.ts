import type { FleetNode } from "./inventory.ts";

/** What kept a poll from giving rows. Weather and refusals alike: a value, never a throw. */
export type FailureKind =
  | "unreachable"
  | "timeout"
  | "unauthorized"
  | "forbidden"
  | "tls"
  | "http-status"
  | "too-large"
  | "not-stats"
  | "dns";

/**
 * One failed poll.
 * Shape: `detail` is the cause in a few cleaned words ("connection refused", "302 to another address"); it never
 * holds a URL, a header or a secret. `statusCode` is the HTTP status where there was one.
 */
export type PollFailure = {
  readonly kind: FailureKind;
  readonly detail: string;
  readonly statusCode: number | undefined;
};

/** A failure in words for one node: one sentence, and what to do about it. */
export function describeFailure(
  failure: PollFailure,
  node: FleetNode,
): { readonly text: string; readonly hint: string } {
  return { text: `${node.name}: ${failure.kind}, ${failure.detail}.`, hint: `look at ${node.address}` };
}
