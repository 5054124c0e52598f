import { Writable } from "node:stream";
import { createPainter } from "./painter.ts";
import type { Size } from "./picture.ts";

/**
 * The terminal as Ink sees it: a stream that takes whole frames, of the size that the screen has settled at.
 * `pause` while another program has the terminal; `repaint` draws the last frame whole; `isBusy` while the terminal
 * has not taken what was written.
 */
export type Canvas = {
  readonly stream: NodeJS.WriteStream;
  setSize(size: Size): void;
  repaint(): void;
  pause(isPaused: boolean): void;
  isBusy(): boolean;
};

const pasteModes: readonly string[] = ["\u001b[?2004h", "\u001b[?2004l"];

/** Frames come from Ink in its debug mode: whole, and without cursor movements of its own. */
export function createCanvas(terminal: NodeJS.WriteStream, firstSize: Size): Canvas {
  const painter = createPainter();
  let size = firstSize;
  let frame = "";
  let isPaused = false;
  let isBusy = false;

  const paint = () => {
    if (isPaused || frame === "") return;
    const bytes = painter.frame(frame, size);
    if (bytes === "") return;
    isBusy = !terminal.write(bytes);
    if (isBusy) {
      terminal.once("drain", () => {
        isBusy = false;
      });
    }
  };
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      const text = String(chunk);
      // Ink ends with an empty line, and asks by an empty text whether all has been written. Its wish that pastes be
      // marked is no frame either; whoever took the terminal has seen to that.
      if (text.trim() !== "" && !pasteModes.includes(text)) {
        frame = text;
        paint();
      }
      done();
    },
  });
  Object.defineProperties(stream, {
    isTTY: { value: true },
    columns: { get: () => size.columns },
    rows: { get: () => size.rows },
  });
  return {
    // Ink asks a stdout for no more than what is defined above.
    stream: stream as unknown as NodeJS.WriteStream,
    setSize(next) {
      size = next;
    },
    repaint() {
      painter.forget();
      paint();
    },
    pause(paused) {
      isPaused = paused;
      if (!paused) painter.forget();
    },
    isBusy: () => isBusy,
  };
}
