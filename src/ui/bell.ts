import type { SettledEvent } from "../domain/settling.ts";
import { isAtLeastAsBad } from "../domain/severity.ts";
import { cleanText } from "../domain/text.ts";
import { eventWords } from "../domain/timeline.ts";
import type { Severity } from "../domain/view.ts";

/** Decides when to ring. Units: `nowMs` monotonic. */
export type Bell = {
  /** The words to ring with, or nothing. Call it often, with what has settled since. */
  due(events: readonly SettledEvent[], nowMs: number): string | undefined;
};

/** A fleet that falls apart is told of once in a while, not all the time. */
const pauseMs = 5_000;
const textLimit = 200;

/**
 * Rings once for each event of WARNING and worse (from `least` on, if that is more): recoveries are no alarm, and one
 * that only grew has been heard. What comes within five seconds of a ring is rung for together when they are over.
 */
export function createBell(cluster: string, least: Severity, arrow: string): Bell {
  const threshold: Severity = isAtLeastAsBad(least, "WARNING") ? least : "WARNING";
  const rungFor = new Set<number>();
  let waiting: readonly SettledEvent[] = [];
  let rungMs = Number.NEGATIVE_INFINITY;
  return {
    due(events, nowMs) {
      const news = events.filter(
        ({ event, severity }) => isAtLeastAsBad(severity, threshold) && !rungFor.has(event.id),
      );
      for (const { event } of news) rungFor.add(event.id);
      waiting = [...waiting, ...news];
      if (waiting.length === 0 || nowMs - rungMs < pauseMs) return undefined;
      const worst = waiting.reduce((a, b) => (isAtLeastAsBad(a.severity, b.severity) ? a : b));
      const more = waiting.length === 1 ? "" : `, and ${waiting.length - 1} more`;
      waiting = [];
      rungMs = nowMs;
      return cleanText(`${cluster}: ${eventWords(worst.event, arrow)}`, textLimit) + more;
    },
  };
}

/**
 * A notification with these words, and the bell for terminals that know none. The console of Linux is given the bell
 * alone; other terminals pass over what they do not know.
 * Source: iTerm2, OSC 9; also kitty, WezTerm, Ghostty, foot. A text that begins with a digit would mean something else
 * to ConEmu and Windows Terminal, where "9;4" is progress.
 */
export function bellBytes(text: string, term: string | undefined): string {
  return term === "linux" ? "\u0007" : `\u001b]9;k3s-lb ${text}\u0007\u0007`;
}
