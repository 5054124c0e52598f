import { describe, expect, it } from "vitest";
import { UserError } from "../../src/domain/user-error.ts";
import { labelName, targetOf } from "../../src/generate/prometheus-targets.ts";
import { nodeOf } from "../support/fleet.ts";

describe("targetOf", () => {
  it("names the node, its cluster and the labels of the fleet file, in order", () => {
    const node = nodeOf("node01", { labels: { site: "a", rack: "7" } });
    expect(JSON.stringify(targetOf("k8s-de1", node, undefined))).toBe(
      '{"targets":["10.8.0.11:1936"],"labels":{"job":"k3s-lb","cluster":"k8s-de1","node":"node01","rack":"7","site":"a"}}',
    );
  });

  it("has the node's own port, and brackets around IPv6", () => {
    const node = nodeOf("node01", {
      address: "fd00::1",
      stats: { ...nodeOf("any").stats, port: 8404, path: "/stats" },
    });
    expect(targetOf("k8s-de1", node, undefined).targets).toEqual(["[fd00::1]:8404"]);
  });

  it("tells Prometheus where a node is read at other times than its job", () => {
    const { labels } = targetOf("k8s-de1", nodeOf("node01"), { interval: "30s", timeout: "10s" });
    expect(labels).toMatchObject({ __scrape_interval__: "30s", __scrape_timeout__: "10s" });
  });

  it("refuses two labels that Prometheus could not tell apart", () => {
    const node = nodeOf("node01", { labels: { "rack.row": "1", "rack-row": "2" } });
    expect(() => targetOf("k8s-de1", node, undefined)).toThrow(UserError);
    expect(() => targetOf("k8s-de1", node, undefined)).toThrow(
      'the labels "rack-row" and "rack.row" of node01 are both rack_row in Prometheus',
    );
  });
});

describe("labelName", () => {
  it.each([
    ["site", "site"],
    ["topology.kubernetes.io/zone", "topology_kubernetes_io_zone"],
    ["7rack", "label_7rack"],
    ["state", "label_state"],
    ["node", "label_node"],
    ["__address__", "label___address__"],
    ["größe", "gr__e"],
  ])("turns %s into %s", (key, name) => {
    expect(labelName(key)).toBe(name);
  });
});
