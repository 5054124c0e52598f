import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { formatPrometheus } from "../../src/output/status-prometheus.ts";
import { aFleetView, aMaster, aNode, aTroubledFleetView } from "../support/fleet-view.ts";

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
if (!hasPromtool && process.env["CI"] !== "true") console.warn("SKIPPED: promtool is not installed");

/** A cluster name that needs every escape there is. */
const odd = aFleetView({ cluster: 'a"b\\c\nd', nodes: [aNode({ version: undefined })] });

describe("formatPrometheus", () => {
  it.skipIf(!hasPromtool && process.env["CI"] !== "true")("has nothing that promtool complains about", () => {
    for (const view of [aFleetView(), aTroubledFleetView(), odd]) {
      const run = spawnSync("promtool", ["check", "metrics"], { input: formatPrometheus(view, 1763787600) });
      expect({ said: `${run.stdout}${run.stderr}`, status: run.status }).toEqual({ said: "", status: 0 });
    }
  });

  it("tells the verdict of the fleet, of a master and of a node", () => {
    const lines = formatPrometheus(aTroubledFleetView(), 1763787600).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'k3s_lb_severity{cluster="k8s-de1"} 1',
        'k3s_lb_problems{cluster="k8s-de1",kind="node-failure",severity="WARNING"} 1',
        'k3s_lb_sweep_timestamp_seconds{cluster="k8s-de1"} 1763787600',
        'k3s_lb_master_verdict{cluster="k8s-de1",master="k8s-de1-master-2",verdict="path"} 1',
        'k3s_lb_master_verdict{cluster="k8s-de1",master="k8s-de1-master-2",verdict="up"} 0',
        'k3s_lb_master_nodes{cluster="k8s-de1",master="k8s-de1-master-2",state="down"} 1',
        'k3s_lb_master_disagreement{cluster="k8s-de1",master="k8s-de1-master-2"} 1',
        'k3s_lb_master_pinned_sessions{cluster="k8s-de1",master="k8s-de1-master-2"} 2',
        'k3s_lb_master_check_seconds{cluster="k8s-de1",master="k8s-de1-master-2"} 0.003',
        'k3s_lb_node_fresh{cluster="k8s-de1",node="node04"} 0',
        'k3s_lb_node_failure{cluster="k8s-de1",node="node04",kind="unreachable"} 1',
        'k3s_lb_server_usable{cluster="k8s-de1",node="node03",backend="k8s-de1-kube-api",master="k8s-de1-master-2"} 0',
      ]),
    );
  });

  it("leaves out what is not known instead of writing 0", () => {
    const text = formatPrometheus(aTroubledFleetView(), 0);
    expect(text).not.toMatch(/node_usable_masters\{[^}]*node04/);
    expect(text).not.toMatch(/k3s_lb_server_\w+\{[^}]*node04/);
    const blind = formatPrometheus(aFleetView({ masters: [aMaster({ checkMs: undefined })] }), 0);
    expect(blind).not.toContain("k3s_lb_master_check_seconds");
    expect(blind).not.toContain("NaN");
  });

  it("escapes labels", () => {
    expect(formatPrometheus(odd, 0)).toContain('k3s_lb_severity{cluster="a\\"b\\\\c\\nd"} 0\n');
  });
});
