/** A place in the fleet file: keys and list positions from the top. */
export type FilePath = readonly (string | number)[];

/**
 * One thing wrong with the fleet file.
 * Shape: `text` says what stands there and what is expected; `at` is where in the entry to point. `first` is the
 * place of the other one of two that collide.
 */
export type Mistake = {
  readonly path: FilePath;
  readonly at: "key" | "value";
  readonly text: string;
  readonly first?: FilePath;
};

/** `nodes[3].stats.port`; the top of the file is "the file". */
export function formatFilePath(path: FilePath): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += `${text === "" ? "" : "."}${/^[\w/-]+$/.test(part) ? part : JSON.stringify(part)}`;
  }
  return text === "" ? "the file" : text;
}
