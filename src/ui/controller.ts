import type { FleetView } from "../domain/view.ts";
import { createActing } from "./acting.ts";
import { aloneRow } from "./clusters.ts";
import type { ClusterConsole, ConsoleDeps } from "./console-parts.ts";
import { subjectOf } from "./dialog.ts";
import { drawFrame } from "./frame.ts";
import type { Intent } from "./intent.ts";
import { type Change, changeBy, isMore, toleratedBy } from "./intent-change.ts";
import { typing } from "./key-binding.ts";
import { pastedKeys } from "./key-names.ts";
import { intentOf } from "./keymap.ts";
import { createNewest } from "./newest.ts";
import { createPacing } from "./pacing.ts";
import { createPast } from "./past.ts";
import { type Frame, type FrameInput, type Size, sameLines } from "./picture.ts";
import { createPointer } from "./pointer.ts";
import { isOnlyNumbers } from "./restless.ts";
import { canGoBack, modeOf, openView, reduceScreen, type Screen, topLevel } from "./screen.ts";
import { createServing } from "./serving.ts";
import { show } from "./show.ts";
import { createScreenMemory, recallScreen } from "./view-memory.ts";
import { createWitness } from "./witness.ts";

const secondMs = 1000;

export function createConsole(deps: ConsoleDeps, firstSize: Size): ClusterConsole {
  const { clock, poller, replay } = deps;
  const time = replay?.time ?? clock; // What is shown has its own time; frames are paced by real time.
  const listeners = new Set<() => void>();
  const first = recallScreen(deps);
  let screen: Screen = deps.firstView === undefined ? first : openView(first, deps.firstView);
  const memory = createScreenMemory(deps.memory, screen);
  let size = firstSize;
  let frozen: (Pick<FrameInput, "view" | "timeline" | "samples"> & { readonly sinceMs: number }) | undefined;
  const past = replay?.past ?? createPast(deps.history, () => pacing.schedule());
  const witness = replay?.witness ?? createWitness(deps.fleet.check.expect, poller.intervalMs);
  const pointer = createPointer();
  let inFlight = 0;
  const newest = createNewest(clock, look, replay === undefined);
  const pacing = createPacing({
    ...{ clock, isFirstRound, isBusy: deps.terminal.isBusy },
    paint: () => paint("data"),
  });
  let lastView: FleetView | undefined;
  /** The truth as it was last looked at; a frozen screen shows an older one. */
  let latest: FleetView | undefined;
  /** The plan or outcome that stands on the screen, and the one that stood there when the keys came that are being served. */
  let drawnSubject: unknown;
  let seen: unknown;
  const acting = createActing({
    clock,
    operations: deps.operations,
    isLocked: deps.fleet.admin.locked,
    read: () => deps.read(time.now()),
    change,
    isReplay: replay !== undefined,
    clusters: () => deps.clusters?.rows().map(({ name }) => name) ?? [],
    obey,
    quit: deps.quit,
  });
  const serve = createServing(deps, {
    change,
    forget: newest.forget, // How old an answer may be goes by the interval.
    schedule: pacing.schedule,
  });
  let frame: Frame = draw(false);
  let cancelSecond: (() => void) | undefined;
  let isShown = true;
  let isRunning = false;

  function change(update: (before: Screen) => Screen): void {
    screen = update(screen);
    pacing.schedule();
  }

  /** The truth at this moment; what changed since the last look goes into the timeline. */
  function look(): FleetView {
    const nowMs = time.now();
    const view = deps.read(nowMs);
    latest = view;
    witness.look(view, nowMs, time.wall());
    deps.announce?.look(witness.timeline(), view, nowMs);
    return view;
  }

  function draw(isSeen: boolean): Frame {
    const nowMs = time.now();
    const view = frozen?.view ?? newest.view(isSeen);
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
      clusters: deps.clusters?.rows() ?? [aloneRow(view)],
    });
    screen = drawn.screen;
    lastView = view;
    return drawn;
  }

  function paint(by: "key" | "data"): void {
    const startMs = clock.now();
    // Data has its turn, so that a key costs no more than its drawing.
    const isSeen = by === "key" && newest.mayStand(pacing.paceMs());
    const before = { frame, screen };
    frame = draw(isSeen);
    memory.note(screen);
    if (sameLines(before.frame.lines, frame.lines)) frame = { ...frame, lines: before.frame.lines };
    // Somebody waits for the numbers of a dialog or a replay; of others, keys go on to act on what is shown.
    else if (
      by === "data" &&
      replay === undefined &&
      screen.dialog === undefined &&
      isOnlyNumbers(before.frame, frame) &&
      pacing.holds()
    )
      ({ frame, screen } = before);
    else {
      for (const listener of listeners) listener();
      pacing.shown();
    }
    drawnSubject = subjectOf(screen.dialog);
    if (!isSeen) pacing.drawn(startMs);
  }

  function isFirstRound(): boolean {
    return frozen === undefined && lastView?.nodes.some((node) => node.record === undefined) === true;
  }

  /** Ages and the number of polls in flight move once a second, or the bar would never stand still. */
  function second(): void {
    inFlight = poller.inFlight();
    // What is not drawn now is seen all the same: others may wait to be told of it.
    if (!isShown || frozen !== undefined || deps.terminal.isBusy()) newest.look();
    acting.watchLock(screen);
    pacing.schedule();
    cancelSecond = clock.after(secondMs, second);
  }

  function obey(intent: Intent): void {
    screen = screen.said === undefined ? screen : { ...screen, said: undefined };
    if (acting.obey(intent, screen, frame.sight)) return;
    if (serve(intent, frame.sight)) return;
    switch (intent.kind) {
      case "show":
        screen = show(screen, intent.what, frame.sight);
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

  function press(keys: readonly string[]): readonly string[] {
    // Each key acts on what the one before it led to, so where it has to know that, the frame between them is drawn,
    // but not shown. A slow line delivers a held key, and any line a paste, as hundreds at once.
    let changed: Change = "nothing";
    let rest: readonly string[] = [];
    for (const [index, key] of keys.entries()) {
      if (!isShown) {
        rest = keys.slice(index);
        break;
      }
      acting.watchLock(screen);
      const intent = intentOf(key, modeOf(screen), deps.look.keys, replay !== undefined);
      // Typed ahead of a plan is no answer to it, and an outcome that nobody saw is not put away.
      if (intent === undefined || (subjectOf(screen.dialog) !== undefined && subjectOf(screen.dialog) !== seen))
        continue;
      if (isMore(changed, toleratedBy(intent))) {
        frame = { ...draw(newest.mayStand(pacing.paceMs())), lines: frame.lines };
        changed = "nothing";
      }
      obey(intent);
      if (isMore(changeBy(intent), changed)) changed = changeBy(intent);
    }
    paint("key");
    return rest;
  }

  return {
    lines: () => frame.lines,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    beginRead() {
      // What the terminal has not taken yet, nobody has seen.
      if (!deps.terminal.isBusy()) seen = drawnSubject;
    },
    press,
    paste(text) {
      if (typing.includes(modeOf(screen))) {
        press(pastedKeys(text));
        return;
      }
      screen = { ...screen, said: "Pasted text is not taken for keys." };
      paint("key");
    },
    mouse(reports) {
      const { map } = frame.sight; // What was on the screen: nobody has pointed at anything else.
      let isPainted = true;
      for (const report of reports) {
        acting.watchLock(screen);
        const intent = pointer.intentOf(report, screen, map, clock.now());
        if (intent === undefined) continue;
        if (intent.kind === "open") frame = { ...draw(newest.mayStand(pacing.paceMs())), lines: frame.lines };
        obey(intent);
        isPainted = false;
        if (intent.kind === "open") break;
      }
      if (!isPainted) paint("key");
    },
    resize(next) {
      size = next;
      if (isShown) paint("key");
    },
    isAtRest: () => screen.dialog === undefined && !typing.includes(modeOf(screen)),
    show(next) {
      isShown = next;
      seen = undefined; // Keys of the same read were pressed on another console.
      if (!next) pacing.stop();
      else if (isRunning) pacing.start();
      if (next) paint("key");
    },
    say: acting.say,
    view: () => latest,
    start() {
      isRunning = true;
      if (isShown) pacing.start();
      const unwatch = deps.watch(() => {
        newest.tell();
        pacing.schedule();
      });
      deps.announce?.onNote(acting.say);
      second();
      return () => {
        isRunning = false;
        unwatch();
        pacing.stop();
        cancelSecond?.();
      };
    },
  };
}
