import { describe, expect, it } from "vitest";
import { foundInNodeList } from "../../src/init/kube-nodes.ts";
import { kubeNode } from "../support/kube-server.ts";

describe("foundInNodeList", () => {
  it("takes names, internal addresses, zone and role; masters are the control plane", () => {
    const role = (name: string) => ({ [`node-role.kubernetes.io/${name}`]: "true" });
    const found = foundInNodeList(
      [
        kubeNode("m1", "10.0.0.1", { ...role("control-plane"), ...role("etcd"), ...role("master") }),
        kubeNode("e1", "10.0.0.2", role("etcd")),
        kubeNode("n1", "10.0.0.3", { "topology.kubernetes.io/zone": "a", other: "x" }),
        { metadata: { name: "bare" } },
        { metadata: {} },
        "junk",
      ],
      "the API",
    );
    expect(found.nodes.map(({ name, address, labels }) => [name, address, labels])).toEqual([
      ["m1", "10.0.0.1", { role: "control-plane" }],
      ["e1", "10.0.0.2", { role: "etcd" }],
      ["n1", "10.0.0.3", { site: "a" }],
      ["bare", undefined, {}],
    ]);
    expect(found.masters).toEqual([{ name: "m1", address: "10.0.0.1" }]);
    expect(found.notes).toEqual(["bare has no InternalIP: its name is its address."]);
  });
});
