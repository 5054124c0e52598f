import type { GeneratedFile } from "../../src/generate/generated-file.ts";

/** The text of the file whose path ends like this. */
export function textOf(files: readonly GeneratedFile[], ending: string): string {
  const file = files.find(({ path }) => path.endsWith(ending));
  if (file === undefined) throw new Error(`there is no ${ending} among ${files.map(({ path }) => path).join(", ")}`);
  return file.text;
}
