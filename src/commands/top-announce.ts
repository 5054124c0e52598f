import { randomUUID } from "node:crypto";
import type { Clock } from "../app/clock.ts";
import type { Fleet } from "../domain/inventory.ts";
import { createSettling } from "../domain/settling.ts";
import type { Announce } from "../ui/announce.ts";
import { bellBytes, createBell } from "../ui/bell.ts";
import { openEventHook } from "./open-event-hook.ts";
import type { Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";

/** `end` waits for the program of `events.on_event`, a few seconds at most; the last note of it goes to `warn` then. */
export type TopAnnounce = Announce & { end(): Promise<void> };

/** The bell and the program of the fleet file; `undefined` where neither is wanted. */
export function createTopAnnounce(
  shell: Shell,
  fleet: Fleet,
  {
    arrow,
    clock,
    flags,
    warn,
  }: {
    readonly arrow: string;
    readonly clock: Clock;
    readonly flags: TopFlags;
    readonly warn: (text: string) => void;
  },
): TopAnnounce | undefined {
  const rings = flags.bell === true || fleet.events.bell;
  const bell = rings ? createBell(fleet.cluster, fleet.events.minSeverity, arrow) : undefined;
  let show = (_text: string): void => {};
  let ring = (_bytes: string): void => {};
  // A note is gone with the next key, so that the last one is said again when the screen is left.
  let lastNote: string | undefined;
  const say = (text: string) => {
    lastNote = text;
    show(text);
  };
  const isHooked = flags.onEvent !== false && fleet.events.onEvent !== undefined;
  const hook = isHooked ? openEventHook(shell, fleet, { clock, origin: originOf(fleet), say }) : undefined;
  if (bell === undefined && hook === undefined) return undefined;
  const settling = createSettling();
  return {
    look(timeline, view, nowMs) {
      const settled = settling.look(timeline, view, nowMs);
      hook?.tell(settled);
      const words = bell?.due(settled, nowMs);
      if (words !== undefined) ring(bellBytes(words, shell.env["TERM"]));
    },
    onNote(listener) {
      show = listener;
    },
    onRing(listener) {
      ring = listener;
    },
    async end() {
      show = () => {};
      ring = () => {};
      hook?.tell(settling.flush());
      await hook?.end();
      if (lastNote !== undefined) warn(lastNote);
    },
  };
}

/** By which its events are told from those of other runs. */
function originOf({ cluster }: Fleet): { readonly cluster: string; readonly run: string } {
  return { cluster, run: randomUUID().slice(0, 8) };
}
