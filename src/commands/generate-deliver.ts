import { cleanText } from "../domain/text.ts";
import type { Checking } from "./generate-checking.ts";
import type { Made, MadeFile } from "./generate-make.ts";
import type { GenerateOptions } from "./generate-options.ts";
import { print, type Shell } from "./shell.ts";

/**
 * Hands over what was made, where the flags say. `checking` is there where a file that it comes into is to be checked too.
 * Shape: resolves to the exit code.
 */
export async function deliver(
  shell: Shell,
  made: Made,
  options: GenerateOptions,
  checking: Checking | undefined,
): Promise<number> {
  const { delivery } = options;
  for (const note of made.notes) shell.stderr.write(`k3s-lb: ${cleanText(note)}\n`);
  switch (delivery.kind) {
    case "print":
      await print(shell, inOne(made.files));
      return 0;
    case "folder": {
      const { writeFolder } = await import("./generate-folder.ts");
      const files = made.files.map((file) => ({ ...file, maker: `generate ${file.target}` }));
      const hint = `See what would change with --diff ${delivery.dir}; --overwrite replaces it.`;
      return writeFolder(shell, files, { ...delivery, hint });
    }
    case "diff": {
      const { showDiff } = await import("./generate-diff.ts");
      return showDiff(shell, made.files, { old: delivery.old, color: options.color });
    }
    case "write": {
      const { writeBlock } = await import("./generate-write.ts");
      return writeBlock(shell, made.files, { ...delivery, checking });
    }
  }
}

/** One file as it is; several with a line above each that tells its path. */
function inOne(files: readonly MadeFile[]): string {
  const [only] = files;
  if (only !== undefined && files.length === 1) return only.text;
  return files.map(({ path, text }) => `# ---- ${path}\n${text.endsWith("\n") ? text : `${text}\n`}`).join("\n");
}
