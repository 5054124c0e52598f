/**
 * One page of the manual, section 1, before it has a format.
 * Shape: `name` is the page's ("k3s-lb-drain"), `does` what the index of manuals says of it, in one line.
 */
export type ManualPage = {
  readonly name: string;
  readonly does: string;
  readonly version: string;
  readonly sections: readonly ManualSection[];
};

export type ManualSection = { readonly heading: string; readonly blocks: readonly ManualBlock[] };

/**
 * A part of a section. `usage` and the `term` of an item are what is typed: words in brackets (`<file>`, `[name]`) stand
 * for something; in the `command` of an example they do not. A `text` may be empty. `lines` are shown as they are.
 */
export type ManualBlock =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "usage"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "item"; readonly term: string; readonly text: string }
  | { readonly kind: "example"; readonly command: string; readonly text: string }
  | { readonly kind: "lines"; readonly lines: readonly string[] };

/** What is typed, piece by piece; `isPlaceholder` where a piece stands for something. */
export function piecesOf(typed: string): readonly { readonly text: string; readonly isPlaceholder: boolean }[] {
  return typed
    .split(/(<[^<>]*>|\[[^[\]]*\])/)
    .map((text, index) => ({ text, isPlaceholder: index % 2 === 1 }))
    .filter(({ text }) => text !== "");
}
