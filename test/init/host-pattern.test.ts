import { describe, expect, it } from "vitest";
import { expandHostPattern } from "../../src/init/host-pattern.ts";

describe("expandHostPattern", () => {
  it.each([
    ["n1", ["n1"], undefined],
    ["n1:2222", ["n1"], 2222],
    ["[fd00::1]:22", ["fd00::1"], 22],
    ["fd00::1", ["fd00::1"], undefined],
    ["n[08:10]", ["n08", "n09", "n10"], undefined],
    ["n[8:10]:22", ["n8", "n9", "n10"], 22],
    ["n[:2]", ["n0", "n1", "n2"], undefined],
    ["n[1:9:4]", ["n1", "n5", "n9"], undefined],
    ["[y:B]", ["y", "z", "A", "B"], undefined],
    ["r[1:2]-[a:b].x", ["r1-a.x", "r1-b.x", "r2-a.x", "r2-b.x"], undefined],
    ["n[3:1]", [], undefined],
  ])("expands %s", (pattern, hosts, port) => {
    expect(expandHostPattern(pattern)).toEqual({ ok: true, hosts, port });
  });

  it.each([
    ["n[1:", "a bracket is not closed"],
    ["n[1]", "[1] is no range; expected [01:38] or [1:9:2]"],
    ["n[1:]", "the range [1:] has no end"],
    ["n[01:100]", "the range [01:100] has ends of different width"],
    ["n[1:3:0]", "the range [1:3:0] has no step that counts up"],
    ["n[c:a]", "the range [c:a] runs backwards"],
    ["n[1:x]", "the range [1:x] is neither numbers nor letters"],
    ["n[1:9999999]", "the range [1:9999999] gives more than 100000 hosts"],
  ])("refuses %s", (pattern, problem) => {
    expect(expandHostPattern(pattern)).toEqual({ ok: false, problem });
  });
});
