import { describe, expect, it } from "vitest";
import { type FoundNode, found } from "../../src/init/found.ts";
import { mergeFound } from "../../src/init/merge-found.ts";

function node(name: string, more: Partial<FoundNode> = {}): FoundNode {
  return { name, address: undefined, ssh: undefined, labels: {}, statsPort: undefined, ...more };
}

describe("mergeFound", () => {
  it("takes masters and nodes from the first source that has any, and key by key the rest", () => {
    const merged = mergeFound([
      found("a.cfg", { masters: [{ name: "m1", address: "1:6443" }], check: { rise: 3 }, stats: { port: 1 } }),
      found("hosts", {
        masters: [{ name: "x", address: undefined }],
        masterNotes: ["A guess."],
        nodes: [node("n1", { ssh: "o@n1" })],
        check: { rise: 2, fall: 2 },
      }),
      found("sd", { nodes: [node("n1", { labels: { site: "a" } }), node("n2")], cluster: "de1" }),
    ]);
    expect(merged).toEqual({
      source: "a.cfg, hosts, sd",
      cluster: "de1",
      masters: [{ name: "m1", address: "1:6443" }],
      nodes: [node("n1", { ssh: "o@n1", labels: { site: "a" } })],
      backend: undefined,
      frontend: {},
      check: { rise: 3, fall: 2 },
      stats: { port: 1 },
      notes: ["n2, in sd only: left out, as the nodes come from hosts."],
      masterNotes: [],
    });
  });

  it("notes where sources disagree", () => {
    const { notes } = mergeFound([
      found("a.cfg", { masters: [{ name: "m1", address: undefined }], backend: "k", stats: { port: 1936 } }),
      found("sd", {
        masters: [1, 2].map((n) => ({ name: `x${n}`, address: undefined })),
        backend: "l",
        stats: { port: 9101 },
      }),
    ]);
    expect(notes).toEqual([
      "a.cfg has 1 master, sd has 2; those of a.cfg are written.",
      "backend is k in a.cfg and l in sd; the first is written.",
      "stats.port is 1936 in a.cfg and 9101 in sd; the first is written.",
    ]);
  });

  it("tells the guess about masters where they are the ones that are written", () => {
    const guessed = found("hosts", { masters: [{ name: "m", address: undefined }], masterNotes: ["A guess."] });
    expect(mergeFound([guessed]).notes).toEqual(["A guess."]);
  });
});
