/**
 * Says in a file's first line who made it, so that the next run knows whether it may replace it.
 * Shape: `maker` is the command that did: "generate haproxy", "man".
 */
export type FileMarker = { readonly maker: string; readonly comment: string };

/** Whose a file is: as k3s-lb wrote it, changed since, or not from here. */
export type FileOrigin = "made" | "edited" | "foreign";

const MARKER = /^[^\n]*k3s-lb [\w-]+(?: [\w-]+)? -O \(do not edit: sha256 ([0-9a-f]{16})\)[^\n]*\n/;

/**
 * The text with the marker above it; below the first line where that has to stay the first (`#!`).
 * `digest` gives 16 hexadecimal digits of a text.
 */
export function withMarker(text: string, marker: FileMarker, digest: (text: string) => string): string {
  const [first, rest] = splitShebang(text);
  return `${first}${marker.comment} k3s-lb ${marker.maker} -O (do not edit: sha256 ${digest(text)})\n${rest}`;
}

/** The text without a marker, if it has one. */
export function withoutMarker(text: string): string {
  const [first, rest] = splitShebang(text);
  return first + rest.replace(MARKER, "");
}

/** Whose it is. Line ends that git or an editor changed make no edit. */
export function originOf(text: string, digest: (text: string) => string): FileOrigin {
  const plain = text.replaceAll("\r\n", "\n");
  const [, rest] = splitShebang(plain);
  const [, sum] = MARKER.exec(rest) ?? [];
  if (sum === undefined) return "foreign";
  return digest(withoutMarker(plain)) === sum ? "made" : "edited";
}

function splitShebang(text: string): readonly [first: string, rest: string] {
  const end = text.startsWith("#!") ? text.indexOf("\n") + 1 : 0;
  return [text.slice(0, end), text.slice(end)];
}
