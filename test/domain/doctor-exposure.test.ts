import { describe, expect, it } from "vitest";
import { exposureFindings, isPublic } from "../../src/domain/doctor-exposure.ts";
import type { NodeFacts, OtherAddress } from "../../src/domain/doctor-facts.ts";
import { factsOf, failureOf, node, pageRows, said } from "../support/doctor-facts.ts";

const open = {
  kind: "open",
  rows: pageRows(),
  process: { version: "3.2.4", nodeName: undefined, startedAtSeconds: 1 },
} as const;
const closed = { connected: { ok: false, failure: failureOf("timeout", "no connection in time") } } as const;

const find = (part: Partial<NodeFacts>, check: Parameters<typeof said>[1]) =>
  said(exposureFindings(factsOf(part)), check);

describe("exposureFindings, /metrics", () => {
  it("warns of metrics that are open, and of the version that they tell though the page hides it", () => {
    expect(find({ metrics: open }, "metrics")[0]).toMatch(/^warning: \/metrics answers without a password/);
    expect(find({ metrics: open }, "hide-version")).toEqual([
      "warning: the page hides the version, and /metrics tells it without a password",
    ]);
  });

  it("is content with metrics that want the password, and with none", () => {
    expect(find({}, "metrics")).toEqual(["ok: /metrics wants the password"]);
    expect(find({}, "hide-version")).toEqual(["ok: the page hides the version, and nothing else tells it unasked"]);
    const none = { kind: "failed", failure: failureOf("http-status", "answers 503", 503) } as const;
    expect(find({ metrics: none }, "metrics")).toEqual(["ok: there is no /metrics"]);
    const late = { kind: "failed", failure: failureOf("timeout", "no answer in time") } as const;
    expect(find({ metrics: late }, "metrics")).toEqual(["skipped: no answer of /metrics: no answer in time"]);
  });

  it("lets a page tell the version to those who have its password, and to nobody else", () => {
    const heading = { version: "3.2.4" };
    expect(find({ heading }, "hide-version")[0]).toMatch(/^ok: /);
    expect(find({ heading, bare: { kind: "open" } }, "hide-version")[0]).toMatch(/^warning: /);
    expect(find({ heading: undefined }, "hide-version")[0]).toMatch(/^skipped: /);
  });
});

describe("exposureFindings, the sample's password", () => {
  it.each<[string, Partial<NodeFacts>, string]>([
    ["refused", { sample: "refused" }, "ok: the password of the published sample is refused"],
    [
      "accepted",
      { sample: "accepted" },
      "critical: the password of the published sample is accepted (user admin): everybody knows it",
    ],
    [
      "in force",
      { sample: "in-force" },
      "critical: the password in force is the one of the published sample: everybody knows it",
    ],
    [
      "in the fleet file of a node that is away",
      { sample: "in-force", ...closed, page: undefined },
      "warning: the password in the fleet file is the one of the published sample",
    ],
    [
      "pointless to try",
      { sample: undefined, bare: { kind: "open" } },
      "skipped: not tried, as the page wants no password",
    ],
    ["without an answer", { sample: "not-known" }, "skipped: no answer to the password of the published sample"],
  ])("is %s", (_, part, text) => {
    expect(find(part, "sample-password")).toEqual([text]);
  });
});

describe("exposureFindings, addresses", () => {
  const other = (part: Partial<OtherAddress>): OtherAddress => ({
    address: "10.9.0.11",
    from: "ssh",
    answer: "closed",
    ...part,
  });

  it.each([
    [other({ answer: "silent" }), "ok: 10.9.0.11:1936 (where its ssh goes) takes no connection"],
    [other({}), "note: 10.9.0.11:1936 (where its ssh goes) answers too, and wants a password"],
    [
      other({ address: "8.8.4.4" }),
      "warning: 8.8.4.4:1936 (where its ssh goes), a public address, answers too and wants a password",
    ],
    [
      other({ address: "fd00::1", from: "name", answer: "open" }),
      "critical: [fd00::1]:1936 (another address of the name) shows a stats page without a password",
    ],
    [
      other({ from: "machine", answer: "other" }),
      "note: 10.9.0.11:1936 (another address of this machine) takes connections, but no stats page answers there",
    ],
  ])("names every one that was tried: %j", (one, text) => {
    expect(find({ others: [one] }, "addresses")).toEqual([text]);
  });

  it("warns of a stats port that is open on a public address, also as the fleet file's own", () => {
    const onNet = { ...node, address: "8.8.8.8" };
    expect(find({ node: onNet }, "addresses")).toEqual([
      "warning: the stats port is open on a public address (8.8.8.8)",
    ]);
    expect(find({ node: onNet, ...closed }, "addresses")[0]).toMatch(/^ok: no other address/);
  });

  it.each([
    ["10.8.0.1", false],
    ["100.64.0.1", false],
    ["fd00::1", false],
    ["8.8.8.8", true],
    ["2a00:1450::1", true],
    ["::ffff:8.8.8.8", true],
    ["node01.vpn", false],
  ])("takes %s for public: %s", (address, isSo) => {
    expect(isPublic(address)).toBe(isSo);
  });
});
