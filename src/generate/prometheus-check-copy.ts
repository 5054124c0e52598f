import type { GeneratedFile } from "./generated-file.ts";

type CopiedFile = Pick<GeneratedFile, "path" | "text" | "check">;

/**
 * Prometheus' files for a check on another machine: the same, but that a configuration takes passwords, certificates,
 * rules and target lists from the folder of the check, as promtool looks whether each of them is there.
 */
export function prometheusCheckCopy(files: readonly CopiedFile[]): readonly CopiedFile[] {
  const isConfig = ({ check }: CopiedFile) => check === "promtool-config";
  if (!files.some(isConfig)) return files;
  const copied = files.map((file) => (isConfig(file) ? { ...file, text: localText(file, files) } : file));
  const folders = new Set(files.filter(isConfig).map(({ path }) => folderOf(path)));
  const empty = [...folders].map((folder): CopiedFile => ({ path: folder + EMPTY, text: "x\n", check: undefined }));
  return [...copied, ...empty];
}

const EMPTY = "stands-for-a-file-of-the-server";

function localText(config: CopiedFile, files: readonly CopiedFile[]): string {
  const folder = folderOf(config.path);
  const siblings = files.filter((file) => file !== config && file.path.startsWith(folder));
  return config.text.replace(
    /^(\s*(?:- )?(?:[a-z]+_file:|-)\s*)["']?(\/[^\s"']+)["']?\s*$/gm,
    (line, head: string, path: string) => {
      const sibling = siblings.find((file) => path.endsWith(`/${file.path.slice(folder.length)}`));
      if (sibling !== undefined) return `${head}${sibling.path.slice(folder.length)}`;
      return head.includes("_file:") ? `${head}${EMPTY}` : line;
    },
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
