import { describe, expect, it } from "vitest";
import { findName, nameEndings } from "../../src/domain/find-name.ts";

const masters = ["k8s-de1-master-1", "k8s-de1-master-2", "k8s-fr1-master-2"];

describe("findName", () => {
  it.each([
    ["k8s-de1-master-2", "k8s-de1-master-2"],
    ["de1-master-2", "k8s-de1-master-2"],
    ["1", "k8s-de1-master-1"],
  ])("takes %j to be %s", (wanted, name) => {
    expect(findName("master", masters, wanted)).toEqual({ ok: true, name });
  });

  it.each([
    ["2", '"2" may be k8s-de1-master-2 or k8s-fr1-master-2', "Write the whole name."],
    ["mastr-1", 'there is no master "mastr-1"; did you mean "k8s-de1-master-1"?', undefined],
    ["de1", 'there is no master "de1"', undefined],
    ["", 'there is no master ""', undefined],
  ])("says what is wrong with %j", (wanted, problem, hint) => {
    expect(findName("master", masters, wanted)).toEqual({ ok: false, problem, hint });
  });
});

describe("nameEndings", () => {
  it("are what comes after each separator", () => {
    expect(nameEndings("k8s-de1_m.1")).toEqual(["de1_m.1", "m.1", "1"]);
    expect(nameEndings("node01")).toEqual([]);
  });
});
