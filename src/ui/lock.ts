/**
 * Whether the screen may act. `absent`: it has nothing to act with (read-only). `armed` ends by itself, by whichever clock
 * comes there first: the monotonic one stands still while the machine sleeps, and the wall clock may be set back.
 */
export type Lock =
  | { readonly kind: "absent" }
  | { readonly kind: "locked" }
  | { readonly kind: "open" }
  | { readonly kind: "armed"; readonly until: Moment };

/** Units: milliseconds of both of the clock's times. */
export type Moment = { readonly nowMs: number; readonly wallMs: number };

/** Unlocked from this moment on. */
export function armedFrom({ nowMs, wallMs }: Moment, forMs: number): Lock {
  return { kind: "armed", until: { nowMs: nowMs + forMs, wallMs: wallMs + forMs } };
}

/** The lock as it is now: an arming that has run out is a lock again. */
export function lockAt(lock: Lock, moment: Moment): Lock {
  return lock.kind === "armed" && leftMs(lock.until, moment) <= 0 ? { kind: "locked" } : lock;
}

/** What keeps the screen from acting, with the next thing to do; nothing where it may act. */
export function whyLocked(lock: Lock): string | undefined {
  if (lock.kind === "absent") return "Read-only: nothing can be changed from here.";
  if (lock.kind === "locked") return "Locked. Type :arm and Enter to unlock for 5 minutes.";
  return undefined;
}

/** The sign in the status bar: a countdown while armed, a word where nothing locks, nothing where all is locked. */
export function lockSign(lock: Lock, moment: Moment): string {
  if (lock.kind === "open") return "UNLOCKED";
  if (lock.kind !== "armed") return "";
  const seconds = Math.max(0, Math.ceil(leftMs(lock.until, moment) / 1000));
  return `ARMED ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function leftMs(until: Moment, { nowMs, wallMs }: Moment): number {
  return Math.min(until.nowMs - nowMs, until.wallMs - wallMs);
}
