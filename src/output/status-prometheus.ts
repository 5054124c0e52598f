import type { FleetView, MasterView, NodeView, Severity, Verdict } from "../domain/view.ts";
import { ledgerFamilies } from "./ledger-metrics.ts";
import { type GaugeFamily, type GaugeSample, prometheusText } from "./prometheus-text.ts";

/**
 * `-o prometheus`: the fleet's verdict for node_exporter's textfile collector.
 * Values that are not known are absent, so that an alert on them is `absent()` and never a false 0.
 * Units: `atSeconds` is Unix time of the sweep.
 */
export function formatPrometheus(view: FleetView, atSeconds: number): string {
  return prometheusText([
    ...fleetFamilies(view, atSeconds),
    ...masterFamilies(view),
    ...ledgerFamilies(view),
    ...nodeFamilies(view),
    ...serverFamilies(view),
  ]);
}

const SEVERITIES: readonly Severity[] = ["OK", "WARNING", "CRITICAL", "UNKNOWN"];

function fleetFamilies({ cluster, severity, problems }: FleetView, atSeconds: number): readonly GaugeFamily[] {
  const counts = new Map<string, GaugeSample & { value: number }>();
  for (const { kind, severity: level } of problems) {
    const key = `${kind} ${level}`;
    const before = counts.get(key)?.value ?? 0;
    counts.set(key, { labels: { cluster, kind, severity: level }, value: before + 1 });
  }
  return [
    {
      name: "k3s_lb_severity",
      help: "Verdict on the whole fleet: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.",
      samples: [{ labels: { cluster }, value: SEVERITIES.indexOf(severity) }],
    },
    { name: "k3s_lb_problems", help: "Problems by kind and severity.", samples: [...counts.values()] },
    {
      name: "k3s_lb_sweep_timestamp_seconds",
      help: "When the fleet was asked, in Unix time.",
      samples: [{ labels: { cluster }, value: atSeconds }],
    },
  ];
}

const VERDICTS: readonly Verdict[] = [
  "up",
  "path",
  "down",
  "drained",
  "maint",
  "partly-drained",
  "drift",
  "absent",
  "unknown",
];

function masterFamilies({ cluster, masters }: FleetView): readonly GaugeFamily[] {
  const each = (of: (master: MasterView) => number | undefined): readonly GaugeSample[] =>
    masters.map((master) => ({ labels: { cluster, master: master.name }, value: of(master) }));
  return [
    {
      name: "k3s_lb_master_verdict",
      help: "Verdict on a master over all nodes: 1 for the one that holds.",
      samples: masters.flatMap((master) =>
        VERDICTS.map((verdict) => ({
          labels: { cluster, master: master.name, verdict },
          value: Number(master.verdict === verdict),
        })),
      ),
    },
    {
      name: "k3s_lb_master_nodes",
      help: "Nodes by what they say of a master; a node without a vote says unknown.",
      samples: masters.flatMap((master) =>
        Object.entries(master.nodes).map(([state, value]) => ({
          labels: { cluster, master: master.name, state },
          value,
        })),
      ),
    },
    {
      name: "k3s_lb_master_disagreement",
      help: "Voting nodes whose opinion of a master differs from that of the most.",
      samples: each(disagreement),
    },
    {
      name: "k3s_lb_master_sessions",
      help: "Sessions that the nodes hold to a master.",
      samples: each((master) => master.sessions),
    },
    {
      name: "k3s_lb_master_pinned_sessions",
      help: "Sessions on nodes that send a master no new ones.",
      samples: each((master) => master.pinnedSessions),
    },
    {
      name: "k3s_lb_master_check_seconds",
      help: "Median duration of the health check over the nodes that see a master up.",
      samples: each((master) => (master.checkMs === undefined ? undefined : master.checkMs / 1000)),
    },
  ];
}

function disagreement({ nodes }: MasterView): number {
  const { up, down, drain, maint, absent } = nodes;
  const votes = [up, down, drain, maint, absent];
  return votes.reduce((sum, count) => sum + count, 0) - Math.max(...votes);
}

function nodeFamilies({ cluster, nodes }: FleetView): readonly GaugeFamily[] {
  const each = (of: (node: NodeView) => number | undefined): readonly GaugeSample[] =>
    nodes.map((node) => ({ labels: { cluster, node: node.name }, value: of(node) }));
  return [
    {
      name: "k3s_lb_node_fresh",
      help: "Did this node answer in time: 1 yes, 0 no.",
      samples: each((node) => Number(node.state === "fresh")),
    },
    {
      name: "k3s_lb_node_failure",
      help: "1 for a node that did not answer, with the kind of failure.",
      samples: nodes.flatMap(({ name, failure }) =>
        failure === undefined ? [] : [{ labels: { cluster, node: name, kind: failure.kind }, value: 1 }],
      ),
    },
    {
      name: "k3s_lb_node_usable_masters",
      help: "Masters that take new connections, as this node sees them.",
      samples: each((node) => node.usableMasters),
    },
    {
      name: "k3s_lb_node_info",
      help: "Address of a node and version of its HAProxy, where it is known.",
      samples: nodes.map(({ name, address, version }) => ({
        labels: { cluster, node: name, address, version: version ?? "" },
        value: 1,
      })),
    },
  ];
}

/** Fresh nodes only: the last values of a silent node are not today's. */
function serverFamilies({ cluster, nodes }: FleetView): readonly GaugeFamily[] {
  const servers = nodes
    .filter((node) => node.state === "fresh")
    .flatMap((node) => node.cells.flatMap((cell) => cell.servers.map((server) => ({ node, server }))));
  const each = (of: (server: (typeof servers)[number]["server"]) => number | undefined): readonly GaugeSample[] =>
    servers.map(({ node, server }) => ({
      labels: { cluster, node: node.name, backend: server.backend, master: server.server },
      value: of(server),
    }));
  return [
    {
      name: "k3s_lb_server_usable",
      help: "Does this node send new connections to this master: 1 yes, 0 no.",
      samples: each((server) => Number(server.usable)),
    },
    {
      name: "k3s_lb_server_sessions",
      help: "Sessions that this node holds to this master.",
      samples: each((server) => server.row.sessions),
    },
    {
      name: "k3s_lb_server_check_seconds",
      help: "Duration of this node's last health check of this master.",
      samples: each(({ row }) => (row.checkDurationMs === undefined ? undefined : row.checkDurationMs / 1000)),
    },
  ];
}
