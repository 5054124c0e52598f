import type { Fleet } from "../domain/inventory.ts";
import type { AlertRule } from "./prometheus-alerts.ts";
import { selectorsOf } from "./promql.ts";

const node = "{{ $labels.node }}";
const cluster = "{{ $labels.cluster }}";

/** Alerts on nodes and on the fleet as a whole. */
export function fleetAlerts(fleet: Fleet): readonly AlertRule[] {
  const { targets, strangers, recorded } = selectorsOf(fleet);
  const own = (name: string): string => `k3s_lb:${name}{${recorded}}`;
  const mostUsable = `max by (cluster) (${own("node_usable_masters:sum")})`;
  return [
    {
      alert: "K3sLbNoAnswer",
      severity: "critical",
      kind: "no-answer",
      expr: `${own("fleet_nodes_scraped:sum")} == 0\n  or on (cluster) max by (cluster) (absent(up{${targets}}))`,
      holds: "1m",
      fires: "no node's `/metrics` answers, or Prometheus has no node of the cluster: nothing is known of any master",
      summary: `No node of ${cluster} answers Prometheus`,
      description: "Nothing is known of any master. Every other alert of this cluster is silent for that reason.",
      whatToDo:
        "Prometheus: Status, Targets, job k3s-lb. All refused or timed out: its way into the VPN, or the firewall. All 401: the password file. None listed: the targets file. Then: k3s-lb status",
    },
    {
      alert: "K3sLbNoMasterUsable",
      severity: "critical",
      kind: "no-master-usable",
      expr: `${mostUsable} == 0`,
      holds: "30s",
      fires: "no node can use any master: the API is out of reach",
      summary: `No node of ${cluster} can use any master`,
      description: "The API is out of reach for every node through its HAProxy.",
      whatToDo: "All drained: k3s-lb enable <master>. Otherwise k3s on the masters: systemctl status k3s",
    },
    {
      alert: "K3sLbNodeCutOff",
      severity: "critical",
      kind: "node-cut-off",
      expr: `${own("node_usable_masters:sum")} == 0\n  and on (cluster) ${mostUsable} > 0`,
      holds: "30s",
      fires: "a node can use no master while others can",
      summary: `${node} can use no master, other nodes of ${cluster} can`,
      description: `Kubelet and agents on ${node} have no API. It has no vote on masters meanwhile.`,
      whatToDo: `The node's own network and VPN; or its masters are all drained there: k3s-lb status --node ${node} -o wide`,
    },
    {
      alert: "K3sLbLastMaster",
      severity: "warning",
      kind: undefined,
      expr: `${own("node_usable_masters:sum")} == 1\n  and ${own("node_masters:count")} > 1`,
      holds: "2m",
      fires: "a node that has several masters has one left: the next failure cuts it off",
      summary: `${node} has one usable master left`,
      description: `The next failure or drain cuts ${node} off from the API.`,
      whatToDo: `Drain nothing now. What is wrong with the others, as this node sees them: k3s-lb status --node ${node} -o wide`,
    },
    {
      alert: "K3sLbNodeNotScraped",
      severity: "warning",
      kind: "node-failure",
      expr: `up{${targets}} == 0\n  and on (cluster) ${own("fleet_nodes_scraped:sum")} > 0`,
      holds: "2m",
      fires: "a node's `/metrics` does not answer, others do",
      summary: `${node} does not answer Prometheus`,
      description: `Nothing is known of ${node}: switched off, out of the VPN, HAProxy stopped, or a wrong password. It says nothing of any master.`,
      whatToDo: `k3s-lb status --node ${node} says which of these it is`,
    },
    {
      alert: "K3sLbServerAbsent",
      severity: "warning",
      kind: "server-absent",
      expr: `${own("node_masters:count")} < ${fleet.masters.length}`,
      holds: "5m",
      fires: "a node has fewer server lines than the fleet file has masters",
      summary: `${node} lacks server lines: it has {{ $value }} of ${fleet.masters.length} masters`,
      description: `${node} can never fail over to a master that its haproxy.cfg does not have, or has in another backend.`,
      whatToDo: `Which one: k3s-lb status --node ${node}. Roll out haproxy.cfg there, or take the master out of the fleet file and make the rules anew`,
    },
    {
      alert: "K3sLbServerExtra",
      severity: "warning",
      kind: "server-extra",
      expr: `count by (cluster, proxy, server) (haproxy_server_weight{${strangers}})`,
      holds: "5m",
      fires: "the backend has a server line that is no master of the fleet file",
      summary: "{{ $labels.server }} in {{ $labels.proxy }} is no master of the fleet file",
      description: "It takes connections on {{ $value }} nodes, and none of the other alerts looks at it.",
      whatToDo: "Add it to masters in the fleet file and make the rules anew, or take the line out of haproxy.cfg",
    },
    {
      alert: "K3sLbChecksMixed",
      severity: "warning",
      kind: "check-mixed",
      expr: `count by (cluster) (\n  sum by (cluster, code) (k3s_lb:master_check_codes:count{${recorded},code=~"200|401"}) > 0\n) > 1`,
      holds: "5m",
      fires: "checks of usable masters are answered with 401 and with 200: a change-over half done",
      summary: `Checks of ${cluster} are answered with 401 by some masters and with 200 by others`,
      description:
        "A change-over half done: a node whose check expects only one of the two takes the other masters down.",
      whatToDo:
        "http-check expect status 200,401 on every node first, then the masters one by one, then tighten: k3s-lb generate k3s",
    },
    {
      alert: "K3sLbVersionSkew",
      severity: "warning",
      kind: "version-skew",
      expr: `count by (cluster) (${own("fleet_versions:count")}) > 1`,
      holds: "30m",
      fires: "not all nodes run the same HAProxy",
      summary: `Nodes of ${cluster} run {{ $value }} versions of HAProxy`,
      description: `{{ range printf "k3s_lb:fleet_versions:count{cluster=%q}" $labels.cluster | query | sortByLabel "version" }}{{ .Labels.version }} on {{ .Value }}; {{ end }}they differ in what they report and in what they obey.`,
      whatToDo: "Bring them to one version; who runs what: k3s-lb status -o wide",
    },
    {
      alert: "K3sLbNodeRestarted",
      severity: "info",
      kind: "node-restarted",
      expr: `${own("node_starts:changes10m")} > 0`,
      holds: "0s",
      fires: "HAProxy was started or reloaded on a node within ten minutes",
      summary: `HAProxy was restarted on ${node}`,
      description: "A start or a reload forgets every drain that no state file keeps.",
      whatToDo: `Is a drain missing? k3s-lb status --node ${node}; k3s-lb history`,
    },
  ];
}
