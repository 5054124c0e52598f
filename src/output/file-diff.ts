import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { cleanText } from "../domain/text.ts";
import { paint, strong } from "./colour.ts";

/** Two versions of a file; `undefined`: there is none. */
export type FileVersions = {
  readonly oldName: string;
  readonly newName: string;
  readonly oldText: string | undefined;
  readonly newText: string;
};

/** A pipe gets the lines as they are, so that they can be applied; a terminal no control characters of a foreign file. */
export type DiffLook = { readonly colour: boolean; readonly isTerminal: boolean };

/** A unified diff as git shows it, empty where both are the same. */
export function formatFileDiff(versions: FileVersions, look: DiffLook): string {
  const { oldName, newName, oldText, newText } = versions;
  if (oldText === newText) return "";
  const patch = createTwoFilesPatch(
    oldText === undefined ? "/dev/null" : oldName,
    newName,
    oldText ?? "",
    newText,
    undefined,
    undefined,
    {
      context: 3,
      headerOptions: FILE_HEADERS_ONLY,
    },
  );
  return patch
    .split("\n")
    .map((line) => paintLine(line, look))
    .join("\n");
}

function paintLine(line: string, { colour, isTerminal }: DiffLook): string {
  const text = isTerminal ? cleanText(line.replaceAll("\t", "    "), 4096) : line;
  if (/^(---|\+\+\+) /.test(text)) return strong(text, colour);
  if (text.startsWith("@@")) return paint(text, "info", colour);
  if (text.startsWith("+")) return paint(text, "good", colour);
  return text.startsWith("-") ? paint(text, "bad", colour) : text;
}
