/** What is to stand between the markers: which target, how a comment begins in this format, and the text itself. */
export type Block = { readonly target: string; readonly comment: string; readonly text: string };

/** A file's text with the block in it, and whether one stood there before; or why nothing may be changed. */
export type Placed =
  | { readonly ok: true; readonly text: string; readonly was: "there" | "absent" }
  | { readonly ok: false; readonly problem: string; readonly canOverwrite: boolean };

/** Where a block stands in a file, as offsets. `sum` is what its marker says of its content. */
type Found = { readonly begin: number; readonly end: number; readonly content: string; readonly sum: string };

type Search = { readonly found: Found | undefined } | { readonly problem: string };

/**
 * Puts a block into a file's text, in place of the one that stands there, else at its end.
 * Shape: all that stands outside of the markers is kept as it is, line ends and a missing last one included; the block
 * takes the line ends of the file. Texts are compared as they come, so whoever has bytes may give them as Latin-1.
 * A block whose content is not what its marker says was edited by hand: it is replaced with `overwrite` only.
 * `digest` gives 16 hexadecimal digits of a text.
 */
export function placeBlock(
  old: string,
  block: Block,
  { digest, overwrite }: { readonly digest: (text: string) => string; readonly overwrite: boolean },
): Placed {
  const search = find(old, block.target);
  if ("problem" in search) return { ok: false, problem: search.problem, canOverwrite: false };
  const { found } = search;
  if (found !== undefined && !overwrite && digest(withLineFeeds(found.content)) !== found.sum) {
    const problem = `the block of ${block.target} was edited by hand since k3s-lb wrote it`;
    return { ok: false, problem, canOverwrite: true };
  }
  const isCrLf = /^[^\n]*\r(\n|$)/.test(old);
  const made = marked(block, digest);
  const written = isCrLf ? made.replaceAll("\n", "\r\n") : made;
  if (found !== undefined) {
    return { ok: true, text: old.slice(0, found.begin) + written + old.slice(found.end), was: "there" };
  }
  const lineEnd = isCrLf ? "\r\n" : "\n";
  const gap = old === "" ? "" : old.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
  return { ok: true, text: old + gap + written + lineEnd, was: "absent" };
}

/** Whether a block of this target stands in the file, sound or not. */
export function hasBlock(old: string, target: string): boolean {
  const search = find(old, target);
  return "problem" in search || search.found !== undefined;
}

/** Whether the file has nothing of its own: all but comments and empty lines stands in the block, if anywhere. */
export function isOnlyBlock(old: string, target: string): boolean {
  const search = find(old, target);
  if ("problem" in search) return false;
  const { found } = search;
  const rest = found === undefined ? old : old.slice(0, found.begin) + old.slice(found.end);
  return rest.split("\n").every((line) => /^\s*(#|$)/.test(line));
}

/** The block with its markers, without a line end after the last. */
function marked({ target, comment, text }: Block, digest: (text: string) => string): string {
  const content = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  const begin = `${comment} >>> k3s-lb generate ${target} (do not edit: sha256 ${digest(content)}) >>>`;
  return `${begin}\n${content}${comment} <<< k3s-lb generate ${target} <<<`;
}

/** The lines that are markers of this target, whatever begins a comment. */
function find(old: string, target: string): Search {
  const begins = [...old.matchAll(new RegExp(`^[^\\n]*>>> k3s-lb generate ${target}(?![\\w-])[^\\n]*(?:\\n|$)`, "gm"))];
  const ends = [...old.matchAll(new RegExp(`^[^\\n]*<<< k3s-lb generate ${target}(?![\\w-])[^\\r\\n]*`, "gm"))];
  const [begin, secondBegin] = begins;
  const [end, secondEnd] = ends;
  if (begin === undefined && end === undefined) return { found: undefined };
  if (secondBegin !== undefined || secondEnd !== undefined) {
    return { problem: `there is more than one block of ${target}; take the wrong ones out` };
  }
  if (begin === undefined) return { problem: `the block of ${target} has an end, and no begin` };
  if (end === undefined) return { problem: `the block of ${target} has no end` };
  if (end.index < begin.index) return { problem: `the block of ${target} ends before it begins` };
  const from = begin.index + begin[0].length;
  return {
    found: {
      begin: begin.index,
      end: end.index + end[0].length,
      content: old.slice(from, end.index),
      sum: /sha256 ([0-9a-f]{16})\b/.exec(begin[0])?.[1] ?? "",
    },
  };
}

/** An editor or git may have changed all line ends of a file, which is no edit of the block. */
function withLineFeeds(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
