import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { UserError } from "../../src/domain/user-error.ts";
import { createClusterSwitch, type OpenCluster } from "../../src/ui/cluster-switch.ts";
import type { Clusters } from "../../src/ui/clusters.ts";
import type { ClusterConsole } from "../../src/ui/console-parts.ts";
import { fleetOf } from "../support/fleet.ts";
import { nowMs, scene } from "../support/scene.ts";
import { usual } from "../support/screens.ts";

const fleet = fleetOf({ nodes: 2 });
const view = assess(
  fleet,
  scene(fleet, () => () => "UP"),
  nowMs,
);

/** A console that keeps what it was asked, as lines of text. */
function aConsole(name: string, log: string[]): ClusterConsole {
  return {
    lines: () => [name],
    subscribe: () => () => {},
    beginRead: () => undefined,
    press([key, ...rest]) {
      log.push(`${name} hears ${key}`);
      return rest;
    },
    mouse: () => log.push(`${name} is pointed at`),
    paste: (text) => log.push(`${name} is given ${text}`),
    resize: ({ columns }) => log.push(`${name} has ${columns} columns`),
    show: (isShown) => log.push(`${name} is ${isShown ? "shown" : "hidden"}`),
    say: (text) => log.push(`${name} says ${text}`),
    view: () => view,
    start() {
      log.push(`${name} starts`);
      return () => log.push(`${name} stops`);
    },
  };
}

