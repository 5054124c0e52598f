import type { Heading } from "./doctor-facts.ts";
import { cleanText } from "./text.ts";

const decoder = new TextDecoder();

/**
 * Reads the heading of HAProxy's page for browsers: "HAProxy version 2.6.12-1+deb12u4, released 2026/10/17", or the
 * name alone under `stats hide-version` (3.4 hides it by itself). `undefined` where the page has no such heading.
 * Source: HAProxy src/stats-html.c; seen on 2.6.12, 3.0 and 3.4.
 */
export function readHeading(page: Uint8Array): Heading | undefined {
  const text = decoder.decode(page.subarray(0, 16_384));
  const found = /<h1>(?:<a [^>]*>)?HAProxy(?: version ([^,<]{1,80}))?[,<]/.exec(text);
  if (found === null) return undefined;
  const version = found[1] === undefined ? "" : cleanText(found[1], 80).trim();
  return { version: version === "" ? undefined : version };
}
