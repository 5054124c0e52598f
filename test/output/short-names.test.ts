import { describe, expect, it } from "vitest";
import { shortNames, spokenNames } from "../../src/output/short-names.ts";

describe("shortNames", () => {
  it.each([
    [["k8s-de1-master-1", "k8s-de1-master-2"], "k8s-de1-master-", ["1", "2"]],
    [["m1.vpn", "m2.vpn"], "", ["m1.vpn", "m2.vpn"]],
    [["a-b", "a-b-c"], "a-", ["b", "b-c"]],
    [["a-", "a-b"], "", ["a-", "a-b"]],
    [["only-one"], "", ["only-one"]],
    [[], "", []],
  ])("cuts %j after a separator", (full, prefix, names) => {
    expect(shortNames(full)).toEqual({ prefix, names });
  });
});

describe("spokenNames", () => {
  it("keeps the word before a bare number", () => {
    expect(spokenNames(["k8s-de1-master-1", "k8s-de1-master-2"])).toEqual(["master-1", "master-2"]);
    expect(spokenNames(["cp-north", "cp-south"])).toEqual(["north", "south"]);
  });
});
