import { cleanText } from "./text.ts";
import { UserError } from "./user-error.ts";

const PLAIN = /^[A-Za-z0-9_.:/@%+=,*[\]-]+$/;
const UNWRITABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * A text as one word of HAProxy's configuration, quoted where it holds anything that the parser would read as more.
 * Shape: in single quotes nothing has a meaning; a text with one of those goes into double quotes, where the backslash,
 * the quote and the dollar (variables of the environment) are escaped. `what` names the text in the error.
 * Errors: `UserError` for line ends and other control characters, which no quoting keeps inside a word.
 * Source: HAProxy doc/configuration.txt 2.2, "Quoting and escaping".
 */
export function quoteCfgWord(text: string, what: string): string {
  if (UNWRITABLE.test(text)) {
    throw new UserError(
      `${what} is ${JSON.stringify(cleanText(text, 60))} and holds control characters, which HAProxy's configuration cannot`,
      `Write ${what} without them.`,
    );
  }
  if (PLAIN.test(text)) return text;
  return text.includes("'") ? `"${text.replace(/[\\"$]/g, "\\$&")}"` : `'${text}'`;
}

const NAME = /^[A-Za-z0-9_.:-]+$/;

/**
 * A name of a proxy or a server, which HAProxy takes unquoted only.
 * Errors: `UserError` where it would not take it.
 */
export function cfgName(name: string, what: string): string {
  if (NAME.test(name)) return name;
  throw new UserError(
    `${what} is ${JSON.stringify(cleanText(name, 60))}; HAProxy takes letters, digits and _ . : - only in names`,
    `Change ${what} in the fleet file.`,
  );
}
