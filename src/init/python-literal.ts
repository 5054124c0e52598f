/** Deeper than any variable of an inventory. */
const DEEPEST = 50;

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
  "\n": "",
};

const NUMBER =
  /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)$/;

const BLANK = /(?:\s|#[^\n]*)*/y;

/** What is no literal. */
const none: unique symbol = Symbol("no literal");

/**
 * Reads a value as Python's `ast.literal_eval` does, by which Ansible gives values of an INI inventory their type.
 * Shape: numbers, texts in quotes, True, False, None, lists, tuples (as lists) and dicts; everything else, as `yes` or
 * `007` or `10.8.0.1`, is the text as it stands.
 */
export function pythonLiteral(text: string): unknown {
  const reader = new LiteralReader(text);
  const value = reader.readAll();
  return value === none ? text : value;
}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.trim();
  }

  readAll(): unknown {
    let value = this.#read(0);
    // 1,2 is a tuple without its parentheses.
    if (value !== none && this.#peek() === ",") value = this.#items(value, "", 0);
    this.#skip();
    return this.#at === this.#text.length ? value : none;
  }

  /** Blanks, and comments, which are Python's too. */
  #skip(): void {
    BLANK.lastIndex = this.#at;
    this.#at += BLANK.exec(this.#text)?.[0].length ?? 0;
  }

  #peek(): string {
    this.#skip();
    return this.#text[this.#at] ?? "";
  }

  #read(depth: number): unknown {
    if (depth > DEEPEST) return none;
    const sign = this.#peek();
    if (sign === "[") return this.#list("]", depth);
    if (sign === "(") return this.#list(")", depth);
    if (sign === "{") return this.#dict(depth);
    if (sign === "'" || sign === '"') return this.#strings();
    const word = /^[^\s,[\](){}:'"#]+/.exec(this.#text.slice(this.#at))?.[0] ?? "";
    this.#at += word.length;
    return readWord(word);
  }

  /** Texts that stand side by side are one. */
  #strings(): unknown {
    let text = "";
    while (this.#peek() === "'" || this.#peek() === '"') {
      const part = this.#string();
      if (part === undefined) return none;
      text += part;
    }
    return text;
  }

  #string(): string | undefined {
    const quote = this.#text[this.#at];
    if (this.#text.startsWith(`${quote}${quote}${quote}`, this.#at)) return undefined;
    let text = "";
    for (this.#at += 1; this.#at < this.#text.length; this.#at++) {
      const sign = this.#text[this.#at] ?? "";
      if (sign === quote) {
        this.#at += 1;
        return text;
      }
      if (sign === "\n") return undefined;
      text += sign === "\\" ? this.#escape() : sign;
    }
    return undefined;
  }

  #escape(): string {
    this.#at += 1;
    const sign = this.#text[this.#at] ?? "";
    const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{1,3}))/.exec(this.#text.slice(this.#at));
    if (code !== null) {
      this.#at += code[0].length - 1;
      return String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? code[3] ?? "", code[3] === undefined ? 16 : 8));
    }
    return ESCAPES[sign] ?? `\\${sign}`;
  }

  #list(end: string, depth: number): unknown {
    this.#at += 1;
    if (this.#peek() === end) {
      this.#at += 1;
      return [];
    }
    const first = this.#read(depth + 1);
    if (first === none) return none;
    // (1) is no tuple.
    if (end === ")" && this.#peek() === end) {
      this.#at += 1;
      return first;
    }
    return this.#items(first, end, depth);
  }

  /** The rest of a list after its first member, up to its end. */
  #items(first: unknown, end: string, depth: number): unknown {
    const items = [first];
    while (this.#peek() === ",") {
      this.#at += 1;
      if (this.#peek() === end) break;
      const item = this.#read(depth + 1);
      if (item === none) return none;
      items.push(item);
    }
    if (this.#peek() !== end) return none;
    this.#at += end.length;
    return items;
  }

  #dict(depth: number): unknown {
    const entries: [string, unknown][] = [];
    this.#at += 1;
    while (this.#peek() !== "}") {
      const key = this.#read(depth + 1);
      if (key === none || typeof key === "object" || this.#peek() !== ":") return none;
      this.#at += 1;
      const value = this.#read(depth + 1);
      if (value === none) return none;
      entries.push([String(key), value]);
      if (this.#peek() === ",") this.#at += 1;
      else if (this.#peek() !== "}") return none;
    }
    this.#at += 1;
    return Object.fromEntries(entries);
  }
}

function readWord(word: string): unknown {
  if (word === "True") return true;
  if (word === "False") return false;
  if (word === "None") return null;
  if (!/\d/.test(word) || !NUMBER.test(word)) return none;
  const plain = word.replaceAll("_", "");
  // Python takes no number that begins with a zero, but for zero itself.
  if (/^[+-]?0\d/.test(plain) && /^[+-]?\d+$/.test(plain) && Number(plain) !== 0) return none;
  const unsigned = Number(plain.replace(/^[+-]/, ""));
  const value = plain.startsWith("-") ? -unsigned : unsigned;
  // A whole number that a double cannot hold stays the text that it was.
  return /^[+-]?\d+$/.test(plain) && !Number.isSafeInteger(value) ? none : value;
}
