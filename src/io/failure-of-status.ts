import type { PollFailure } from "../domain/failure.ts";
import { cleanText } from "../domain/text.ts";

/**
 * The failure behind an HTTP status that is not 200. Redirects are not followed: only the host they lead to is told,
 * as a location may hold a password.
 */
export function failureOfStatus(statusCode: number, location: string | readonly string[] | undefined): PollFailure {
  if (statusCode === 401) return { kind: "unauthorized", detail: "answers 401", statusCode };
  if (statusCode === 403) return { kind: "forbidden", detail: "answers 403", statusCode };
  if (statusCode >= 300 && statusCode < 400) {
    const target = redirectTarget(typeof location === "string" ? location : location?.[0]);
    return { kind: "http-status", detail: `answers ${statusCode}${target}`, statusCode };
  }
  return { kind: "http-status", detail: `answers ${statusCode}`, statusCode };
}

function redirectTarget(location: string | undefined): string {
  if (location === undefined) return "";
  const here = "http://this.invalid";
  const target = URL.parse(location, here);
  if (target === null) return " (to no valid address)";
  return target.origin === here ? " (to another path)" : ` (to ${cleanText(target.host, 100)})`;
}
