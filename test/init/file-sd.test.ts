import { describe, expect, it } from "vitest";
import { foundInFileSd } from "../../src/init/file-sd.ts";

const bare = { ssh: undefined, statsPort: undefined };

describe("foundInFileSd", () => {
  it("takes names, addresses and labels of JSON or YAML, without Prometheus' own labels", () => {
    const groups = [
      { targets: ["10.8.0.11:1936"], labels: { node: "node01", site: "a", cluster: "de1", __scheme__: "http" } },
      { targets: ["10.8.0.12:1936", "[fd00::1]:1937"], labels: { site: "b", cluster: "de1" } },
    ];
    const expected = {
      nodes: [
        { ...bare, name: "node01", address: "10.8.0.11", labels: { site: "a" } },
        { ...bare, name: "10.8.0.12", address: undefined, labels: { site: "b" } },
        { ...bare, name: "fd00::1", address: undefined, labels: { site: "b" }, statsPort: 1937 },
      ],
      cluster: "de1",
      stats: { port: 1936 },
      notes: ["Most targets have port 1936; 1 with another one keep theirs."],
    };
    expect(foundInFileSd(JSON.stringify(groups), "sd.json")).toMatchObject(expected);
    const yaml = "- targets: ['10.8.0.11:1936']\n  labels: { node: node01, site: a, cluster: de1 }\n";
    expect(foundInFileSd(yaml, "sd.yml").nodes).toEqual(expected.nodes.slice(0, 1));
  });

  it("keeps a cluster that differs as a label, and needs no port", () => {
    const found = foundInFileSd(
      "[{ targets: [a], labels: { cluster: x } }, { targets: [b], labels: { cluster: y } }]",
      "sd",
    );
    expect(found.nodes.map(({ labels }) => labels)).toEqual([{ cluster: "x" }, { cluster: "y" }]);
    expect([found.cluster, found.stats]).toEqual([undefined, {}]);
  });

  it.each([
    ["a mapping", "a: 1", "sd: expected a Prometheus file_sd"],
    ["a group without targets", "[{ labels: {} }]", "sd: group 1 has no targets"],
    ["no YAML", "[{", "sd:1: not readable as YAML"],
  ])("refuses %s", (_, text, message) => {
    expect(() => foundInFileSd(text, "sd")).toThrow(message);
  });
});
