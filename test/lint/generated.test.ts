import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHaproxyVersion } from "../../src/domain/haproxy-version.ts";
import { UserError } from "../../src/domain/user-error.ts";
import { generateHaproxy } from "../../src/generate/haproxy.ts";
import { anyInput } from "../support/any-input.ts";
import { type InputParts, inputOf } from "../support/generate-input.ts";
import { findingsOf } from "../support/lint.ts";

const versions = ["2.4", "2.6", "2.8", "3.0", "3.1", "3.2", "3.4", "3.5"] as const;

/** What lint has against the file of an input, allowed findings left out; `undefined` where none is written. */
function complaints(parts: InputParts, version: string): readonly string[] | undefined {
  const input = inputOf({ ...parts, version });
  let text: string;
  try {
    text = generateHaproxy(input)[0]?.text ?? "";
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
  // The fleet file says which master is meant, and the file of a CA that is on this machine is at hand.
  const context = { fleet: input.fleet, version: parseHaproxyVersion(version), caAtHand: "/ca.crt" };
  return findingsOf(text, context)
    .filter(({ allowed }) => allowed === undefined)
    .map(({ id, line, text: words }) => `${id} ${line}: ${words}`);
}

describe("lint of what generate writes", () => {
  it.each(versions)("finds nothing in the sample's configuration for HAProxy %s", (version) => {
    expect(complaints({}, version)).toEqual([]);
    expect(complaints({ sectionsOnly: true }, version)).toEqual([]);
  });

  it("finds nothing whatever the fleet file says, with or without any of the fixes", () => {
    const input = anyInput({ ca: "/etc/ssl/ca.pem", pair: "/etc/ssl/pair.pem" });
    let written = 0;
    fc.assert(
      fc.property(input, fc.constantFrom(...versions), (parts, version) => {
        const found = complaints(parts, version);
        if (found === undefined) return;
        written += 1;
        expect(found).toEqual([]);
      }),
      { numRuns: 300 },
    );
    // What is refused says nothing about lint: most inputs have to come to a file.
    expect(written).toBeGreaterThan(150);
  });

  it("still sees what somebody changed in it afterwards", () => {
    const text = generateHaproxy(inputOf())[0]?.text ?? "";
    const spoilt = text.replace(/^ {2}timeout tunnel .*\n/m, "").replace(" on-marked-down shutdown-sessions", "");
    const ids = findingsOf(spoilt).flatMap(({ allowed, id }) => (allowed === undefined ? [id] : []));
    expect(ids).toEqual(expect.arrayContaining(["LB010", "LB012"]));
  });
});
