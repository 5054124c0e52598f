import type { Timeline } from "../domain/timeline.ts";
import type { FleetView } from "../domain/view.ts";

/** Who tells of events outside of the screen. Each listener is the only one of its kind. Units: `nowMs` monotonic. */
export type Announce = {
  look(timeline: Timeline, view: FleetView, nowMs: number): void;
  /** For a note on the screen. */
  onNote(show: (text: string) => void): void;
  /** For bytes that make the terminal ring without drawing anything. */
  onRing(ring: (bytes: string) => void): void;
};
