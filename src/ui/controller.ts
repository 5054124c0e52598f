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
import { createLooking } from "./looking.ts";
import { createPacing } from "./pacing.ts";
import { createPast } from "./past.ts";
import { type Frame, type Size, sameLines } from "./picture.ts";
import { createPointer } from "./pointer.ts";
import { isOnlyNumbers } from "./restless.ts";
import { canGoBack, modeOf, reduceScreen, type Screen, topLevel } from "./screen.ts";
import { createServing } from "./serving.ts";
import { show } from "./show.ts";
import { createScreenMemory, recallScreen } from "./view-memory.ts";

const secondMs = 1000;

export function createConsole(deps: ConsoleDeps, firstSize: Size): ClusterConsole {
  const { clock, poller, replay } = deps;
  const time = replay?.time ?? clock; // What is shown has its own time; frames are paced by real time.
  const listeners = new Set<() => void>();
  let screen: Screen = recallScreen(deps);
  const memory = createScreenMemory(deps, screen);
  let size = firstSize;
  const past = replay?.past ?? createPast(deps.history, () => pacing.schedule());
  const pointer = createPointer();
  let inFlight = 0;
  const looking = createLooking(deps);
  const pacing = createPacing({
    ...{ clock, isFirstRound: looking.isFirstRound, isBusy: deps.terminal.isBusy },
    paint: () => paint("data"),
  });
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
    forget: looking.forget, // How old an answer may be goes by the interval.
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

  function draw(isSeen: boolean): Frame {
    const nowMs = time.now();
    const shown = looking.shown(isSeen);
    const facts = {
      nowMs,
      wallMs: time.wall(),
      intervalMs: poller.intervalMs(),
      inFlight,
      pausedMs: looking.frozenMs(nowMs),
      lock: acting.lock(),
      replay: replay?.state(),
      recording: deps.recording?.sign(),
    };
    past.watch(topLevel(screen).place.kind === "operations", shown.view.ledger?.lastAtMs);
    const drawn = drawFrame({
      ...shown,
      fleet: deps.fleet,
      past: past.state(),
      screen,
      size,
      look: deps.look,
      facts,
      clusters: deps.clusters?.rows() ?? [aloneRow(shown.view)],
    });
    screen = drawn.screen;
    return drawn;
  }

  /** What the next key acts on, where the one before it has changed that: a frame that nobody sees. */
  function drawBetween(): void {
    frame = { ...draw(looking.mayStand(pacing.paceMs())), lines: frame.lines };
  }

  function paint(by: "key" | "data"): void {
    const startMs = clock.now();
    // Data has its turn, so that a key costs no more than its drawing.
    const isSeen = by === "key" && looking.mayStand(pacing.paceMs());
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

  /** Ages and the number of polls in flight move once a second, or the bar would never stand still. */
  function second(): void {
    inFlight = poller.inFlight();
    // What is not drawn now is seen all the same: others may wait to be told of it.
    if (!isShown || looking.isFrozen() || deps.terminal.isBusy()) looking.look();
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
        looking.freeze(!screen.paused);
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
      acting.watchLock(screen);
      const intent = intentOf(key, modeOf(screen), deps.look.keys, replay !== undefined);
      // Typed ahead of a plan is no answer to it, and an outcome that nobody saw is not put away.
      if (intent === undefined || (subjectOf(screen.dialog) !== undefined && subjectOf(screen.dialog) !== seen))
        continue;
      if (isMore(changed, toleratedBy(intent))) {
        drawBetween();
        changed = "nothing";
      }
      obey(intent);
      if (isMore(changeBy(intent), changed)) changed = changeBy(intent);
      if (isShown && deps.clusters?.isGoing() !== true) continue;
      rest = keys.slice(index + 1);
      break;
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
      if (typing.includes(modeOf(screen))) press(pastedKeys(text));
      else {
        screen = { ...screen, said: "Pasted text is not taken for keys." };
        paint("key");
      }
    },
    mouse(reports) {
      const { map } = frame.sight; // What was on the screen: nobody has pointed at anything else.
      let isPainted = true;
      for (const report of reports) {
        acting.watchLock(screen);
        const intent = pointer.intentOf(report, screen, map, clock.now());
        if (intent === undefined) continue;
        if (intent.kind === "open") drawBetween();
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
    show(next) {
      isShown = next;
      seen = undefined; // Keys of the same read were pressed on another console.
      if (!next) return pacing.stop();
      if (isRunning) pacing.start();
      screen = memory.recall(screen);
      paint("key");
    },
    say: acting.say,
    view: looking.latest,
    start() {
      isRunning = true;
      if (isShown) pacing.start();
      const unwatch = deps.watch(() => {
        looking.tell();
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
