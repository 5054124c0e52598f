import type { Fleet } from "../domain/inventory.ts";
import {
  type CellStory,
  calmSteps,
  type NodeStory,
  type Series,
  type State,
  sceneSeries,
  turn,
} from "./prometheus-scene.ts";

/** How many alerts of a name and severity fire: `{ "K3sLbMasterPath/warning": 1 }`. Nothing else does. */
type Firing = Readonly<Record<string, number>>;

/** One test: what happens, and what fires when. `records` are values that recording rules must have. */
export type Scene = {
  readonly title: string;
  readonly series: readonly Series[];
  readonly looks: readonly { readonly at: string; readonly firing: Firing }[];
  readonly records?: readonly { readonly at: string; readonly expr: string; readonly value: number }[];
};

// Everything is well for the first five minutes of a scene; the times in `looks` are counted from its beginning.

/**
 * A scene for every alert that a fleet with so many masters can raise. A single master that fails is no master at all,
 * so such a fleet has fewer.
 */
export function scenesOf(fleet: Fleet): readonly Scene[] {
  const scenes = [...wholeScenes(fleet), ...nodeScenes(fleet)];
  return fleet.masters.length === 1 ? scenes : [...scenes, ...masterScenes(fleet)];
}

function wholeScenes(fleet: Fleet): readonly Scene[] {
  const count = fleet.masters.length;
  const every = (cell: CellStory): NodeStory => ({ cells: cellsFor(fleet, () => cell) });
  const both = (story: NodeStory) => sceneSeries(fleet, { "node-a": story, "node-b": story });
  return [
    {
      title: "nothing fires while all is well",
      series: both(every({ code: 401, errors: 0 })),
      looks: [look("4m", {}), look("30m", {})],
      records: [
        { at: "30m", expr: "k3s_lb:node_usable_masters:sum", value: 2 * count },
        { at: "30m", expr: "k3s_lb:fleet_usable_masters:sum", value: count },
        { at: "30m", expr: "k3s_lb:fleet_nodes:count", value: 2 },
        { at: "30m", expr: 'k3s_lb:master_nodes:sum{state="UP"}', value: 2 * count },
        { at: "30m", expr: 'k3s_lb:master_nodes:sum{state!="UP"}', value: 0 },
        { at: "30m", expr: 'k3s_lb:master_check_codes:count{code="401"}', value: 2 * count },
        { at: "30m", expr: "k3s_lb:master_sessions:sum", value: 8 * count },
        { at: "30m", expr: "k3s_lb:master_sessions:ratio", value: 1 },
        { at: "30m", expr: "k3s_lb:master_check_seconds:median", value: count / 4 },
        { at: "30m", expr: "k3s_lb:master_check_seconds:max", value: count / 4 },
        { at: "30m", expr: "k3s_lb:master_connect_errors:ratio_rate5m", value: 0 },
      ],
    },
    {
      title: "no node answers",
      series: both({ up: 0 }),
      looks: [look("4m30s", {}), look("8m", { "K3sLbNoAnswer/critical": 1 })],
    },
    {
      title: "Prometheus has no node of the cluster",
      series: [],
      looks: [look("30s", {}), look("5m", { "K3sLbNoAnswer/critical": 1 })],
    },
    {
      title: "every master is down",
      series: both(every(downLater)),
      looks: [
        look("4m30s", {}),
        look("8m", { "K3sLbNoMasterUsable/critical": 1, "K3sLbMasterDown/critical": count }),
        look("20m", {
          "K3sLbNoMasterUsable/critical": 1,
          "K3sLbMasterDown/critical": count,
          "K3sLbPinnedSessions/warning": count,
        }),
      ],
    },
    {
      title: "every master is drained: nobody is down, and nobody is left",
      series: both(every({ state: later("DRAIN"), sessions: 0 })),
      looks: [look("4m30s", {}), look("20m", { "K3sLbNoMasterUsable/critical": 1 })],
    },
  ];
}

function nodeScenes(fleet: Fleet): readonly Scene[] {
  const count = fleet.masters.length;
  const onB = (story: NodeStory) => sceneSeries(fleet, { "node-b": story });
  const [first = ""] = names(fleet);
  return [
    {
      title: "a node can use no master: it is cut off, and no master is blamed",
      series: onB({ cells: cellsFor(fleet, () => ({ ...downLater, sessions: 0 })) }),
      looks: [look("4m30s", {}), look("20m", { "K3sLbNodeCutOff/critical": 1 })],
      records: [{ at: "20m", expr: "k3s_lb:master_down_nodes:sum", value: 0 }],
    },
    {
      title: "a node is not scraped: it has no vote",
      series: onB({ up: 0 }),
      looks: [look("6m", {}), look("20m", { "K3sLbNodeNotScraped/warning": 1 })],
      records: [{ at: "20m", expr: "k3s_lb:fleet_nodes_scraped:sum", value: 1 }],
    },
    {
      title: "HAProxy is restarted on a node, which is over after ten minutes",
      series: onB({ startsAnew: true }),
      looks: [look("4m30s", {}), look("6m", { "K3sLbNodeRestarted/info": 1 }), look("17m", {})],
    },
    {
      title: "a node runs another version",
      series: onB({ version: "3.2.4" }),
      looks: [look("25m", {}), look("35m", { "K3sLbVersionSkew/warning": 1 })],
    },
    {
      title: "a node lacks the server line of a master",
      series: onB({ cells: { [first]: "absent" } }),
      looks: [look("4m", {}), look("10m", { "K3sLbServerAbsent/warning": 1 })],
      records: [{ at: "10m", expr: 'k3s_lb:node_masters:count{node="node-b"}', value: count - 1 }],
    },
    {
      title: "a node has a server line that is no master",
      series: onB({ cells: { [`${first}-stranger`]: {} } }),
      looks: [look("4m", {}), look("10m", { "K3sLbServerExtra/warning": 1 })],
    },
  ];
}

