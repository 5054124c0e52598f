import type { FleetView } from "../domain/view.ts";
import { createActing } from "./acting.ts";
import { type Console, type ConsoleDeps, copyText, writeRecording } from "./console-parts.ts";
import { copiedText } from "./copy.ts";
import { subjectOf } from "./dialog.ts";
import { drawFrame } from "./frame.ts";
import type { Intent } from "./intent.ts";
import { type Change, changeBy, isMore, toleratedBy } from "./intent-change.ts";
import { typing } from "./key-binding.ts";
import { pastedKeys } from "./key-names.ts";
import { intentOf } from "./keymap.ts";
import { nextInterval } from "./next-interval.ts";
import { createPast } from "./past.ts";
import { type Frame, type FrameInput, type Size, sameLines } from "./picture.ts";
import { canGoBack, createScreen, modeOf, reduceScreen, type Screen, topLevel } from "./screen.ts";
import { createViewMemory, recallView } from "./view-memory.ts";
import { createWitness } from "./witness.ts";

/** Data is drawn at most ten times a second, and in a tenth of the time at most; a key is drawn at once. */
const frameMs = 100;
const firstFrameMs = 25; // While the first answers come in, somebody waits for each of them.
const secondMs = 1000;

export function createConsole(deps: ConsoleDeps, firstSize: Size): Console {
  const { clock, poller, replay } = deps;
  const time = replay?.time ?? clock; // What is shown has its own time; frames are paced by real time.
  const listeners = new Set<() => void>();
  const labels = deps.fleet.nodes.flatMap((node) => Object.keys(node.labels));
  let screen: Screen = recallView(createScreen(), deps.memory?.recalled ?? {}, labels);
  const viewMemory = createViewMemory(deps.memory, screen);
  let size = firstSize;
  let frozen: (Pick<FrameInput, "view" | "timeline" | "samples"> & { readonly sinceMs: number }) | undefined;
  const past = createPast(deps.history, () => schedule());
  const witness = replay?.witness ?? createWitness(deps.fleet.check.expect, poller.intervalMs);
  let inFlight = 0;
  let lastView: FleetView | undefined;
  /** The plan or outcome that stood on the screen when the last keys came. */
  let seen: unknown;
  const acting = createActing({
    clock,
    operations: deps.operations,
    isLocked: deps.fleet.admin.locked,
    read: () => deps.read(time.now()),
    change,
    write: (file) => writeRecording(deps.recording, file, (said) => change((before) => ({ ...before, said }))),
    quit: deps.quit,
  });
  let frame: Frame = draw();
  let cancelFrame: (() => void) | undefined;
  let cancelSecond: (() => void) | undefined;
  let isRunning = false;
  let lastMs = 0;
  let costMs = 0;

  function change(update: (before: Screen) => Screen): void {
    screen = update(screen);
    schedule();
  }

  /** The truth at this moment; what changed since the last look goes into the timeline. */
  function look(nowMs: number): FleetView {
    const view = deps.read(nowMs);
    witness.look(view, nowMs, time.wall());
    deps.announce?.look(witness.timeline(), view, nowMs);
    return view;
  }

  function draw(): Frame {
    const nowMs = time.now();
    const view = frozen?.view ?? look(nowMs);
    const facts = {
      nowMs,
      wallMs: time.wall(),
      intervalMs: poller.intervalMs(),
      inFlight,
      pausedMs: frozen && nowMs - frozen.sinceMs,
      lock: acting.lock(),
      replay: replay?.state(),
      recording: deps.recording?.sign(),
    };
    past.watch(topLevel(screen).place.kind === "operations", view.ledger?.lastAtMs);
    const drawn = drawFrame({
      fleet: deps.fleet,
      view,
      timeline: frozen?.timeline ?? witness.timeline(),
      samples: frozen?.samples ?? witness.samples,
      past: past.state(),
      screen,
      size,
      look: deps.look,
      facts,
    });
    screen = drawn.screen;
    lastView = view;
    return drawn;
  }

  function paint(): void {
    cancelFrame?.();
    cancelFrame = undefined;
    const startMs = clock.now();
    const before = frame.lines;
    frame = draw();
    viewMemory.note(screen);
    if (sameLines(before, frame.lines)) frame = { ...frame, lines: before };
    else for (const listener of listeners) listener();
    seen = subjectOf(screen.dialog);
    lastMs = clock.now();
    costMs = lastMs - startMs;
  }

  function isFirstRound(): boolean {
    return frozen === undefined && lastView?.nodes.some((node) => node.record === undefined) === true;
  }

  /** While the terminal has not taken the last frame, none is made: the next one shows what is true then. */
  function schedule(): void {
    if (!isRunning || cancelFrame !== undefined) return;
    const paceMs = isFirstRound() ? firstFrameMs : Math.max(frameMs, Math.min(secondMs, 10 * costMs));
    const waitMs = paceMs - (clock.now() - lastMs);
    cancelFrame = clock.after(Math.max(0, waitMs), () => {
      cancelFrame = undefined;
      if (deps.terminal.isBusy()) schedule();
      else paint();
    });
  }

  /** Ages and the number of polls in flight move once a second, or the bar would never stand still. */
  function second(): void {
    inFlight = poller.inFlight();
    // What is not drawn now is seen all the same: others may wait to be told of it.
    if (frozen !== undefined || deps.terminal.isBusy()) look(time.now());
    acting.watchLock(screen);
    schedule();
    cancelSecond = clock.after(secondMs, second);
  }

  function obey(intent: Intent): void {
    screen = screen.said === undefined ? screen : { ...screen, said: undefined };
    if (acting.obey(intent, screen, frame.sight)) return;
    switch (intent.kind) {
      case "quit":
        deps.quit();
        return;
      case "suspend":
        deps.terminal.suspend();
        return;
      case "repaint":
        deps.terminal.repaint();
        return;
      case "poll":
        poller.pollNow();
        return;
      case "replay":
        void replay?.obey(intent.order).then(schedule); // Drawn when it is there, which may take a moment.
        return;
      case "copy":
        screen = {
          ...screen,
          said: copyText(copiedText(frame.sight.copy, intent.what, deps.scope), deps.terminal.copy),
        };
        return;
      case "interval":
        poller.setIntervalMs(nextInterval(poller.intervalMs(), intent.by));
        return;
      case "leave":
        if (canGoBack(screen)) break;
        deps.quit();
        return;
      case "pause":
        frozen =
          screen.paused || lastView === undefined
            ? undefined
            : { ...witness.still(), view: lastView, sinceMs: time.now() };
        break;
      default:
        break;
    }
    screen = reduceScreen(screen, intent, frame.sight);
  }

  function press(keys: readonly string[]): void {
    // Each key acts on what the one before it led to, so where it has to know that, the frame between them is drawn,
    // but not shown. A slow line delivers a held key, and any line a paste, as hundreds at once.
    let changed: Change = "nothing";
    for (const key of keys) {
      acting.watchLock(screen);
      const intent = intentOf(key, modeOf(screen), deps.look.keys, replay !== undefined);
      // Typed ahead of a plan is no answer to it, and an outcome that nobody saw is not put away.
      if (intent === undefined || (subjectOf(screen.dialog) !== undefined && subjectOf(screen.dialog) !== seen))
        continue;
      if (isMore(changed, toleratedBy(intent))) {
        frame = { ...draw(), lines: frame.lines };
        changed = "nothing";
      }
      obey(intent);
      if (isMore(changeBy(intent), changed)) changed = changeBy(intent);
    }
    paint();
  }

  return {
    lines: () => frame.lines,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    press,
    paste(text) {
      if (typing.includes(modeOf(screen))) return press(pastedKeys(text));
      screen = { ...screen, said: "Pasted text is not taken for keys." };
      paint();
    },
    resize(next) {
      size = next;
      paint();
    },
    start() {
      isRunning = true;
      const unwatch = deps.watch(schedule);
      deps.announce?.onNote(acting.say);
      second();
      return () => {
        isRunning = false;
        unwatch();
        cancelFrame?.();
        cancelSecond?.();
      };
    },
  };
}
