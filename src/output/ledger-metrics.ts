import type { FleetView, MasterView } from "../domain/view.ts";
import type { GaugeFamily, GaugeSample } from "./prometheus-text.ts";

/** What the ledger of admin actions adds to the metrics; nothing where there is none. Units: Unix time in seconds. */
export function ledgerFamilies({ cluster, masters, ledger }: FleetView): readonly GaugeFamily[] {
  if (ledger === undefined) return [];
  const each = (of: (master: MasterView) => number | undefined): readonly GaugeSample[] =>
    masters.map((master) => ({ labels: { cluster, master: master.name }, value: of(master) }));
  return [
    {
      name: "k3s_lb_ledger_last_timestamp_seconds",
      help: "When the ledger of admin actions got its last entry, in Unix time.",
      samples: [{ labels: { cluster }, value: ledger.lastAtMs / 1000 }],
    },
    {
      name: "k3s_lb_master_drift_nodes",
      help: "Nodes where a master is not out of service though the ledger says so.",
      samples: each((master) => master.drift.length),
    },
    {
      name: "k3s_lb_master_drain_pending_nodes",
      help: "Nodes where a master is DOWN and a drain, which HAProxy does not show, waits underneath.",
      samples: each((master) => master.drainPending.length),
    },
    {
      name: "k3s_lb_master_out_since_timestamp_seconds",
      help: "Since when a master has been drained or in maintenance by the ledger, in Unix time.",
      samples: each(({ intent }) => (intent === undefined ? undefined : intent.sinceMs / 1000)),
    },
    {
      name: "k3s_lb_master_out_until_timestamp_seconds",
      help: "Until when a master was to be out of service, in Unix time; in the past, it has been forgotten.",
      samples: each(({ intent }) => (intent?.untilMs === undefined ? undefined : intent.untilMs / 1000)),
    },
  ];
}
