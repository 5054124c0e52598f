import { EventEmitter } from "node:events";
import { StringDecoder } from "node:string_decoder";
import type { Clock } from "../app/clock.ts";
import { createInputFilter, type Heard, type MouseReport } from "./input-filter.ts";

/**
 * The keyboard of a terminal as Ink reads it, without the reports of the mouse, which are told in the order in which they
 * came. They are taken out also where nobody asked for them: another program may have left the terminal in that mode, and
 * each of their characters would be a key.
 * Shape: `stream` begins to read when Ink begins to listen, and ends when it no longer does. `onRead` is told before the
 * keys and reports that came at once, which Ink may give out in several pieces.
 */
export function createKeyboard(
  stdin: NodeJS.ReadStream,
  clock: Pick<Clock, "after">,
  onMouse: (reports: readonly MouseReport[]) => void,
  onRead: () => void = () => {},
): NodeJS.ReadStream {
  const filter = createInputFilter();
  const decoder = new StringDecoder("utf8");
  const stream = new EventEmitter();
  const texts: string[] = [];
  let cancel = () => {};

  const hear = (heard: readonly Heard[]) => {
    let reports: MouseReport[] = [];
    const tell = () => {
      if (reports.length > 0) onMouse(reports);
      reports = [];
    };
    for (const one of heard) {
      if (one.kind === "mouse") reports.push(one.report);
      else {
        tell();
        const text = decoder.write(Buffer.from(one.bytes, "latin1"));
        if (text !== "") texts.push(text);
        // Ink reads at once, so that keys and the mouse keep their order.
        stream.emit("readable");
      }
    }
    tell();
    cancel();
    const waitMs = filter.waits();
    cancel = waitMs === undefined ? () => {} : clock.after(waitMs, () => hear(filter.expire()));
  };
  const onData = (bytes: Buffer) => {
    onRead();
    hear(filter.push(bytes.toString("latin1")));
  };

  stream.on("newListener", (event) => {
    if (event !== "readable" || stream.listenerCount("readable") > 0) return;
    stdin.on("data", onData);
  });
  stream.on("removeListener", (event) => {
    if (event !== "readable" || stream.listenerCount("readable") > 0) return;
    cancel();
    stdin.off("data", onData);
    stdin.pause();
  });
  const keyboard = Object.assign(stream, {
    isTTY: stdin.isTTY,
    read: () => texts.shift() ?? null,
    setEncoding: () => keyboard,
    setRawMode: (isRaw: boolean) => stdin.setRawMode(isRaw),
    ref: () => stdin.ref(),
    unref: () => stdin.unref(),
  });
  // Ink asks a stdin for no more than what is defined above.
  return keyboard as unknown as NodeJS.ReadStream;
}
