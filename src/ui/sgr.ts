/**
 * How a cell is drawn: its weight and turn as bits, its colours as SGR parameters ("31", "38;5;9"; "" is the terminal's own).
 * Every distinct style is one object, so that two are equal exactly when they are the same.
 */
export type CellStyle = { readonly bits: number; readonly front: string; readonly back: string };

const bits: Readonly<Record<string, number>> = { "1": 1, "2": 2, "3": 4, "4": 8, "7": 16, "9": 32 };
/** What the codes from 22 on take away. Source: ECMA-48, select graphic rendition. */
const ends: Readonly<Record<string, number>> = { "22": 1 | 2, "23": 4, "24": 8, "27": 16, "29": 32 };
const namesOfBits = Object.entries(bits).map(([code, bit]) => ({ code, bit }));
const known = new Map<string, CellStyle>();

export const plainStyle: CellStyle = styleOf(0, "", "");

function styleOf(bitsOfStyle: number, front: string, back: string): CellStyle {
  const key = `${bitsOfStyle}/${front}/${back}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const style: CellStyle = { bits: bitsOfStyle, front, back };
  known.set(key, style);
  return style;
}

/** The style in force after the parameters of one SGR sequence ("1;31", "38;5;9", ""). */
export function applySgr(style: CellStyle, parameters: string): CellStyle {
  let { bits: on, front, back } = style;
  const codes = parameters === "" ? ["0"] : parameters.split(";");
  for (let index = 0; index < codes.length; index += 1) {
    const code = String(Number(codes[index]));
    const value = Number(code);
    if (code === "0") [on, front, back] = [0, "", ""];
    else if (bits[code] !== undefined) on |= bits[code];
    else if (ends[code] !== undefined) on &= ~ends[code];
    else if (code === "38" || code === "48") {
      const length = codes[index + 1] === "2" ? 5 : 3;
      const colour = codes.slice(index, index + length).join(";");
      if (code === "38") front = colour;
      else back = colour;
      index += length - 1;
    } else if (code === "39") front = "";
    else if (code === "49") back = "";
    else if ((value >= 30 && value <= 37) || (value >= 90 && value <= 97)) front = code;
    else if ((value >= 40 && value <= 47) || (value >= 100 && value <= 107)) back = code;
  }
  return styleOf(on, front, back);
}

/** The shortest sequence that leads from one style to another; "" where they are the same. */
export function sgrBetween(from: CellStyle, to: CellStyle): string {
  if (from === to) return "";
  const whole = wanted(plainStyle, to);
  const afresh = `\u001b[${whole.length === 0 ? "" : `${from === plainStyle ? "" : "0;"}${whole.join(";")}`}m`;
  const lost = from.bits & ~to.bits;
  const taken = Object.entries(ends).flatMap(([code, ended]) => ((lost & ended) === 0 ? [] : [{ code, ended }]));
  // 22 takes away both bold and faint: what is to stay of them is set anew.
  const left = taken.reduce((on, { ended }) => on & ~ended, from.bits);
  const steps = [...taken.map(({ code }) => code), ...wanted({ ...from, bits: left }, to)];
  const stepwise = `\u001b[${steps.join(";")}m`;
  return stepwise.length < afresh.length ? stepwise : afresh;
}

function wanted(from: CellStyle, to: CellStyle): string[] {
  const set = namesOfBits.flatMap(({ code, bit }) => ((to.bits & ~from.bits & bit) === 0 ? [] : [code]));
  if (to.front !== from.front) set.push(to.front === "" ? "39" : to.front);
  if (to.back !== from.back) set.push(to.back === "" ? "49" : to.back);
  return set;
}
