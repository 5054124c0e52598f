import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareNames } from "../../src/domain/fold.ts";
import { expandInStep } from "../../src/domain/name-range.ts";
import { type FlatEntry, foldEntries } from "../../src/init/fold-entries.ts";

const nodes = (count: number, make: (i: number) => FlatEntry): FlatEntry[] =>
  Array.from({ length: count }, (_, i) => make(i));
const pad = (number: number): string => String(number).padStart(2, "0");

function unfold(entries: readonly FlatEntry[]): FlatEntry[] {
  return entries.flatMap((entry) => {
    const result = expandInStep(entry);
    return result.ok ? result.entries : [];
  });
}

describe("foldEntries", () => {
  it("writes names and addresses that count on in step as one entry", () => {
    const entries = nodes(38, (i) => ({ name: `node${pad(i + 1)}`, address: `10.8.0.${i + 11}` }));
    expect(foldEntries(entries)).toEqual([{ address: "10.8.0.[11:48]", name: "node[01:38]" }]);
  });

  it("sorts as a reader would, whatever the order of the source", () => {
    expect(foldEntries(nodes(12, (i) => ({ name: `n${12 - i}` })))).toEqual([{ name: "n[1:12]" }]);
  });

  it("keeps what is the same, and gives each number its own step", () => {
    const entries = nodes(5, (i) => ({ name: `r1-n${2 * i}`, ssh: `ops@10.0.${i}.7` }));
    expect(foldEntries(entries)).toEqual([{ name: "r1-n[0:8:2]", ssh: "ops@10.0.[0:4].7" }]);
  });

  it("breaks where the address jumps, the width changes or a field is missing", () => {
    const entries = [
      ...nodes(3, (i) => ({ name: `a${i}`, address: `10.0.0.${i}` })),
      ...nodes(3, (i) => ({ name: `a${i + 3}`, address: `10.0.1.${i}` })),
      { name: "a6" },
      { name: "a7", address: "10.0.0.7" },
    ];
    expect(foldEntries(entries)).toEqual([
      { address: "10.0.0.[0:2]", name: "a[0:2]" },
      { address: "10.0.1.[0:2]", name: "a[3:5]" },
      { name: "a6" },
      { name: "a7", address: "10.0.0.7" },
    ]);
    expect(foldEntries(nodes(4, (i) => ({ name: `n${"0".repeat(i + 1)}${i}` })))).toHaveLength(4);
  });

  it("leaves two alone, and numbers that no double holds", () => {
    const two = nodes(2, (i) => ({ name: `n${i}` }));
    expect(foldEntries(two)).toEqual(two);
    const long = nodes(3, (i) => ({ name: `n1234567890123456789${i}` }));
    expect(foldEntries(long)).toEqual(long);
  });

  it("stays under the fleet file's limit of a range", () => {
    const folded = foldEntries(nodes(45_000, (i) => ({ name: `n${i}` })));
    expect(folded).toEqual([{ name: "n[0:19999]" }, { name: "n[20000:39999]" }, { name: "n[40000:44999]" }]);
  });

  it("gives exactly the same entries again, for any entries", () => {
    const part = fc.oneof(
      fc.constantFrom("a", "-", ".", "node", "[1:3]"),
      fc.nat(12).map(String),
      fc.constantFrom("00", "01", "08", "09", "10"),
    );
    const text = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
    const scattered = fc.array(fc.record({ name: text, address: text }), { maxLength: 8 });
    const run = fc
      .tuple(fc.nat(120), fc.nat(20), fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 2, 3))
      .map(([first, count, step, width]) =>
        nodes(count, (i) => ({ name: `n${String(first + i * step).padStart(width, "0")}`, address: `h${i}` })),
      );
    fc.assert(
      fc.property(scattered, run, (some, others) => {
        const plain = [...some.filter(({ name, address }) => !`${name}${address}`.includes("[")), ...others];
        const entries = [...new Map(plain.map((entry) => [entry.name, entry])).values()];
        expect(unfold(foldEntries(entries))).toEqual(entries.toSorted((a, b) => compareNames(a.name, b.name)));
      }),
    );
  });
});
