import { describe, expect, it } from "vitest";
import { sharedPrefix, shortNames, spokenNames } from "../../src/output/short-names.ts";

describe("sharedPrefix", () => {
  it.each([
    [["k8s-de1-master-1", "k8s-de1-master-2"], "k8s-de1-master-"],
    [["node01", "node02"], ""],
    [["only-one"], ""],
    [["a-1", "a-2"], ""],
    [["abc-", "abc-1"], ""],
    [["aa-b", "aa-b-c"], "aa-"],
    [["m1.vpn", "m2.vpn"], ""],
    [[], ""],
  ])("of %j is %j", (names, prefix) => {
    expect(sharedPrefix(names)).toBe(prefix);
  });
});

describe("shortNames", () => {
  it("leaves out what the names share, or nothing", () => {
    expect(shortNames(["k8s-de1-master-1", "k8s-de1-master-2"])).toEqual(["1", "2"]);
    expect(shortNames(["aa-b", "aa-b-c"])).toEqual(["b", "b-c"]);
    expect(shortNames(["m1.vpn", "m2.vpn"])).toEqual(["m1.vpn", "m2.vpn"]);
  });
});

describe("spokenNames", () => {
  it("keeps the word before a bare number", () => {
    expect(spokenNames(["k8s-de1-master-1", "k8s-de1-master-2"])).toEqual(["master-1", "master-2"]);
    expect(spokenNames(["cp-north", "cp-south"])).toEqual(["north", "south"]);
  });
});
