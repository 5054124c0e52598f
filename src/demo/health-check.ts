import type { VersionTraits } from "./haproxy-version.ts";

/**
 * What stands at a master's port, as a health check meets it.
 * Shape: `phrase` is the reason phrase byte for byte (one character a byte); it may be hostile.
 * `hang` shakes hands and says nothing more; `dark` drops every packet; `no-route` gets an ICMP answer;
 * `tls-silence` accepts and never shakes hands; `plain-text` answers the handshake without TLS;
 * `babble` shakes hands and then talks something that is not HTTP.
 * Units: `delayMs` is how long the answer takes.
 */
export type MasterAnswer =
  | { readonly kind: "status"; readonly statusCode: number; readonly phrase: string; readonly delayMs: number }
  | { readonly kind: "refuse" | "hang" | "dark" | "no-route" | "tls-silence" | "plain-text" | "babble" };

/**
 * One finished health check.
 * Shape: `status` is a word of HAProxy's check_status; `code` only where HTTP came back; `text` is last_chk, raw.
 */
export type CheckOutcome = {
  readonly status: CheckStatus;
  readonly code: number | undefined;
  readonly durationMs: number;
  readonly text: string;
  readonly passed: boolean;
};

export type CheckStatus =
  | "INI"
  | "SOCKERR"
  | "L4CON"
  | "L4TOUT"
  | "L6RSP"
  | "L6TOUT"
  | "L7OK"
  | "L7RSP"
  | "L7STS"
  | "L7TOUT";

/** HAProxy's own words for a check_status. Source: src/check.c, analyze_statuses. */
export const checkDescriptions: Readonly<Record<CheckStatus, string>> = {
  INI: "Initializing",
  SOCKERR: "Socket error",
  L4CON: "Layer4 connection problem",
  L4TOUT: "Layer4 timeout",
  L6RSP: "Layer6 invalid response",
  L6TOUT: "Layer6 timeout",
  L7OK: "Layer7 check passed",
  L7RSP: "Layer7 invalid response",
  L7STS: "Layer7 wrong status",
  L7TOUT: "Layer7 timeout",
};

/** An answer of the usual kind: a few milliseconds, the usual phrase. */
export function statusAnswer(
  statusCode: number,
  phrase: string = phrases[statusCode] ?? "",
  delayMs = 2,
): MasterAnswer {
  return { kind: "status", statusCode, phrase, delayMs };
}

const phrases: Readonly<Record<number, string>> = {
  200: "OK",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/**
 * What a check of `GET /readyz` over TLS brings back.
 * Units: `timeoutMs` is the check's (HAProxy: the interval), `jitterMs` is added to what a live master takes.
 */
export function checkMaster(
  answer: MasterAnswer,
  expected: readonly number[],
  timeoutMs: number,
  jitterMs: number,
  traits: VersionTraits,
): CheckOutcome {
  switch (answer.kind) {
    case "status":
      if (answer.delayMs >= timeoutMs) return failed("L7TOUT", timeoutMs, "");
      return answered(answer.statusCode, answer.phrase, expected, answer.delayMs + jitterMs);
    case "refuse":
      return failed("L4CON", 0, traits.refusedText);
    case "no-route":
      return failed("L4CON", 0, traits.noRouteText);
    case "dark":
      return failed("L4TOUT", timeoutMs, "");
    case "tls-silence":
      return failed("L6TOUT", timeoutMs, "");
    case "plain-text":
      return failed("L6RSP", 1 + jitterMs, "SSL handshake failure");
    case "hang":
      return failed("L7TOUT", timeoutMs, "");
    case "babble":
      return failed(traits.brokenAnswerStatus, 1 + jitterMs, "");
  }
}

function answered(code: number, phrase: string, expected: readonly number[], durationMs: number): CheckOutcome {
  if (expected.includes(code)) return { status: "L7OK", code, durationMs, text: "", passed: true };
  return { status: "L7STS", code, durationMs, text: checkText(phrase), passed: false };
}

function failed(status: CheckStatus, durationMs: number, text: string): CheckOutcome {
  return { status, code: undefined, durationMs, text, passed: false };
}

/** last_chk keeps at most 127 bytes, ends at a NUL, and turns a line feed into a blank. */
function checkText(phrase: string): string {
  const [untilNul = ""] = phrase.split("\0", 1);
  return untilNul.replaceAll("\r", "").replaceAll("\n", " ").slice(0, 127);
}
