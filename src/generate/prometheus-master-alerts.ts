import type { Fleet } from "../domain/inventory.ts";
import type { AlertRule } from "./prometheus-alerts.ts";
import { nodeList, votersWhere } from "./prometheus-nodes.ts";
import { selectorsOf } from "./promql.ts";

const master = "{{ $labels.server }}";
const downOn = votersWhere("k3s_lb:server_down:bool");
const outOn = votersWhere("k3s_lb:server_out:bool");
const reasons = `{{ range printf "k3s_lb:master_check_results:sum{cluster=%q,proxy=%q,server=%q}" $labels.cluster $labels.proxy $labels.server | query | sortByLabel "state" }} Its check ends in {{ .Labels.state }} on {{ .Value }}.{{ end }}`;

/** Alerts on one master over all nodes that have a vote. */
export function masterAlerts(fleet: Fleet): readonly AlertRule[] {
  const { recorded } = selectorsOf(fleet);
  const own = (name: string): string => `k3s_lb:${name}{${recorded}}`;
  const usable = own("master_usable_nodes:sum");
  const down = own("master_down_nodes:sum");
  const out = own("master_out_nodes:sum");
  const downEverywhere = (left: string): string =>
    `${down} > 0\n  and ${usable} == 0\n  and ${out} == 0\n  and on (cluster) ${own("fleet_usable_masters:sum")} ${left}`;
  const masterDown = {
    alert: "K3sLbMasterDown",
    kind: "master-down",
    holds: "1m",
    summary: `${master} is down on every node`,
    description: `No node can use ${master}.${reasons}`,
    whatToDo: `L4CON: k3s does not run there (systemctl status k3s). L4TOUT: switched off, or out of the VPN. L6...: certificates or ciphers. L7STS: curl -k 'https://<its address>:6443/readyz?verbose'. Meant to be: k3s-lb drain ${master}`,
  } as const;
  return [
    {
      ...masterDown,
      severity: "critical",
      expr: downEverywhere("< 2"),
      fires: "no node can use a master, and fewer than two masters are left",
    },
    {
      ...masterDown,
      severity: "warning",
      expr: downEverywhere(">= 2"),
      fires: "no node can use a master, two or more are left",
    },
    {
      alert: "K3sLbMasterPath",
      severity: "warning",
      kind: "master-path",
      expr: `${down} > 0\n  and ${usable} > 0`,
      holds: "2m",
      fires: "some nodes cannot reach a master that others reach",
      summary: `${master} is down on {{ $value }} nodes, up on others`,
      description: `Down on ${downOn}.${reasons}`,
      whatToDo: `Others reach it: suspect the path from these nodes (VPN, route, firewall), not the master. k3s-lb status ${master} names the labels that they share`,
    },
    {
      alert: "K3sLbMasterPartlyDrained",
      severity: "warning",
      kind: "master-partly-drained",
      expr: `${out} > 0\n  and ${usable} > 0\n  and ${down} == 0`,
      holds: "10m",
      fires: "a master is drained, in maintenance or without weight on some nodes and in service on others",
      summary: `${master} is out of service on {{ $value }} nodes only`,
      description: `Out of service by order on ${outOn}. A drain under a DOWN shows as DOWN and is not counted.`,
      whatToDo: `Finish it: k3s-lb drain ${master}. Or take it back: k3s-lb enable ${master}. No enable undoes a weight of 0`,
    },
    {
      alert: "K3sLbDrainOverTime",
      severity: "warning",
      kind: "expired-drain",
      expr: `max_over_time(${out}[30m]) > 0\n  and ${out} + ${down} > 0`,
      holds: "4h",
      fires:
        "a master has been out of service by order for four hours; up to half an hour of DOWN in between counts too",
      summary: `${master} has been drained or in maintenance for more than four hours`,
      description: `Forgotten, or meant to be? Out of service on ${outOn}. While a drained master is DOWN its drain cannot be seen.`,
      whatToDo: `Who, when and why: k3s-lb history. Over: k3s-lb enable ${master}. On purpose: silence this until it is`,
    },
    {
      alert: "K3sLbPinnedSessions",
      severity: "warning",
      kind: "pinned-sessions",
      expr: `${own("master_pinned_sessions:sum")} > 0`,
      holds: "10m",
      fires: "sessions stay open on nodes where a master is down or out of service",
      summary: `{{ $value }} sessions are still open to ${master} where it takes no new ones`,
      description: `Watches and tunnels never end by themselves. Nodes: ${nodeList("k3s_lb:server_pinned_sessions:current{%s} > 0")}.`,
      whatToDo: `k3s-lb kill-sessions ${master}. Against it where a master goes down: on-marked-down shutdown-sessions in haproxy.cfg`,
    },
    {
      alert: "K3sLbConnectErrors",
      severity: "warning",
      kind: undefined,
      expr: `${own("master_connect_errors:ratio_rate5m")} > 0.05`,
      holds: "10m",
      fires: "more than one of twenty tries to connect to a master fails",
      summary: `{{ $value | humanizePercentage }} of the tries to connect to ${master} fail`,
      description:
        "Its checks pass, or the nodes would not try: packets are lost, or it is at its limit of connections.",
      whatToDo: `k3s-lb status ${master} -o wide: the check time, node by node. Then its load, conntrack and the VPN's loss`,
    },
  ];
}
