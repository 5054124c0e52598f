/** Longer text than this is cut: a name or a reason that fills a screen helps nobody and costs everybody. */
const textLimit = 512;

// The replacement character is written for whatever is no UTF-8; a byte order mark is kept here and removed below.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const lineEnds = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
// Cc and Cf are C0, DEL, C1, bidi controls, zero-width characters, the byte order mark and the private "tag"
// characters; what Unicode lets a terminal draw as nothing (fillers, variation selectors) goes with them.
const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu;
const loneSurrogate = /\p{Cs}/gu;

/**
 * Makes text from the network fit to be drawn: `last_chk` is chosen by whatever answers on a master's port.
 * Shape: bytes are decoded as UTF-8 with U+FFFD for what is none. Tabs and line ends become one space; control, bidi,
 * zero-width and other unseen characters are removed; lone surrogates become U+FFFD. What is left of an escape sequence
 * ("[31m") stays visible, so that nobody hides a word in one. Never throws.
 * Units: `limit` counts UTF-16 units; a longer text ends in "…".
 * Source: haproxy-facts §9.
 */
export function cleanText(input: string | Uint8Array, limit: number = textLimit): string {
  const text = typeof input === "string" ? input : decoder.decode(input);
  if (isPlain(text)) return cut(text, limit);
  // Cut twice: cleaning a megabyte of garbage to show 512 characters of it would be work done for an attacker.
  const visible = text
    .slice(0, limit * 4)
    .replace(lineEnds, " ")
    .replace(unseen, "")
    .replace(loneSurrogate, "\ufffd");
  return cut(visible, limit);
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e) return false;
  }
  return true;
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 2);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, splitsPair ? limit - 2 : limit - 1)}…`;
}
