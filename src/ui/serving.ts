import { type ConsoleDeps, copyText, writeRecording } from "./console-parts.ts";
import { copiedText } from "./copy.ts";
import type { Intent } from "./intent.ts";
import { nextInterval } from "./next-interval.ts";
import { leaveClusters, type Screen } from "./screen.ts";
import type { Sight } from "./sight.ts";

/** What serving needs of the console around it. `change` also draws, `schedule` only that. */
export type ServingDeps = {
  readonly change: (update: (screen: Screen) => Screen) => void;
  /** What was seen of the fleet no longer holds. */
  readonly forget: () => void;
  readonly schedule: () => void;
};

/** Serves what an intent asks of the world around the screen; the rest is the reducer's, and so `false`. */
export function createServing(
  deps: ConsoleDeps,
  { change, forget, schedule }: ServingDeps,
): (intent: Intent, sight: Sight) => boolean {
  const { clusters, poller, recording, replay, terminal } = deps;
  const say = (said: string) => change((screen) => ({ ...screen, said }));
  const goTo = (name: string) => {
    if (clusters === undefined) say("There is no other cluster here.");
    else clusters.go(name, () => change(leaveClusters));
  };
  return (intent, sight) => {
    switch (intent.kind) {
      case "quit":
        deps.quit();
        return true;
      case "suspend":
        terminal.suspend();
        return true;
      case "repaint":
        terminal.repaint();
        return true;
      case "poll":
        poller.pollNow();
        return true;
      case "interval":
        poller.setIntervalMs(nextInterval(poller.intervalMs(), intent));
        forget();
        return true;
      case "write":
        writeRecording(recording, intent.file, say);
        return true;
      case "copy":
        say(copyText(copiedText(sight.copy, intent.what, deps.scope), terminal.copy));
        return true;
      case "replay":
        void replay?.obey(intent.order).then(schedule); // Drawn when it is there, which may take a moment.
        return true;
      case "cluster":
        goTo(intent.name);
        return true;
      case "open":
        if (sight.target?.kind !== "cluster") return false;
        goTo(sight.target.id);
        return true;
      default:
        return false;
    }
  };
}
