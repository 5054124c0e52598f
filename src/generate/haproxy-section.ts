/**
 * A section of HAProxy's configuration as it is to be written.
 * Shape: the lines stand in the order in which the Ansible role's templates write them, so that both ways give the same
 * file. `name` is empty for `global` and `defaults`.
 */
export type HaproxySection = {
  readonly keyword: "global" | "defaults" | "userlist" | "listen" | "frontend" | "backend";
  readonly name: string;
  readonly lines: readonly HaproxyLine[];
};

/**
 * One line. `words` are written as they are, with one blank between them: whoever makes them has quoted what needs it.
 * `notes` are the comment lines above it.
 */
export type HaproxyLine = { readonly words: readonly string[]; readonly notes?: readonly string[] };
