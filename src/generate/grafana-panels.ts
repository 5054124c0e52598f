import type { Panel, Step } from "./grafana-panel.ts";

const cluster = 'cluster="$cluster"';
const masters = `${cluster},server=~"$master"`;
const nodes = `${cluster},node=~"$node"`;
const cells = `${cluster},node=~"$node",server=~"$master"`;

const badFromOne: readonly Step[] = [
  { value: null, color: "green" },
  { value: 1, color: "orange" },
];
const goodFrom = (value: number): readonly Step[] => [
  { value: null, color: "red" },
  { value, color: "green" },
];
const stat = { type: "stat", width: 4, height: 4 } as const;
const half = { width: 12, height: 8 } as const;

/** A table with a row for each value of one label and a column for each of another. */
const matrix = (rowField: string, columnField: string): readonly unknown[] => [
  { id: "groupingToMatrix", options: { rowField, columnField, valueField: "Value", emptyValue: "null" } },
];
/** Only these labels and the value, in this order. */
const columns = (names: Readonly<Record<string, string>>): readonly unknown[] => [
  { id: "filterFieldsByName", options: { include: { names: Object.keys(names) } } },
  {
    id: "organize",
    options: {
      indexByName: Object.fromEntries(Object.keys(names).map((name, index) => [name, index])),
      renameByName: names,
    },
  },
];

const cellState = `k3s_lb:server_usable:bool{${cells}} + 2 * k3s_lb:server_out:bool{${cells}}`;
const cellWords = [
  { value: 0, text: "DOWN", color: "red" },
  { value: 1, text: "UP", color: "green" },
  { value: 2, text: "OUT", color: "blue" },
] as const;