function openSwitch(names: readonly string[], open: (name: string) => Promise<void> = async () => {}) {
  const log: string[] = [];
  const clusters = new Map<string, Clusters>();
  const colors = new Map<string, unknown>();
  const clusterOf = (name: string, color?: "red"): OpenCluster => ({
    color,
    makeConsole(own) {
      clusters.set(name, own.clusters);
      colors.set(name, own.color);
      return aConsole(name, log);
    },
  });
  const known = names.map((name) => ({ name, file: `${name}.yaml`, scope: ` --cluster ${name}` }));
  const [first = ""] = names;
  const door = {
    known,
    first,
    async open(name: string) {
      await open(name);
      return clusterOf(name, name === "prod" ? "red" : undefined);
    },
  };
  const console = createClusterSwitch(door, clusterOf(first), usual);
  const from = (name: string) => clusters.get(name) as Clusters;
  return {
    console,
    log,
    colors,
    from,
    go: (at: string, to: string) => from(at).go(to, () => log.push(`${at} is left`)),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a console of several clusters", () => {
  it("shows one, and begins to poll another when somebody goes there", async () => {
    const { console, go, log } = openSwitch(["de1", "fr1"]);
    const stop = console.start();
    console.press(["j"]);
    go("de1", "fr1");
    await settled();
    console.press(["k"]);
    expect(console.lines()).toEqual(["fr1"]);
    go("fr1", "de1");
    await settled();
    stop();
    expect(log).toEqual([
      ...["de1 starts", "de1 hears j", "de1 says Opening fr1."],
      ...["fr1 is hidden", "fr1 starts", "de1 is left", "de1 is hidden", "fr1 is shown", "fr1 hears k"],
      ...["fr1 is left", "fr1 is hidden", "de1 is shown", "de1 stops", "fr1 stops"],
    ]);
  });

  it("tells whoever draws that another one is shown", async () => {
    const { console, go } = openSwitch(["de1", "fr1"]);
    let told = 0;
    const unsubscribe = console.subscribe(() => {
      told += 1;
    });
    go("de1", "fr1");
    await settled();
    expect(told).toBe(1);
    unsubscribe();
    go("fr1", "de1");
    await settled();
    expect(told).toBe(1);
  });

  it("says why one cannot be opened, stays where it is, and tries again when asked again", async () => {
    let isBroken = true;
    const { console, from, go, log } = openSwitch(["de1", "fr1"], async () => {
      if (isBroken) throw new UserError("fr1\u001b[31m.yaml has 2 mistakes:\nfr1.yaml:1:1: one\nfr1.yaml:2:1: two");
    });
    const text = "fr1[31m.yaml has 2 mistakes: fr1.yaml:1:1: one; fr1.yaml:2:1: two";
    go("de1", "fr1");
    await settled();
    expect(log).toEqual(["de1 says Opening fr1.", `de1 says fr1 cannot be opened: ${text}`]);
    expect(
      from("de1")
        .rows()
        .map(({ state }) => state),
    ).toEqual([
      { kind: "open", color: "cyan", view },
      { kind: "failed", text },
    ]);
    isBroken = false;
    go("de1", "fr1");
    await settled();
    expect(console.lines()).toEqual(["fr1"]);
  });

  it("opens all at once where it is asked to, and one that fails hinders no other", async () => {
    const { console, from } = openSwitch(["de1", "broken", "prod"], async (name) => {
      if (name === "broken") throw new UserError("no");
    });
    console.start();
    console.openAll();
    await settled();
    expect(
      from("de1")
        .rows()
        .map(({ isCurrent, name, state }) => [name, state.kind, isCurrent]),
    ).toEqual([
      ["de1", "open", true],
      ["broken", "failed", false],
      ["prod", "open", false],
    ]);
    expect(console.lines()).toEqual(["de1"]);
  });

  it("stays where the person went while another one was being opened", async () => {
    const gate = Promise.withResolvers<void>();
    const { console, go } = openSwitch(["de1", "slow", "fr1"], (name) =>
      name === "slow" ? gate.promise : Promise.resolve(),
    );
    go("de1", "slow");
    go("de1", "fr1");
    await settled();
    gate.resolve();
    await settled();
    expect(console.lines()).toEqual(["fr1"]);
  });

  it("keeps what is typed while one is being opened for that one, as it is meant for it", async () => {
    const gate = Promise.withResolvers<void>();
    const { console, go, log } = openSwitch(["de1", "fr1"], () => gate.promise);
    go("de1", "fr1");
    console.press([":", "d"]);
    console.paste("y");
    console.mouse([]);
    console.press(["enter"]);
    gate.resolve();
    await settled();
    expect(log.slice(-4)).toEqual(["fr1 is shown", "fr1 hears :", "fr1 hears d", "fr1 hears enter"]);
    expect(log.filter((line) => line.startsWith("de1"))).toEqual([
      "de1 says Opening fr1.",
      "de1 is left",
      "de1 is hidden",
    ]);
  });

  it("drops what was typed for one that cannot be opened", async () => {
    const { console, go, log } = openSwitch(["de1", "fr1"], () => Promise.reject(new UserError("no")));
    go("de1", "fr1");
    console.press([":", "enter"]);
    await settled();
    console.press(["k"]);
    expect(log.slice(1)).toEqual(["de1 says fr1 cannot be opened: no", "de1 hears k"]);
  });

  it("stays where it is by Esc, with the keys that come then, and can be left", async () => {
    const gate = Promise.withResolvers<void>();
    const { console, go, log } = openSwitch(["de1", "fr1"], () => gate.promise);
    go("de1", "fr1");
    console.press(["x", "ctrl-c", "esc", "j"]);
    gate.resolve();
    await settled();
    expect(console.lines()).toEqual(["de1"]);
    expect(log.filter((line) => line.startsWith("de1"))).toEqual([
      ...["de1 says Opening fr1.", "de1 hears ctrl-c", "de1 says undefined", "de1 hears j"],
    ]);
  });

  it("stays where the person is who came back meanwhile", async () => {
    const gate = Promise.withResolvers<void>();
    const { console, go } = openSwitch(["de1", "slow"], () => gate.promise);
    go("de1", "slow");
    go("de1", "de1");
    gate.resolve();
    await settled();
    expect(console.lines()).toEqual(["de1"]);
  });

  it("goes to one that is being opened already, as soon as it is open", async () => {
    const gate = Promise.withResolvers<void>();
    const { console, go } = openSwitch(["de1", "fr1"], () => gate.promise);
    console.openAll();
    go("de1", "fr1");
    gate.resolve();
    await settled();
    expect(console.lines()).toEqual(["fr1"]);
  });

  it("gives each key to the console that is shown when its turn comes", async () => {
    const { console, log } = openSwitch(["de1", "fr1"]);
    console.press(["j", "k"]);
    expect(log).toEqual(["de1 hears j", "de1 hears k"]);
  });

  it("gives each a colour of its own, and none where there is one only", async () => {
    const { colors, console } = openSwitch(["de1", "fr1", "prod"]);
    console.openAll();
    await settled();
    expect(Object.fromEntries(colors)).toEqual({ de1: "cyan", fr1: "magenta", prod: "red" });
    expect([...openSwitch(["alone"]).colors.values()]).toEqual([undefined]);
  });

  it("tells every one of them the size of the window", async () => {
    const { console, log } = openSwitch(["de1", "fr1"]);
    console.openAll();
    await settled();
    console.resize({ columns: 100, rows: 30 });
    expect(log.slice(-2)).toEqual(["de1 has 100 columns", "fr1 has 100 columns"]);
  });
});
