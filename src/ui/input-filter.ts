/** A report of the mouse. Shape: `button` as the terminal codes it. Units: cells of the screen, from 0. */
export type MouseReport = {
  readonly button: number;
  readonly column: number;
  readonly row: number;
  readonly isRelease: boolean;
};

/** What was found in the bytes of a terminal: those that are keys or pastes, untouched, and the reports between them. */
export type Heard =
  | { readonly kind: "keys"; readonly bytes: string }
  | { readonly kind: "mouse"; readonly report: MouseReport };

/**
 * Takes the reports of the mouse out of what a terminal sends, however it is cut into pieces.
 * Shape: `bytes` are a string of one character a byte (latin1). While `waits` is not undefined, `expire` is to be called
 * that long after the last piece. Units: milliseconds.
 */
export type InputFilter = {
  push(bytes: string): readonly Heard[];
  waits(): number | undefined;
  expire(): readonly Heard[];
};

/** Esc alone cannot be told from the beginning of what another key sends, but by nothing coming after it. */
const escapeMs = 20;
/** A paste without an end would leave no key but signals. Longer than a line stalls: what comes later is keys again. */
const pasteMs = 3_000;
/** Nobody uses more of a paste than one line. Ink looks through all that it has with every piece that it gets. */
const longestPaste = 65_536;

const esc = "\u001b";
const pasteStart = "\u001b[200~";
const pasteEnd = "\u001b[201~";
/** The Escape key as the kitty protocol spells it: Ink takes it at once, and joins it to nothing that comes after. */
const escapeKey = "\u001b[27u";

/**
 * A report of the mouse: as it was asked for (SGR, 1006), as older terminals give it (X10), and as others do that were
 * left in such a mode (urxvt, 1015). Source: xterm, ctlseqs, mouse tracking.
 */
const report =
  /\u001b\[(?:<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])|M([ -\u00ff])([ -\u00ff])([ -\u00ff])|\d{1,5};\d{1,5};\d{1,5}M)/y;
/** The beginning of a report, or the beginning of a paste as far as Ink waits for the rest of it too. */
const surely = /\u001b\[(?:<[\d;]{0,17}|M[ -\u00ff]{0,2}|\d{1,5};\d{1,5};\d{0,5}|200)$/y;
/** What may become one, or may be a key: Esc, or Alt and a key. */
const perhaps = /\u001b{1,2}(?:\[[\d;]{0,17})?$/y;
/** The beginning of a report that nothing can complete any more: bytes were lost. */
const broken = /\u001b\[(?:<[\d;]{0,17}[Mm]?|M[ -\u00ff]{0,2})/y;
/** The Escape key before a report, a paste or another Escape: Ink would join the two to one. Alt and an arrow stay whole. */
const lone = /\u001b(?=\u001b(?!O|\[(?![<M]|200~)))|(?<=\u001b)\u001b(?![\u001b[O])/y;

export function createInputFilter(): InputFilter {
  let held = "";
  let isPaste = false;
  let pasted = 0;
  /** An Esc that was waited for in vain: on a slow line the rest of a report may come after all. */
  let given = "";
  let heard: Heard[] = [];

  function keys(bytes: string): void {
    const last = heard.at(-1);
    if (bytes === "") return;
    if (last?.kind === "keys") heard[heard.length - 1] = { kind: "keys", bytes: last.bytes + bytes };
    else heard.push({ kind: "keys", bytes });
  }

  function paste(bytes: string): void {
    keys(bytes.slice(0, Math.max(0, longestPaste - pasted)));
    pasted += bytes.length;
  }

  /** Reads on from `at`, where a paste goes on; returns where it ends. */
  function readPaste(bytes: string, at: number): number {
    const end = bytes.indexOf(pasteEnd, at);
    if (end >= 0) {
      paste(bytes.slice(at, end));
      keys(pasteEnd);
      isPaste = false;
      return end + pasteEnd.length;
    }
    let kept = Math.min(pasteEnd.length - 1, bytes.length - at);
    while (!pasteEnd.startsWith(bytes.slice(bytes.length - kept))) kept -= 1;
    paste(bytes.slice(at, bytes.length - kept));
    held = bytes.slice(bytes.length - kept);
    return bytes.length;
  }

  /** Reads what an escape begins; returns where that ends. */
  function readEscape(bytes: string, at: number): number {
    const found = match(report, bytes, at);
    if (found !== undefined) {
      const read = readReport(found);
      if (read !== undefined) heard.push({ kind: "mouse", report: read });
      return at + found[0].length;
    }
    if (match(surely, bytes, at) !== undefined || match(perhaps, bytes, at) !== undefined) {
      held = bytes.slice(at);
      return bytes.length;
    }
    const lost = match(broken, bytes, at);
    if (lost !== undefined) return at + lost[0].length;
    if (bytes.startsWith(pasteStart, at)) {
      keys(pasteStart);
      isPaste = true;
      pasted = 0;
      return at + pasteStart.length;
    }
    keys(match(lone, bytes, at) === undefined ? esc : escapeKey);
    return at + 1;
  }

  function take(): readonly Heard[] {
    const all = heard;
    heard = [];
    return all;
  }

  return {
    push(more) {
      const bytes = (given !== "" && /^\u001b\[<\d/.test(given + more) ? given : held) + more;
      given = "";
      held = "";
      let at = 0;
      while (at < bytes.length) {
        if (isPaste) at = readPaste(bytes, at);
        else if (bytes[at] === esc) at = readEscape(bytes, at);
        else {
          const next = bytes.indexOf(esc, at);
          keys(bytes.slice(at, next < 0 ? bytes.length : next));
          at = next < 0 ? bytes.length : next;
        }
      }
      return take();
    },
    waits() {
      if (isPaste) return pasteMs;
      return match(perhaps, held, 0) === undefined ? undefined : escapeMs;
    },
    expire() {
      if (isPaste) {
        paste(held);
        keys(pasteEnd);
        isPaste = false;
      } else {
        given = held;
        keys(/^\u001b+$/.test(held) ? held.replaceAll(esc, escapeKey) : held);
      }
      held = "";
      return take();
    },
  };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** What a whole report says; of a form that nobody asked for, nothing. */
function readReport([, button, column, row, end, ...old]: RegExpExecArray): MouseReport | undefined {
  if (button !== undefined) {
    return { button: Number(button), column: Number(column) - 1, row: Number(row) - 1, isRelease: end === "m" };
  }
  const [oldButton, oldColumn, oldRow] = old.map((byte) => byte?.charCodeAt(0));
  if (oldButton === undefined || oldColumn === undefined || oldRow === undefined) return undefined;
  // Of a release it is not told of which button it is.
  const isRelease = (oldButton & 0x43) === 3;
  return { button: oldButton - 32, column: oldColumn - 33, row: oldRow - 33, isRelease };
}
