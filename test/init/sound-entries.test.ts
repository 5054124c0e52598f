import { describe, expect, it } from "vitest";
import { type Found, type FoundNode, found } from "../../src/init/found.ts";
import { soundFound } from "../../src/init/sound-entries.ts";

function node(name: string, more: Partial<FoundNode> = {}): FoundNode {
  return { name, address: undefined, ssh: undefined, labels: {}, statsPort: undefined, ...more };
}

const sound = (parts: Partial<Omit<Found, "source">>): Found => soundFound(found("x", parts));

describe("soundFound", () => {
  it("leaves alone what the fleet file takes", () => {
    const nodes = [
      node("n1", { address: "fd00::1", ssh: "ssh://o@[fd00::1]:22", labels: { "a/b": "é" }, statsPort: 1 }),
    ];
    const masters = [{ name: "m1", address: "[fd00::1]:6443" }];
    expect(sound({ nodes, masters })).toEqual(found("x", { nodes, masters }));
  });

  it("leaves out names and addresses that are none, and says of how many", () => {
    const bad = ["a b", "{{ x }}", "n[1:3]", "\u001b[31m", "", "x#y"].map((name) => node(name));
    const { nodes, notes } = sound({ nodes: [node("ok"), ...bad, node("far", { address: "10.0.0.300" })] });
    expect(nodes).toEqual([node("ok")]);
    expect(notes).toEqual([
      '"a b", "{{ x }}", "n[1:3]", "[31m", "" and 1 more: left out, as its name is none that the fleet file takes.',
      '"far": left out, as its address is none that the fleet file takes.',
    ]);
  });

  it("takes only the odd label or destination from a node", () => {
    const odd = node("n1", {
      ssh: "-oProxyCommand=x",
      labels: { site: "a", "b c": "d", e: "f g", h: "[1:3]", ["__proto__"]: "x" },
    });
    const { nodes, notes } = sound({ nodes: [odd] });
    expect(nodes).toEqual([node("n1", { labels: { site: "a" } })]);
    expect(notes).toHaveLength(5);
  });

  it("keeps the first of two entries with one name", () => {
    const masters = [
      { name: "m", address: "a" },
      { name: "m", address: "b" },
    ];
    const result = sound({ masters });
    expect([result.masters, result.notes]).toEqual([
      [masters[0]],
      ['"m": a master given twice; the first is written.'],
    ]);
  });
});
