import { describe, expect, it } from "vitest";
import { expandInStep, rangeMembers } from "../../src/domain/name-range.ts";

describe("rangeMembers", () => {
  it.each([
    ["01", "03", undefined, ["01", "02", "03"]],
    ["8", "11", undefined, ["8", "9", "10", "11"]],
    ["00", "10", "5", ["00", "05", "10"]],
    ["a", "d", undefined, ["a", "b", "c", "d"]],
    ["A", "E", "2", ["A", "C", "E"]],
    ["7", "7", undefined, ["7"]],
  ])("%s:%s:%s gives %j", (start, end, step, members) => {
    expect(rangeMembers(start, end, step)).toEqual({ ok: true, members });
  });

  it.each([
    ["01", "5", undefined, "has ends of different width; write both with 2 digits"],
    ["1", "05", undefined, "has ends of different width; write both with 2 digits"],
    ["5", "1", undefined, "runs backwards; write the smaller end first"],
    ["a", "9", undefined, "is neither numbers (01:38) nor single letters of one case (a:f)"],
    ["a", "F", undefined, "is neither numbers (01:38) nor single letters of one case (a:f)"],
    ["1", "9", "0", 'has the step "0"; expected a whole number from 1 on'],
    ["1", "9", "x", 'has the step "x"; expected a whole number from 1 on'],
    ["1", "1000000000", undefined, "has more than 20000 members"],
  ])("%s:%s:%s is refused", (start, end, step, problem) => {
    expect(rangeMembers(start, end, step)).toEqual({ ok: false, problem });
  });
});

describe("expandInStep", () => {
  it("advances all ranges of an entry together and repeats what has none", () => {
    expect(expandInStep({ name: "r[a:b]-n[01:02]", address: "10.8.0.[11:12]", ssh: "ops@gate" })).toEqual({
      ok: true,
      entries: [
        { name: "ra-n01", address: "10.8.0.11", ssh: "ops@gate" },
        { name: "rb-n02", address: "10.8.0.12", ssh: "ops@gate" },
      ],
    });
  });

  it("gives one entry where there is no range, IPv6 in brackets included", () => {
    const fields = { name: "n", address: "[fd00::1]:6443", other: "[fd00:1:2:3:4:5:6:7]" };
    expect(expandInStep(fields)).toEqual({ ok: true, entries: [fields] });
  });

  it("counts inside an IPv6 address", () => {
    expect(expandInStep({ address: "[fd00::[1:2]]:6443" })).toEqual({
      ok: true,
      entries: [{ address: "[fd00::1]:6443" }, { address: "[fd00::2]:6443" }],
    });
  });

  it("refuses ranges of unequal length and names both", () => {
    expect(expandInStep({ name: "n[1:3]", address: "a[1:2]" })).toEqual({
      ok: false,
      field: "address",
      problem:
        "the range [1:2] has 2 members, [1:3] in name has 3; ranges of one entry advance in step and need equal lengths",
    });
  });

  it("says which range is bad", () => {
    expect(expandInStep({ name: "n[3:1]" })).toEqual({
      ok: false,
      field: "name",
      problem: "the range [3:1] runs backwards; write the smaller end first",
    });
  });
});