function masterScenes(fleet: Fleet): readonly Scene[] {
  const all = names(fleet);
  const [first = ""] = all;
  const onBoth = (cells: NodeStory["cells"] = {}) => sceneSeries(fleet, { "node-a": { cells }, "node-b": { cells } });
  const onB = (cell: CellStory) => sceneSeries(fleet, { "node-b": { cells: { [first]: cell } } });
  // With two masters the one that is left is the last one, on every node that misses the other.
  const last = (nodes: number): Firing => (all.length === 2 ? { "K3sLbLastMaster/warning": nodes } : {});
  const isEnough = all.length > 2;
  return [
    {
      title: "a master is down everywhere, and comes back",
      series: onBoth({ [first]: { state: [...spell("DOWN", 10), { is: "UP" }], sessions: 0 } }),
      looks: [
        look("5m30s", {}),
        look("10m", { [isEnough ? "K3sLbMasterDown/warning" : "K3sLbMasterDown/critical"]: 1, ...last(2) }),
        look("17m", {}),
      ],
    },
    {
      title: "all masters but one are down",
      series: onBoth(cellsFor(fleet, (name) => (name === first ? {} : { ...downLater, sessions: 0 }))),
      looks: [
        look("4m30s", {}),
        look("10m", { "K3sLbMasterDown/critical": all.length - 1, "K3sLbLastMaster/warning": 2 }),
      ],
    },
    {
      title: "a master is down on one node and up on the other",
      series: onB({ ...downLater, sessions: 0, fails: "L4TOUT" }),
      looks: [look("6m", {}), look("20m", { "K3sLbMasterPath/warning": 1, ...last(1) })],
      records: [
        { at: "20m", expr: "k3s_lb:master_down_nodes:sum", value: 1 },
        { at: "20m", expr: "k3s_lb:master_disagreement:sum", value: 1 },
        { at: "20m", expr: 'k3s_lb:master_check_results:sum{state="L4TOUT"}', value: 1 },
      ],
    },
    {
      title: "a master is drained on one node only",
      series: onB({ state: later("DRAIN"), sessions: 0 }),
      looks: [look("13m", last(1)), look("20m", { "K3sLbMasterPartlyDrained/warning": 1, ...last(1) })],
      records: [{ at: "20m", expr: 'k3s_lb:master_nodes:sum{state="DRAIN"}', value: 1 }],
    },
    {
      title: "a master without weight on one node counts as drained there",
      series: onB({ weight: 0, sessions: 0 }),
      looks: [look("20m", { "K3sLbMasterPartlyDrained/warning": 1, ...last(1) })],
    },
    {
      title: "sessions stay on a drained master",
      series: onBoth({ [first]: { state: later("DRAIN"), sessions: 7 } }),
      looks: [look("13m", last(2)), look("20m", { "K3sLbPinnedSessions/warning": 1, ...last(2) })],
      records: [{ at: "20m", expr: "k3s_lb:master_pinned_sessions:sum", value: 14 }],
    },
    {
      title: "a master stays in maintenance for too long, and is down for a while in between",
      series: sceneSeries(fleet, {
        "node-a": {
          cells: {
            [first]: {
              state: [...spell("MAINT", 60), { is: "DOWN", steps: 10 }, { is: "MAINT", steps: 180 }, { is: "UP" }],
              sessions: 0,
            },
          },
        },
        // Four hours of one node are enough to evaluate.
        "node-b": null,
      }),
      looks: [look("4h3m", last(1)), look("4h10m", { "K3sLbDrainOverTime/warning": 1, ...last(1) }), look("4h20m", {})],
    },
    {
      title: "one master is checked with 401 and the others with 200",
      series: onBoth(cellsFor(fleet, (name) => ({ code: name === first ? 401 : 200 }))),
      looks: [look("4m", {}), look("10m", { "K3sLbChecksMixed/warning": 1 })],
    },
    {
      title: "every fifth try to connect to a master fails",
      series: onBoth({ [first]: { errors: 0.5 } }),
      looks: [look("9m", {}), look("15m", { "K3sLbConnectErrors/warning": 1 })],
    },
  ];
}

function look(at: string, firing: Firing): Scene["looks"][number] {
  return { at, firing };
}

function names({ masters }: Fleet): readonly string[] {
  return masters.map(({ name }) => name);
}

function cellsFor(fleet: Fleet, story: (name: string) => CellStory): Readonly<Record<string, CellStory>> {
  return Object.fromEntries(names(fleet).map((name) => [name, story(name)]));
}

function later(state: State): ReturnType<typeof turn<State>> {
  return turn<State>("UP", state);
}

/** Up, then for so many steps something else. */
function spell(state: State, steps: number): ReturnType<typeof turn<State>> {
  return [
    { is: "UP", steps: calmSteps },
    { is: state, steps },
  ];
}

const downLater: CellStory = { state: later("DOWN") };
