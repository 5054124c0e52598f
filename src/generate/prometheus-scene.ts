import type { Fleet } from "../domain/inventory.ts";
import { quote, scrapeJob } from "./promql.ts";

/** A series of `promtool test rules`: a selector and its values. Source: Prometheus, "Unit testing for rules". */
export type Series = { readonly series: string; readonly values: string };

/** A value and for how many steps it stays; without `steps`, to the end. `stale` ends the series. */
export type Phase<Value> = { readonly is: Value; readonly steps?: number };

export type State = "UP" | "DOWN" | "DRAIN" | "MAINT" | "NOLB";

/** One server line of one node in a scene; what is left out is as in a healthy fleet, or has no series. */
export type CellStory = {
  readonly state?: readonly Phase<State>[];
  readonly weight?: number;
  readonly sessions?: number;
  /** What checks are answered with. */
  readonly code?: number;
  /** How checks fail after the calm, as in `check_status`. */
  readonly fails?: string;
  /** Failed tries to connect in every step, and tries that do not fail. */
  readonly errors?: number;
};

/** One node in a scene. `up: 0` is a node that answers no scrape any more. */
export type NodeStory = {
  readonly up?: 0;
  readonly version?: string;
  readonly startsAnew?: boolean;
  /** By master's name; `absent` has no server line. Others than the fleet's masters may be given too. */
  readonly cells?: Readonly<Record<string, CellStory | "absent">>;
};

/** Units: seconds between two samples of a scene. */
export const stepSeconds = 60;
/** For how many steps everything is well at the beginning of a scene. */
export const calmSteps = 5;
const LAST_STEP = 300;

/** The two nodes of every scene. Their names are the tests' own: no rule names a node. */
const sceneNodes = ["node-a", "node-b"] as const;

/** The series of both nodes with all masters of the fleet. A node without a story is well, one with `null` is not there. */
export function sceneSeries(
  fleet: Fleet,
  stories: Readonly<Partial<Record<(typeof sceneNodes)[number], NodeStory | null>>>,
): readonly Series[] {
  return sceneNodes.flatMap((node) => {
    const story = stories[node] === undefined ? {} : stories[node];
    if (story === null) return [];
    const labels = [
      `job=${quote(scrapeJob)}`,
      `instance=${quote(`${node}:1936`)}`,
      `cluster=${quote(fleet.cluster)}`,
      `node=${quote(node)}`,
    ].join(",");
    const names = new Set([...fleet.masters.map(({ name }) => name), ...Object.keys(story.cells ?? {})]);
    const cells = [...names].flatMap((name) => {
      const cell = story.cells?.[name] ?? {};
      if (cell === "absent") return [];
      return cellSeries(`${labels},proxy=${quote(fleet.backend)},server=${quote(name)}`, cell);
    });
    return [
      { series: `up{${labels}}`, values: runs(turn(1, story.up ?? 1)) },
      ...[...nodeSeries(labels, story), ...cells].map(({ series, values }) => ({
        series,
        values: story.up === 0 ? lost(values) : values,
      })),
    ];
  });
}

/** `is` after the calm beginning, `before` in it. */
export function turn<Value>(before: Value, is: Value): readonly Phase<Value>[] {
  return [{ is: before, steps: calmSteps }, { is }];
}

function nodeSeries(labels: string, { version = "2.8.16", startsAnew = false }: NodeStory): readonly Series[] {
  return [
    {
      series: `haproxy_process_start_time_seconds{${labels}}`,
      values: runs(startsAnew ? turn(1_800_000_000, 1_800_000_300) : [{ is: 1_800_000_000 }]),
    },
    { series: `haproxy_process_build_info{${labels},version=${quote(version)}}`, values: runs([{ is: 1 }]) },
  ];
}

function cellSeries(labels: string, story: CellStory): readonly Series[] {
  const { state = [{ is: "UP" }], weight = 1, sessions = 4, code, fails, errors } = story;
  const states = (["UP", "DOWN", "DRAIN", "MAINT", "NOLB"] as const).map((word) => ({
    series: `haproxy_server_status{${labels},state="${word}"}`,
    values: runs(state.map(({ is, ...rest }) => ({ is: is === word ? 1 : 0, ...rest }))),
  }));
  const series = (name: string, values: string): Series => ({ series: `haproxy_server_${name}{${labels}}`, values });
  const counter = (perStep: number): string => `0+${perStep}x${LAST_STEP}`;
  return [
    ...states,
    series("weight", runs([{ is: weight }])),
    series("current_sessions", runs([{ is: sessions }])),
    ...(code === undefined
      ? []
      : [series("check_code", runs([{ is: code }])), series("check_duration_seconds", runs([{ is: 0.25 }]))]),
    ...(fails === undefined
      ? []
      : [{ series: `haproxy_server_check_status{${labels},state=${quote(fails)}}`, values: runs(turn(0, 1)) }]),
    ...(errors === undefined
      ? []
      : [
          series("connection_attempts_total", counter(errors + 2)),
          series("connection_errors_total", counter(errors)),
          series("retry_warnings_total", counter(0)),
        ]),
  ];
}

/** promtool's notation: `1x9` is ten samples of 1. */
function runs(phases: readonly Phase<number>[]): string {
  return phases.map(({ is, steps }) => `${is}x${(steps ?? LAST_STEP) - 1}`).join(" ");
}

/** The same, ending with the calm. */
function lost(values: string): string {
  const [, first = "0"] = /^(\d+(?:\.\d+)?)/.exec(values) ?? [];
  return `${first}x${calmSteps - 1} stale`;
}
