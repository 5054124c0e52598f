import type { RecordingSink } from "./recorder.ts";

/** The last minutes of a recording, in memory. */
export type Recent = RecordingSink & {
  /** All of it from the beginning of its oldest part on; empty where nothing was recorded, or none of it fits. */
  bytes(): readonly Uint8Array[];
  /** Units: milliseconds between the beginning of the oldest part and `nowMs`. */
  lengthMs(nowMs: number): number;
};

type Part = {
  readonly atMs: number;
  readonly chunks: Uint8Array[];
  pending: string[];
  pendingLength: number;
  bytes: number;
};

/** So much text is gathered before it leaves the heap. */
const chunkLength = 65_536;

/**
 * Keeps at least the last `keepMs`, in whole parts, and at most `maxBytes`: where the two do not agree the oldest part
 * goes. Units: milliseconds, bytes.
 */
export function createRecent({ keepMs, maxBytes }: { readonly keepMs: number; readonly maxBytes: number }): Recent {
  const encoder = new TextEncoder();
  let parts: Part[] = [];
  let total = 0;

  function drop(count: number): void {
    for (const part of parts.slice(0, count)) total -= part.bytes;
    parts = parts.slice(count);
  }

  function add(part: Part, text: string): void {
    part.pending.push(text);
    part.pendingLength += text.length;
    part.bytes += text.length;
    total += text.length;
    if (part.pendingLength >= chunkLength) settle(part);
    // The newest part alone may be too much: then nothing is kept before the next one begins.
    while (total > maxBytes && parts.length > 0) drop(1);
  }

  /** Bytes in place of many small strings, which the collector would look at again and again. */
  function settle(part: Part): void {
    if (part.pendingLength === 0) return;
    const chunk = encoder.encode(part.pending.join(""));
    part.chunks.push(chunk);
    part.bytes += chunk.length - part.pendingLength;
    total += chunk.length - part.pendingLength;
    part.pending = [];
    part.pendingLength = 0;
  }

  return {
    part(text, atMs) {
      const old = parts.findLastIndex((part) => part.atMs <= atMs - keepMs);
      if (old > 0) drop(old);
      const part: Part = { atMs, chunks: [], pending: [], pendingLength: 0, bytes: 0 };
      parts.push(part);
      add(part, text);
    },
    lines(text) {
      const part = parts.at(-1);
      if (part !== undefined) add(part, text);
    },
    bytes() {
      for (const part of parts) settle(part);
      return parts.flatMap(({ chunks }) => chunks);
    },
    lengthMs: (nowMs) => nowMs - (parts[0]?.atMs ?? nowMs),
  };
}
