import { createHash } from "node:crypto";

/**
 * Texts that stand for bytes, one character for each (Latin-1), so that what is in a file survives whatever it is.
 * Shape: `fromRaw(toRaw(bytes))` gives the same bytes; `rawOf(text)` are those of its UTF-8.
 */
export function toRaw(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

export function fromRaw(raw: string): Uint8Array {
  return Buffer.from(raw, "latin1");
}

export function rawOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The first 16 hexadecimal digits of the SHA-256 of these bytes. */
export function digestOfRaw(raw: string): string {
  return createHash("sha256").update(raw, "latin1").digest("hex").slice(0, 16);
}
