import { describe, expect, it } from "vitest";
import { formatOutcome } from "../../src/output/admin-outcome.ts";
import { progressLine } from "../../src/output/admin-progress.ts";
import { ASCII_GLYPHS, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import type { Style } from "../../src/output/style.ts";
import { aPlan, aResult } from "../support/plan.ts";

const style: Style = { colour: false, glyphs: UTF8_GLYPHS, columns: undefined, headers: true, expect: 401 };
const denied = {
  outcome: "denied",
  st: "DENY",
  after: undefined,
  detail: "not from this host",
  next: "try --via ssh",
} as const;

describe("formatOutcome", () => {
  it("folds what went well and gives each failure its line with what to do", () => {
    const results = [
      ...["node01", "node02", "node03"].map((node) => aResult({ node })),
      aResult({ node: "node04", route: "ssh" }),
      aResult({ node: "node05", outcome: "unchanged", route: undefined }),
      aResult({ node: "node06", ...denied }),
      aResult({ node: "node07", outcome: "unreached", route: undefined, detail: "connection refused" }),
    ];
    const text = formatOutcome({ plan: aPlan(), results, word: "partial" }, ["Again: k3s-lb drain 2"], style);
    expect(`\n${text}`).toMatchInlineSnapshot(`
      "
      DRAIN k8s-de1-master-2: done in part (5 of 7 proved)

      OUTCOME    COUNT  NODES        BY
      verified       4  node[01-04]  http, ssh
      unchanged      1  node05
      denied         1  node06       http
      unreached      1  node07

      ✗ node06  k8s-de1-kube-api/k8s-de1-master-2  denied: not from this host; try --via ssh
      ! node07  k8s-de1-kube-api/k8s-de1-master-2  unreached: connection refused

      → Again: k3s-lb drain 2
      "
    `);
  });

  it("tells nodes in their order, and an advice that is a sentence as one", () => {
    const results = ["node10", "node2"].map((node) =>
      aResult({ node, ...denied, detail: node, next: "Give it more." }),
    );
    const text = formatOutcome({ plan: aPlan(), results, word: "failed" }, [], style);
    expect(text.match(/denied: .*/g)).toEqual(["denied: node2. Give it more.", "denied: node10. Give it more."]);
  });

  it("folds failures with the same words where there are many", () => {
    const results = Array.from({ length: 40 }, (_, i) =>
      aResult({ node: `node${String(i + 1).padStart(2, "0")}`, ...denied }),
    );
    const text = formatOutcome({ plan: aPlan(), results, word: "failed" }, [], style);
    expect(text.split("\n").filter((line) => line.startsWith("✗"))).toEqual([
      "✗ node[01-40] (40 nodes)  k8s-de1-kube-api/k8s-de1-master-2  denied: not from this host; try --via ssh",
    ]);
  });

  it.each([
    ["verified", "done and proved on all 2 nodes"],
    ["unchanged", "it was so already, nothing was sent"],
    ["accepted", "taken everywhere, but not to be seen everywhere (2 of 2 proved)"],
    ["guarded", "refused by the guard, nothing was sent"],
    ["timed-out", "done (2 of 2 proved), but what was waited for did not come in time"],
    ["interrupted", "interrupted (2 of 2 proved)"],
  ] as const)("says %s in words", (word, words) => {
    const results = [aResult(), aResult({ node: "node02" })];
    const [first] = formatOutcome({ plan: aPlan(), results, word }, [], style).split("\n");
    expect(first).toBe(`DRAIN k8s-de1-master-2: ${words}`);
  });

  it("does not say that nothing was sent where sessions were closed after the grace", () => {
    const results = [aResult()];
    const [first] = formatOutcome({ plan: aPlan(), results, word: "unchanged", kills: results }, [], style).split("\n");
    expect(first).toBe("DRAIN k8s-de1-master-2: it was so already, its sessions were closed");
  });

  it("fits 60 columns of ASCII", () => {
    const results = [aResult(), aResult({ node: "node02", ...denied })];
    const narrow = { ...style, glyphs: ASCII_GLYPHS, columns: 60 };
    const text = formatOutcome({ plan: aPlan(), results, word: "partial" }, ["Again: k3s-lb drain 2"], narrow);
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe("progressLine", () => {
  it("counts what is over, in the order of the outcome table", () => {
    expect(progressLine(37, 40, { denied: 1, verified: 36 })).toBe("37/40 verified 36, denied 1");
    expect(progressLine(0, 40, {})).toBe("0/40");
  });
});
