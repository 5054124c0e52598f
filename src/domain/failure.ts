import { describeNotStats, type NotStats } from "./not-stats.ts";

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

/** Every `detail` that is not made from what a node sent. Hints are found by these (`describe-failure.ts`). */
export const failureDetails = {
  refused: "connection refused",
  noRoute: "no route to host",
  networkDown: "network is unreachable",
  reset: "connection reset",
  closed: "closed without an answer",
  lost: "connection lost in the middle of the answer",
  notPermitted: "not permitted by this machine",
  noFiles: "this console has no file descriptors left",
  otherNetwork: "network error",
  connectTimeout: "no connection in time",
  handshakeTimeout: "no TLS handshake in time",
  answerTimeout: "no answer in time",
  bodyTimeout: "the answer did not end in time",
  busy: "still no answer to the question before",
  ending: "this console is ending",
  held: "held back, as things have changed",
  nameNotFound: "name not found",
  nameServer: "name server does not answer",
  expired: "certificate has expired",
  notYetValid: "certificate is not valid yet",
  selfSigned: "self-signed certificate",
  unknownIssuer: "certificate of an unknown issuer",
  otherName: "certificate is for another name",
  revoked: "certificate is revoked",
  notTls: "the port does not speak TLS",
  speaksTls: "the port speaks TLS",
  clientCertificate: "a client certificate is wanted",
  handshake: "TLS handshake failed",
  tooLarge: "answer larger than 1 MiB",
} as const;

/** A failure without an HTTP status. */
export function networkFailure(kind: FailureKind, detail: string): PollFailure {
  return { kind, detail, statusCode: undefined };
}

/** An answer with status 200 that is no stats page. */
export function notStatsFailure(reason: NotStats): PollFailure {
  return { kind: "not-stats", detail: describeNotStats(reason), statusCode: 200 };
}