/** The panels from left to right and top to bottom: what is wrong, then the masters, the nodes, and why. */
export const panels: readonly Panel[] = [
  {
    ...stat,
    title: "Usable masters",
    about: "Masters that some voting node can use.",
    queries: [{ expr: `k3s_lb:fleet_usable_masters:sum{${cluster}}`, legend: "" }],
    steps: [...goodFrom(1).slice(0, 1), { value: 1, color: "orange" }, { value: 2, color: "green" }],
  },
  {
    ...stat,
    title: "Worst node",
    about: "Masters that the node with the fewest can use. 0: a node is cut off.",
    queries: [{ expr: `min by (cluster) (k3s_lb:node_usable_masters:sum{${cluster}})`, legend: "" }],
    steps: [...goodFrom(1).slice(0, 1), { value: 1, color: "orange" }, { value: 2, color: "green" }],
  },
  {
    ...stat,
    title: "Nodes not scraped",
    about: "Nothing is known of them.",
    queries: [
      { expr: `k3s_lb:fleet_nodes:count{${cluster}} - k3s_lb:fleet_nodes_scraped:sum{${cluster}}`, legend: "" },
    ],
    steps: badFromOne,
  },
  {
    ...stat,
    title: "Disagreement",
    about: "Opinions of masters that differ from those of the most nodes: a path, or an order that is not everywhere.",
    queries: [{ expr: `sum by (cluster) (k3s_lb:master_disagreement:sum{${cluster}})`, legend: "" }],
    steps: badFromOne,
  },
  {
    ...stat,
    title: "Pinned sessions",
    about: "Sessions still open where a master takes no new ones. They do not end by themselves.",
    queries: [{ expr: `sum by (cluster) (k3s_lb:master_pinned_sessions:sum{${cluster}})`, legend: "" }],
    steps: badFromOne,
  },
  {
    ...stat,
    title: "HAProxy versions",
    about: "More than one: the nodes differ in what they report and obey.",
    queries: [{ expr: `count by (cluster) (k3s_lb:fleet_versions:count{${cluster}})`, legend: "" }],
    steps: [
      { value: null, color: "green" },
      { value: 2, color: "orange" },
    ],
  },
  {
    title: "What is wrong now",
    about: "The alerts of k3s-lb that fire. What to do about each is in its annotation what_to_do.",
    type: "table",
    width: 24,
    height: 7,
    queries: [{ expr: `ALERTS{${cluster},alertname=~"K3sLb.+",alertstate="firing"}`, legend: "" }],
    transformations: columns({ severity: "severity", alertname: "alert", server: "master", node: "node" }),
  },
  {
    ...half,
    title: "Masters by state",
    about: "Voting nodes by what they say of each master.",
    type: "table",
    queries: [{ expr: `k3s_lb:master_nodes:sum{${masters}}`, legend: "" }],
    transformations: matrix("server", "state"),
  },
  {
    ...half,
    title: "Why checks fail",
    about: "L4CON: refused. L4TOUT: unreachable. L6...: TLS. L7STS: the wrong answer. Counted in voting nodes.",
    type: "table",
    queries: [{ expr: `k3s_lb:master_check_results:sum{${masters}}`, legend: "" }],
    transformations: columns({ server: "master", state: "check", Value: "nodes" }),
  },
  {
    ...half,
    title: "Nodes and masters now",
    about: "OUT is DRAIN, MAINT or weight 0. A drain under a DOWN shows as DOWN.",
    type: "table",
    queries: [{ expr: cellState, legend: "" }],
    mappings: cellWords,
    transformations: matrix("node", "server"),
  },
  {
    ...half,
    title: "Nodes and masters that were not always up",
    about: "Those that were down or out of service at some time of the range shown.",
    type: "state-timeline",
    queries: [
      {
        expr: `(${cellState}) and min_over_time(k3s_lb:server_usable:bool{${cells}}[$__range]) == 0`,
        legend: "{{node}} {{server}}",
      },
    ],
    mappings: cellWords,
  },
  {
    ...half,
    title: "Usable masters of each node",
    about: "1: the next failure cuts it off. 0: it is cut off.",
    type: "timeseries",
    queries: [{ expr: `k3s_lb:node_usable_masters:sum{${nodes}}`, legend: "{{node}}" }],
  },
  {
    ...half,
    title: "Nodes that see a master down or out of service",
    about: "Of the nodes with a vote.",
    type: "timeseries",
    queries: [
      { expr: `k3s_lb:master_down_nodes:sum{${masters}}`, legend: "{{server}} down" },
      { expr: `k3s_lb:master_out_nodes:sum{${masters}}`, legend: "{{server}} out" },
    ],
  },
  {
    ...half,
    title: "Sessions of each master",
    about: "Over all nodes.",
    type: "timeseries",
    stacked: true,
    queries: [{ expr: `k3s_lb:master_sessions:sum{${masters}}`, legend: "{{server}}" }],
  },
  {
    ...half,
    title: "Share of sessions",
    about: "After a drain the share stays low until clients reconnect: balancing moves no open session.",
    type: "timeseries",
    unit: "percentunit",
    max: 1,
    queries: [{ expr: `k3s_lb:master_sessions:ratio{${masters}}`, legend: "{{server}}" }],
  },
  {
    ...half,
    title: "Pinned sessions of each master",
    about: "Still open on nodes where it is down or out of service.",
    type: "timeseries",
    queries: [{ expr: `k3s_lb:master_pinned_sessions:sum{${masters}}`, legend: "{{server}}" }],
  },
  {
    ...half,
    title: "Failed tries to connect",
    about: "Failed connects and retries among all tries.",
    type: "timeseries",
    unit: "percentunit",
    queries: [{ expr: `k3s_lb:master_connect_errors:ratio_rate5m{${masters}}`, legend: "{{server}}" }],
  },
  {
    ...half,
    title: "Check time of each master",
    about: "TCP, TLS and HTTP together, over the nodes that see it up.",
    type: "timeseries",
    unit: "s",
    queries: [
      { expr: `k3s_lb:master_check_seconds:median{${masters}}`, legend: "{{server}} median" },
      { expr: `k3s_lb:master_check_seconds:max{${masters}}`, legend: "{{server}} slowest node" },
    ],
  },
  {
    ...half,
    title: "Check times, all nodes and masters",
    about: "A band of its own is a slow path or a slow master: choose nodes and masters above to see which.",
    type: "heatmap",
    unit: "s",
    queries: [{ expr: `haproxy_server_check_duration_seconds{job="k3s-lb",${cells}}`, legend: "" }],
  },
  {
    ...half,
    title: "Answers to checks",
    about: "401 proves that something with authentication listens, 200 that the master is ready.",
    type: "timeseries",
    stacked: true,
    queries: [{ expr: `sum by (code) (k3s_lb:master_check_codes:count{${masters}})`, legend: "{{code}}" }],
  },
  {
    ...half,
    title: "Nodes scraped",
    about: "And how many Prometheus knows.",
    type: "timeseries",
    queries: [
      { expr: `k3s_lb:fleet_nodes_scraped:sum{${cluster}}`, legend: "scraped" },
      { expr: `k3s_lb:fleet_nodes:count{${cluster}}`, legend: "known" },
    ],
  },
  {
    ...half,
    title: "Versions of HAProxy",
    about: "Nodes by the version that they run.",
    type: "timeseries",
    stacked: true,
    queries: [{ expr: `k3s_lb:fleet_versions:count{${cluster}}`, legend: "{{version}}" }],
  },
  {
    ...half,
    title: "Starts and reloads of HAProxy",
    about: "Within ten minutes, on nodes that had one. Each forgets the drains that no state file keeps.",
    type: "timeseries",
    queries: [{ expr: `k3s_lb:node_starts:changes10m{${nodes}} > 0`, legend: "{{node}}" }],
  },
];
