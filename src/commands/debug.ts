import { cleanText } from "../domain/text.ts";
import type { Shell } from "./shell.ts";

/** Says on stderr what is being done, where `--debug` asks for it. */
export type SayDebug = (text: string) => void;

export function debugSayer({ stderr }: Shell, { debug }: { readonly debug?: boolean }): SayDebug {
  if (debug !== true) return () => undefined;
  return (text) => stderr.write(`k3s-lb: ${cleanText(text)}\n`);
}

/** "1 node", "3 nodes". */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
