import { stringify } from "yaml";

const WIDTH = 110;

/** A value on one line, quoted wherever YAML 1.1 or 1.2 would read something else than the text that it is. */
export function oneLine(value: unknown): string {
  const options = { collectionStyle: "flow", lineWidth: 0, compat: "yaml-1.1", blockQuote: false } as const;
  return stringify(value, { ...options, aliasDuplicateObjects: false }).trimEnd();
}

/** Comments of a file: long sentences go on below, and nothing in them can end the comment. */
export function comment(text: string, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].filter((part) => part !== "").map((part) => `${indent}# ${part}`);
}
