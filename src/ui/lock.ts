/**
 * Whether the screen may act. `absent`: it has nothing to act with (read-only). `armed` ends by itself.
 * Units: `untilMs` on the clock's `now`.
 */
export type Lock =
  | { readonly kind: "absent" }
  | { readonly kind: "locked" }
  | { readonly kind: "open" }
  | { readonly kind: "armed"; readonly untilMs: number };

/** The lock as it is now: an arming that has run out is a lock again. */
export function lockAt(lock: Lock, nowMs: number): Lock {
  return lock.kind === "armed" && nowMs >= lock.untilMs ? { kind: "locked" } : lock;
}

/** What keeps the screen from acting, with the next thing to do; nothing where it may act. */
export function whyLocked(lock: Lock): string | undefined {
  if (lock.kind === "absent") return "Read-only: nothing can be changed from here.";
  if (lock.kind === "locked") return "Locked. Type :arm and Enter to unlock for 5 minutes.";
  return undefined;
}

/** The sign in the status bar: a countdown while armed, a word where nothing locks, nothing where all is locked. */
export function lockSign(lock: Lock, nowMs: number): string {
  if (lock.kind === "open") return "UNLOCKED";
  if (lock.kind !== "armed") return "";
  const seconds = Math.max(0, Math.ceil((lock.untilMs - nowMs) / 1000));
  return `ARMED ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
