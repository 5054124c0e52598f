import { textWidth } from "../output/width.ts";
import type { BarFacts } from "./bar.ts";
import { keyHints } from "./key-hint.ts";
import { type Screen, topLevel } from "./screen.ts";
import type { Sight } from "./sight.ts";
import type { Look } from "./spans.ts";

/** A key worth a hint. Shape: of several that do not fit, the one of the lowest `worth` goes first. */
type Hint = { readonly action: string; readonly does: string; readonly worth: number };

/** What the frame says that bears on which keys do anything. */
type Facts = Pick<BarFacts, "lock" | "replay">;
type Seen = Pick<Sight, "height" | "helpLines" | "scope" | "target">;

/** The keys that come next, as many as there is room for: none that would do nothing on this page. */
export function barKeys(screen: Screen, seen: Seen, facts: Facts, columns: number, look: Look): string {
  // A dialog tells its own keys.
  if (screen.dialog !== undefined) return "";
  let hints = screen.helpOffset === undefined ? pageHints(screen, seen, facts) : helpHints(screen.helpOffset, seen);
  const text = () =>
    keyHints(
      look,
      hints.map(({ action, does }) => [action, does] as const),
    );
  while (hints.length > 1 && textWidth(text()) > columns) {
    const least = Math.min(...hints.map(({ worth }) => worth));
    hints = hints.filter(({ worth }) => worth !== least);
  }
  return text();
}

function helpHints(offset: number, { height, helpLines }: Seen): readonly Hint[] {
  const more: Hint = { action: "page-down", does: "more", worth: 1 };
  return [...(offset + height < helpLines ? [more] : []), { action: "back", does: "back", worth: 2 }];
}

function pageHints(screen: Screen, { scope, target }: Seen, { lock, replay }: Facts): readonly Hint[] {
  const isInside = screen.stack.length > 1;
  const isFiltered = topLevel(screen).filter !== "";
  const clear: Hint = { action: "back", does: "clear", worth: 9 };
  const back: Hint = { action: "back", does: "back", worth: 6 };
  const open: Hint = { action: "open", does: "open", worth: 3 };
  // Whoever has unlocked the actions is about to act.
  const act: Hint = { action: "act", does: "act", worth: lock.kind === "locked" ? 2 : 4 };
  const filter: Hint = { action: "filter", does: "filter", worth: 1 };
  const leave: Hint = { action: "leave", does: isInside ? "back" : "quit", worth: 7 };
  const play: Hint = { action: "replay-play", does: replay?.isPlaying === true ? "pause" : "play", worth: 5 };
  const event: Hint = { action: "replay-next-event", does: "next event", worth: 4 };
  return [
    ...(replay === undefined ? [] : [play, event]),
    ...(isFiltered ? [clear] : isInside ? [back] : []),
    ...(target === undefined ? [] : [open]),
    ...(scope === undefined || lock.kind === "absent" ? [] : [act]),
    ...(isFiltered ? [] : [filter]),
    { action: "help", does: "help", worth: 8 },
    ...(isInside && !isFiltered ? [] : [leave]),
  ];
}
