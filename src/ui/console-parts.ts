import type { Clock } from "../app/clock.ts";
import type { Operations } from "../app/operations.ts";
import type { ReplayOrder, ReplayState } from "../app/replayer.ts";
import type { Operation } from "../domain/history.ts";
import type { Fleet } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import type { FleetView } from "../domain/view.ts";
import type { Announce } from "./announce.ts";
import type { Clusters } from "./clusters.ts";
import type { MouseReport } from "./input-filter.ts";
import type { View } from "./intent.ts";
import type { Past } from "./past.ts";
import type { Size } from "./picture.ts";
import type { Memory } from "./remembered.ts";
import type { Look } from "./spans.ts";
import type { Witness } from "./witness.ts";

/** The screen's state outside React: `lines` is the picture, replaced only when it differs from the last one. */
export type Console = {
  lines(): readonly string[];
  subscribe(listener: () => void): () => void;
  /** Before the keys that came in one read: they were pressed on what stands on the screen now, and on no later plan. */
  beginRead(): void;
  press(keys: readonly string[]): void;
  /** What a terminal marks as pasted is typed where a line is typed, without its Enter, and no key anywhere else. */
  paste(text: string): void;
  /** Reports of the mouse, in their order. */
  mouse(reports: readonly MouseReport[]): void;
  resize(size: Size): void;
  /** Begins to draw; returns the stop. */
  start(): () => void;
};

/** The console of one cluster. While another one is shown it draws nothing, and sees all the same what happens. */
export type ClusterConsole = Omit<Console, "press"> & {
  /** The keys behind one that leads to another cluster are handed back: they are meant for what is shown then. */
  press(keys: readonly string[]): readonly string[];
  show(isShown: boolean): void;
  /** A note in the bar, until the next key. */
  say(text: string | undefined): void;
  /** The truth when it was last looked at. */
  view(): FleetView | undefined;
};

/** Where a recording is shown: its own time, who saw its changes, what had been done, and what may be asked of it. */
export type ConsoleReplay = {
  readonly time: Pick<Clock, "now" | "wall">;
  readonly witness: Witness;
  readonly past: Past;
  readonly state: () => ReplayState;
  readonly obey: (order: ReplayOrder) => Promise<void>;
};

/** What is recorded beside the screen. `write` resolves to a sentence on where the last minutes went. Errors: a UserError. */
export type ConsoleRecording = {
  readonly sign: () => string | undefined;
  readonly write: (file?: string) => Promise<string>;
};

/** What the screen reads, and the little that it may ask for. Units: milliseconds. */
export type ConsoleDeps = {
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly look: Look;
  /** The truth at this moment; called at most once a frame. */
  readonly read: (nowMs: number) => FleetView;
  /** Tells of every change of what `read` would say. Returns the unsubscribe. */
  readonly watch: (listener: () => void) => () => void;
  readonly poller: {
    pollNow(): void;
    setIntervalMs(intervalMs: number): void;
    intervalMs(): number;
    inFlight(): number;
  };
  readonly terminal: { repaint(): void; suspend(): void; isBusy(): boolean; copy(text: string): void };
  readonly quit: () => void;
  /** The flags by which a copied command finds this fleet, behind a blank: " --config other.yaml". */
  readonly scope?: string;
  /** The ledger's operations, the newest first. */
  readonly history?: (() => Promise<readonly Operation[]>) | undefined;
  /** What may be done to the fleet; without it the console can only look. */
  readonly operations: Operations | undefined;
  readonly recording?: ConsoleRecording;
  readonly replay?: ConsoleReplay;
  readonly announce?: Announce | undefined;
  /** The other clusters, and the way there. */
  readonly clusters?: Clusters | undefined;
  /** The page to begin with, in place of the fleet's. */
  readonly firstView?: View | undefined;
  readonly memory?: Memory;
};

/** Writes the last minutes and says what came of it. What is no UserError is a bug, and ends the program as every bug does. */
export function writeRecording(
  recording: ConsoleRecording | undefined,
  file: string | undefined,
  say: (said: string) => void,
): void {
  if (recording === undefined) {
    say("There is nothing to write: this is a recording already.");
    return;
  }
  void recording.write(file).then(say, (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    say(`Not written: ${error.message}.`);
  });
}

/** Copies what there is to copy, and says what it was. */
export function copyText(text: string | undefined, copy: (text: string) => void): string {
  if (text === undefined) return "Nothing here to copy.";
  copy(text);
  return `Copied: ${text}`;
}
