/**
 * One file that `generate` makes.
 * Shape: `path` is relative to the folder of `-O`; `check` names the program that can tell whether it is sound. `comment`
 * begins a comment line in it, for the markers of `--write`; `undefined` where the format has none.
 */
export type GeneratedFile = {
  readonly path: string;
  readonly text: string;
  readonly check: FileCheck | undefined;
  readonly comment: string | undefined;
};

/** What a real program can check a file as. Rule tests name their rule file, which has to lie beside them. */
export type FileCheck = "haproxy" | "nft" | "promtool-config" | "promtool-rules" | "promtool-tests";
