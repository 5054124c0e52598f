import { UserError } from "../domain/user-error.ts";
import { createCanvas } from "./canvas.ts";
import { type ClusterDoor, createClusterSwitch, type OpenCluster } from "./cluster-switch.ts";
import type { Console, ConsoleDeps } from "./console-parts.ts";
import { createConsole } from "./controller.ts";
import { clipboardBytes } from "./copy.ts";
import type { View } from "./intent.ts";
import { createKeyboard } from "./keyboard.ts";
import { mount } from "./mount.tsx";
import type { Size } from "./picture.ts";

/** The terminal as the screen needs it; `io/terminal.ts` fits it. */
export type ScreenTerminal<Ending> = {
  readonly ended: Promise<Ending>;
  size(): Size;
  suspend(): void;
  setMouse(isOn: boolean): void;
  onResize(listener: (size: Size) => void): void;
  onSuspend(listener: (isSuspended: boolean) => void): void;
};

/** What the console of one cluster needs beside the terminal, which all of them share. */
export type ClusterDeps = Omit<ConsoleDeps, "terminal" | "quit" | "clusters" | "firstView">;

/** The clusters beside the first one. `all`: they are polled from the start, and their page is the first. */
export type ScreenClusters = Omit<ClusterDoor, "open"> & {
  readonly all: boolean;
  readonly open: (name: string) => Promise<ClusterDeps>;
};

export type ScreenDeps<Ending> = ClusterDeps & {
  readonly terminal: ScreenTerminal<Ending>;
  /** Whether the mouse is listened to; without it the terminal selects text as it always does. */
  readonly mouse: boolean;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly clusters?: ScreenClusters | undefined;
};

/**
 * Draws until the viewer quits or the terminal ends it; the keyboard is given back, the screen is not yet left.
 * Errors: rejects with what a component threw.
 */
export async function startScreen<Ending>(deps: ScreenDeps<Ending>): Promise<Ending | { readonly kind: "interrupt" }> {
  const { clusters, stdin, stdout, terminal } = deps;
  const canvas = createCanvas(stdout, terminal.size());
  const { promise: left, resolve: quit } = Promise.withResolvers<{ readonly kind: "interrupt" }>();
  let isOurs = true;
  const openCluster = (cluster: ClusterDeps, firstView?: View): OpenCluster => ({
    color: cluster.fleet.color,
    makeConsole({ clusters: all, color }, size) {
      cluster.announce?.onRing((bytes) => {
        if (isOurs) stdout.write(bytes);
      });
      return createConsole(
        {
          ...cluster,
          look: { ...cluster.look, badge: color },
          // What a person chose holds for all of them.
          ...(deps.memory === undefined ? {} : { memory: deps.memory }),
          clusters: all,
          firstView,
          terminal: {
            repaint: canvas.repaint,
            suspend: terminal.suspend,
            isBusy: canvas.isBusy,
            copy: (text) => stdout.write(clipboardBytes(text)),
          },
          quit: () => quit({ kind: "interrupt" }),
        },
        size,
      );
    },
  });
  const { cluster: name } = deps.fleet;
  const console = createClusterSwitch(
    {
      known: clusters?.known ?? [{ name, file: "", scope: "" }],
      first: clusters?.first ?? name,
      async open(other) {
        if (clusters === undefined) throw new UserError(`there is no cluster "${other}"`);
        return openCluster(await clusters.open(other));
      },
    },
    openCluster(deps, clusters?.all === true ? "clusters" : undefined),
    terminal.size(),
  );
  terminal.setMouse(deps.mouse);
  const onMouse: Console["mouse"] = (reports) => {
    if (deps.mouse) console.mouse(reports);
  };
  const keyboard = createKeyboard(stdin, deps.clock, onMouse, () => console.beginRead());
  const app = mount(console, canvas, keyboard);
  terminal.onResize((size) => {
    canvas.setSize(size);
    canvas.stream.emit("resize");
    console.resize(size);
    canvas.repaint();
  });
  terminal.onSuspend((isSuspended) => {
    isOurs = !isSuspended;
    canvas.pause(isSuspended);
    if (!isSuspended) canvas.repaint();
  });
  const stop = console.start();
  if (clusters?.all === true) console.openAll();
  try {
    // Ink ends by itself only for an error of a component.
    return await Promise.race([left, terminal.ended, app.ended.then(() => left)]);
  } finally {
    stop();
    isOurs = false;
    canvas.pause(true);
    app.unmount();
  }
}
