import { automaticColor, type ClusterColor } from "../domain/cluster-color.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import type { ClusterRow, Clusters, KnownCluster } from "./clusters.ts";
import type { ClusterConsole, Console } from "./console-parts.ts";
import type { Size } from "./picture.ts";

/** A cluster that is polled: its own colour, and its console. */
export type OpenCluster = {
  readonly color: ClusterColor | undefined;
  readonly makeConsole: (
    own: { readonly clusters: Clusters; readonly color: ClusterColor | undefined },
    size: Size,
  ) => ClusterConsole;
};

/**
 * The clusters that can be gone to.
 * Shape: `first` is open already; `open` begins to poll another one. Errors of `open`: a UserError with what is wrong.
 */
export type ClusterDoor = {
  readonly known: readonly KnownCluster[];
  readonly first: string;
  readonly open: (name: string) => Promise<OpenCluster>;
};

type Known = {
  readonly cluster: KnownCluster;
  readonly automatic: ClusterColor | undefined;
  /** Done when it is known whether it can be opened. */
  opening: Promise<void> | undefined;
  state:
    | { readonly kind: "closed" | "opening" }
    | { readonly kind: "failed"; readonly text: string }
    | { readonly kind: "open"; readonly console: ClusterConsole; readonly color: ClusterColor | undefined };
};

/** A line, and what one does with a list. */
const mostKeys = 200;

/**
 * One console out of those of several clusters: each keeps its place, its marks and its lock, and one is shown.
 * Shape: `openAll` begins to poll those that are not polled yet.
 */
export function createClusterSwitch(
  door: ClusterDoor,
  firstCluster: OpenCluster,
  firstSize: Size,
): Console & { openAll(): void } {
  const { known: clusters } = door;
  const listeners = new Set<() => void>();
  const stops: (() => void)[] = [];
  let size = firstSize;
  let isRunning = false;
  const all = clusters.map((cluster, index): Known => {
    // With one cluster there is nothing to tell apart.
    const automatic = clusters.length > 1 ? automaticColor(index) : undefined;
    return { cluster, automatic, opening: undefined, state: { kind: "closed" } };
  });
  const of = (name: string) => all.find(({ cluster }) => cluster.name === name);
  let shownName = door.first;
  let shown = enter(door.first, firstCluster);
  /** The way to a cluster that is being opened, and the keys that were typed for it meanwhile. Another one takes its place. */
  let way: { readonly keys: string[] } | undefined;

  /** Takes a cluster in that is polled from now on; hidden until somebody goes there. */
  function enter(name: string, { color, makeConsole }: OpenCluster): ClusterConsole {
    const known = of(name);
    const own = color ?? known?.automatic;
    const console = makeConsole({ clusters: clustersFor(name), color: own }, size);
    if (known !== undefined) known.state = { kind: "open", console, color: own };
    console.subscribe(() => {
      if (console === shown) for (const listener of listeners) listener();
    });
    return console;
  }

  function clustersFor(name: string): Clusters {
    return {
      rows: () => all.map((known) => rowOf(known, name)),
      go: (to, left) => void go(to, left),
      isGoing: () => way !== undefined,
    };
  }

  function rowOf({ cluster, state }: Known, current: string): ClusterRow {
    const isCurrent = cluster.name === current;
    if (state.kind !== "open") return { ...cluster, isCurrent, state };
    const view = state.console.view();
    return {
      ...{ ...cluster, isCurrent },
      state: view === undefined ? { kind: "opening" } : { kind: "open", color: state.color, view },
    };
  }

  /** Resolves to what became of it. */
  async function open(known: Known): Promise<Known["state"]> {
    if (known.state.kind === "open") return known.state;
    known.opening ??= openAnew(known).finally(() => {
      known.opening = undefined;
    });
    await known.opening;
    return known.state;
  }

  async function openAnew(known: Known): Promise<void> {
    known.state = { kind: "opening" };
    try {
      const console = enter(known.cluster.name, await door.open(known.cluster.name));
      console.show(false);
      if (isRunning) stops.push(console.start());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const text = error.message.replaceAll(":\n", ": ").replaceAll("\n", "; ");
      known.state = { kind: "failed", text: cleanText(text) };
    }
  }

  /** At once where it is open; else as soon as it is, and with the keys that came for it. */
  async function go(name: string, left: () => void): Promise<void> {
    const known = of(name);
    if (known === undefined) return;
    way = undefined;
    if (name === shownName) return left();
    if (known.state.kind === "open") return show(name, known.state.console, left);
    shown.say(`Opening ${name}.`);
    const mine = { keys: [] };
    way = mine;
    const state = await open(known);
    if (way !== mine) return;
    way = undefined;
    if (state.kind === "failed") shown.say(`${name} cannot be opened: ${state.text}`);
    if (state.kind !== "open") return;
    show(name, state.console, left);
    press(mine.keys);
  }

  function show(name: string, console: ClusterConsole, left: () => void): void {
    left();
    shown.show(false);
    shownName = name;
    shown = console;
    shown.show(true);
    for (const listener of listeners) listener();
  }

  function press(keys: readonly string[]): void {
    for (let rest = keys; rest.length > 0; ) rest = way === undefined ? shown.press(rest) : wait(rest);
  }

  /** Whoever does not want to wait any longer stays, or leaves. */
  function wait([key = "", ...rest]: readonly string[]): readonly string[] {
    if (key === "esc") {
      way = undefined;
      shown.say(undefined);
    } else if (key === "ctrl-c") shown.press([key]);
    else if ((way?.keys.length ?? 0) < mostKeys) way?.keys.push(key);
    return rest;
  }

  return {
    lines: () => shown.lines(),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    beginRead: () => shown.beginRead(),
    press,
    paste(text) {
      if (way === undefined) shown.paste(text);
    },
    mouse(reports) {
      if (way === undefined) shown.mouse(reports);
    },
    resize(next) {
      size = next;
      for (const { state } of all) if (state.kind === "open") state.console.resize(next);
    },
    openAll() {
      for (const known of all) void open(known);
    },
    start() {
      isRunning = true;
      for (const { state } of all) if (state.kind === "open") stops.push(state.console.start());
      return () => {
        isRunning = false;
        for (const stop of stops) stop();
      };
    },
  };
}
