import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { datasource, type Panel, panelJson } from "./grafana-panel.ts";
import { panels } from "./grafana-panels.ts";

const COLUMNS = 24;

/**
 * One dashboard over the rules of `generatePrometheus`, for every cluster that they record.
 * Shape: nothing in it depends on names but the cluster that is chosen at first. Its uid is always the same, so that
 * importing it again replaces it.
 */
export function generateGrafana({ fleet }: GenerateInput): readonly GeneratedFile[] {
  const dashboard = {
    uid: "k3s-lb",
    title: "k3s masters behind HAProxy",
    description: "Made by k3s-lb generate grafana. Needs the rules of k3s-lb generate prometheus.",
    tags: ["k3s", "haproxy", "k3s-lb"],
    schemaVersion: 39,
    version: 1,
    editable: true,
    graphTooltip: 1,
    timezone: "browser",
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    annotations: { list: [] },
    links: [],
    templating: { list: variables(fleet.cluster) },
    panels: placed(panels),
  };
  return [
    {
      path: "grafana/k3s-lb.json",
      text: `${JSON.stringify(dashboard, undefined, 2)}\n`,
      check: undefined,
      comment: undefined,
    },
  ];
}

/** Panels side by side while they fit, the next ones below the highest of them. */
function placed(list: readonly Panel[]): readonly unknown[] {
  let x = 0;
  let y = 0;
  let height = 0;
  return list.map((panel, index) => {
    if (x + panel.width > COLUMNS) {
      x = 0;
      y += height;
      height = 0;
    }
    const gridPos = { x, y, w: panel.width, h: panel.height };
    x += panel.width;
    height = Math.max(height, panel.height);
    return panelJson(panel, index + 1, gridPos);
  });
}

function variables(cluster: string): readonly unknown[] {
  const all = { selected: true, text: ["All"], value: ["$__all"] };
  return [
    { name: "datasource", label: "Data source", type: "datasource", query: "prometheus", current: {}, refresh: 1 },
    queryVariable("cluster", "Cluster", "label_values(k3s_lb:fleet_nodes:count, cluster)", {
      current: { selected: true, text: cluster, value: cluster },
    }),
    queryVariable("node", "Node", 'label_values(up{job="k3s-lb",cluster="$cluster"}, node)', {
      current: all,
      includeAll: true,
      multi: true,
      allValue: ".*",
    }),
    queryVariable("master", "Master", 'label_values(k3s_lb:master_nodes:sum{cluster="$cluster"}, server)', {
      current: all,
      includeAll: true,
      multi: true,
      allValue: ".*",
    }),
  ];
}

function queryVariable(
  name: string,
  label: string,
  query: string,
  more: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    name,
    label,
    type: "query",
    datasource,
    query: { query, refId: `k3s-lb-${name}` },
    definition: query,
    refresh: 2,
    sort: 1,
    includeAll: false,
    multi: false,
    ...more,
  };
}
