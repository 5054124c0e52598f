import type { Clock } from "../app/clock.ts";
import type { Operations } from "../app/operations.ts";
import type { Plan } from "../domain/plan.ts";
import { UserError } from "../domain/user-error.ts";
import type { FleetView } from "../domain/view.ts";
import { completeCommand } from "./command-completion.ts";
import { readCommand } from "./command-line.ts";
import { type Command, commandContext } from "./command-word.ts";
import { type PlanWish, planDialog, type RunningDialog, type Wish, wishOf } from "./dialog.ts";
import type { Intent } from "./intent.ts";
import { armedFrom, type Lock, lockAt, whyLocked } from "./lock.ts";
import { noMarks } from "./marks.ts";
import { keepTyped } from "./recall.ts";
import type { Screen } from "./screen.ts";
import type { Sight } from "./sight.ts";
import { lineText, type TypedLine } from "./typed-line.ts";

/** What acting needs of the console around it. `change` also draws. */
export type ActingDeps = {
  readonly clock: Clock;
  readonly operations: Operations | undefined;
  readonly isLocked: boolean;
  /** The truth at this moment, also while the screen is frozen. */
  readonly read: () => FleetView;
  readonly change: (update: (screen: Screen) => Screen) => void;
  readonly isReplay: boolean;
  readonly clusters: () => readonly string[];
  /** Serves what a command asks for as a key would. */
  readonly obey: (intent: Intent) => void;
  readonly quit: () => void;
};

/** The part of the console that can change something: the lock, the plan, the running operation. */
export type Acting = {
  /** Serves what is about acting and says so; the rest is the reducer's. */
  obey(intent: Intent, screen: Screen, sight: Sight): boolean;
  lock(): Lock;
  /** Tells an open dialog when the lock has come back. */
  watchLock(screen: Screen): void;
  /** A note in the bar, until the next key. */
  say(said: string | undefined): void;
};

/** No node may be left without a usable master; whoever must pass that guard does it by `k3s-lb drain --force-last`. */
const guard = { minHealthy: 1, strict: false, forceLast: [], includeBlind: false } as const;

const lockedAgain = {
  kind: "notice",
  title: "locked again",
  text: "The time of :arm is over, so the lock has come back. Nothing was sent. :arm unlocks again.",
  offset: 0,
} as const;

export function createActing(deps: ActingDeps): Acting {
  const { change, clock, operations } = deps;
  let lock: Lock = operations === undefined ? { kind: "absent" } : { kind: deps.isLocked ? "locked" : "open" };
  let running: { isStopped: boolean } | undefined;

  const moment = () => ({ nowMs: clock.now(), wallMs: clock.wall() });
  const currentLock = () => {
    lock = lockAt(lock, moment());
    return lock;
  };
  const say = (said: string | undefined) => change((screen) => ({ ...screen, said }));

  const contextOf = (sight: Sight) =>
    commandContext(deps.read(), sight, { lock: currentLock(), isReplay: deps.isReplay, clusters: deps.clusters() });

  function openActions({ scope }: Sight): void {
    const why = whyLocked(currentLock());
    if (why !== undefined) say(why);
    else if (scope === undefined) say("Actions are about masters: go to the masters or the nodes first.");
    else change((screen) => ({ ...screen, dialog: { kind: "actions", scope, index: 0 } }));
  }

  function grant(wish: Wish, able: Operations, sight: Sight): void {
    if (wish.kind === "plan") {
      showPlan(wish, able);
      return;
    }
    // What cannot be seen cannot be confirmed: a window too small to show the plan.
    if (sight.dialog === undefined) return;
    start(able, wish.plan, wish.reason);
  }

  function showPlan({ action, masters, nodes }: PlanWish, able: Operations): void {
    const plan = able.plan(deps.read(), { action, masters, nodes, ...guard });
    change((screen) => ({ ...screen, dialog: planDialog(plan) }));
  }

  function start(able: Operations, plan: Plan, reason: string | undefined): void {
    const sinceMs = clock.now();
    const state = { isStopped: false };
    change((screen) => ({
      ...screen,
      dialog: { kind: "running", plan, results: [], sinceMs, isStopping: false, offset: 0 },
    }));
    running = state;
    // What is no UserError is a bug, and ends the program as every bug does.
    void able
      .run(plan, {
        reason,
        isStopped: () => state.isStopped,
        onStep: (result) => changeRunning((dialog) => ({ ...dialog, results: [...dialog.results, result] })),
      })
      .then(
        (run) => {
          const tookMs = clock.now() - sinceMs;
          change((screen) => ({ ...screen, marks: noMarks, dialog: { kind: "outcome", run, tookMs, offset: 0 } }));
        },
        (error: unknown) => {
          if (!(error instanceof UserError)) throw error;
          const text = [error.message, error.hint, "Nothing was sent."].filter((part) => part !== undefined).join("\n");
          change((screen) => ({ ...screen, dialog: { kind: "notice", title: "not done", text, offset: 0 } }));
        },
      )
      .finally(() => {
        running = undefined;
      });
  }

  function changeRunning(update: (dialog: RunningDialog) => RunningDialog): void {
    change((screen) => (screen.dialog?.kind === "running" ? { ...screen, dialog: update(screen.dialog) } : screen));
  }

  function runLine(line: TypedLine, sight: Sight): void {
    const text = lineText(line);
    const command = readCommand(text, contextOf(sight));
    change((before) => ({
      ...before,
      command: undefined,
      recall: { ...before.recall, commands: keepTyped(before.recall.commands, text) },
    }));
    if (command !== undefined) run(command);
  }

  function run(command: Command): void {
    switch (command.kind) {
      case "mistake":
        say(command.text);
        break;
      case "do":
        deps.obey(command.intent);
        break;
      case "plan": {
        const why = whyLocked(currentLock());
        if (why !== undefined || operations === undefined) say(why);
        else showPlan(command, operations);
        break;
      }
      case "disarm":
        if (operations !== undefined) lock = { kind: "locked" };
        say(operations === undefined ? whyLocked(lock) : "Locked: nothing can be changed before :arm.");
        break;
      case "arm":
        if (operations === undefined) say(whyLocked(lock));
        else lock = armedFrom(moment(), command.forMs);
        break;
    }
  }

  function stop(): void {
    if (running === undefined || running.isStopped) {
      deps.quit();
      return;
    }
    running.isStopped = true;
    changeRunning((dialog) => ({ ...dialog, isStopping: true }));
  }

  function watchLock({ dialog }: Screen): void {
    const isBefore = dialog?.kind === "actions" || dialog?.kind === "masters" || dialog?.kind === "plan";
    if (isBefore && whyLocked(currentLock()) !== undefined) change((screen) => ({ ...screen, dialog: lockedAgain }));
  }

  return {
    say,
    obey(intent, screen, sight) {
      if (intent.kind === "act") {
        openActions(sight);
        return true;
      }
      if (intent.kind === "stop") {
        stop();
        return true;
      }
      const { command } = screen;
      if (intent.kind === "complete" && command !== undefined) {
        const completed = completeCommand(command, contextOf(sight));
        change((before) => ({ ...before, command: completed }));
        return true;
      }
      if (intent.kind !== "accept") return false;
      if (command !== undefined) {
        runLine(command, sight);
        return true;
      }
      const wish = screen.dialog === undefined ? undefined : wishOf(screen.dialog);
      if (wish === undefined || operations === undefined) return false;
      grant(wish, operations, sight);
      return true;
    },
    lock: currentLock,
    watchLock,
  };
}
