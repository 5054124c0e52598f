import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLine, encodeEntry } from "../../src/domain/ledger-lines.ts";
import { cleanText } from "../../src/domain/text.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";

const name = fc.string({ minLength: 1 });
const clean = fc.string({ unit: "grapheme" }).map((text) => cleanText(text));
const order = fc.record({ node: name, backend: name, server: name, before: fc.option(clean, { nil: undefined }) });

describe("encodeEntry", () => {
  it("writes one line that says its version and its kind", () => {
    const line = encodeEntry(aStep({ detail: "two\nlines" }));
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toMatchObject({ v: 1, kind: "step", outcome: "verified" });
  });

  it("is read back as it was by decodeLine, whatever names and reasons hold", () => {
    fc.assert(
      fc.property(fc.array(order), fc.array(name), clean, (orders, masters, reason) => {
        const entry = aBegun({ orders, masters, reason });
        expect(decodeLine(encodeEntry(entry))).toEqual({ kind: "entry", entry });
      }),
    );
    for (const entry of [aStep(), aStep({ st: undefined, route: undefined, before: undefined }), anEnd()]) {
      expect(decodeLine(encodeEntry(entry))).toEqual({ kind: "entry", entry });
    }
  });
});

describe("decodeLine", () => {
  const line = (part: object) => JSON.stringify({ v: 1, ...aStep(), ...part });

  it("calls every beginning of a line damaged, and never throws", () => {
    const whole = encodeEntry(aBegun({ reason: "Kühlung ❄" }));
    for (let end = 0; end < whole.length; end++) expect(decodeLine(whole.slice(0, end))).toEqual({ kind: "damaged" });
    fc.assert(fc.property(fc.string(), (text) => decodeLine(text).kind === "damaged"));
  });

  it("passes over kinds and versions that it does not know", () => {
    expect(decodeLine('{"v":1,"kind":"note","id":"x"}')).toEqual({ kind: "foreign" });
    expect(decodeLine(line({ v: 2 }))).toEqual({ kind: "foreign" });
    expect(decodeLine('{"v":1,"kind":"constructor"}')).toEqual({ kind: "foreign" });
  });

  it("lets keys be that it does not know", () => {
    expect(decodeLine(line({ colour: "red" }))).toEqual({ kind: "entry", entry: aStep() });
  });

  it.each([
    ["a time that is none", { at: "yesterday" }],
    ["an outcome that is no word", { outcome: "great" }],
    ["a number for a name", { node: 7 }],
    ["no name at all", { server: "" }],
    ["a route that is none", { route: "pigeon" }],
    ["a status that is no text", { after: 3 }],
    ["a duration that is a text", { ms: "12" }],
  ])("does not take %s", (_, part) => {
    expect(decodeLine(line(part))).toEqual({ kind: "damaged" });
  });

  it.each([
    ["no orders", { orders: undefined }],
    ["an order without a node", { orders: [{ backend: "b", server: "s" }] }],
    ["an action that is none", { action: "reboot" }],
    ["nobody who did it", { who: { user: "ops" } }],
    ["an end that is no time", { until: "later" }],
  ])("does not take a beginning with %s", (_, part) => {
    expect(decodeLine(JSON.stringify({ v: 1, ...aBegun(), ...part }))).toEqual({ kind: "damaged" });
  });

  it("takes control characters out of what people and networks wrote", () => {
    const read = decodeLine(encodeEntry(aBegun({ reason: "a\u001b[31m\u202eb" })));
    expect(read).toMatchObject({ entry: { reason: "a[31mb" } });
    expect(decodeLine(encodeEntry(aStep({ after: "DRAIN\u0007" })))).toMatchObject({ entry: { after: "DRAIN" } });
  });
});
