import { describe, expect, it } from "vitest";
import { quote, selectorsOf } from "../../src/generate/promql.ts";

describe("quote", () => {
  it("closes a text in itself, whatever is in it", () => {
    expect(quote('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
    expect(quote("{{ $labels.node }}")).toBe('"{{ $labels.node }}"');
    expect(quote("\ud800")).toBe('"?"');
  });
});

describe("selectorsOf", () => {
  it("looks at the masters of the fleet's backend and at nothing else", () => {
    const masters = ["master-1", "master.2"].map((name) => ({ name, address: "10.8.1.1:6443" }));
    expect(selectorsOf({ cluster: "k8s-de1", backend: "api", masters })).toEqual({
      targets: 'job="k3s-lb",cluster="k8s-de1"',
      cells: 'job="k3s-lb",cluster="k8s-de1",proxy="api",server=~"master-1|master\\\\.2"',
      strangers: 'job="k3s-lb",cluster="k8s-de1",proxy="api",server!~"master-1|master\\\\.2"',
      recorded: 'cluster="k8s-de1"',
    });
  });
});
