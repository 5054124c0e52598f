/** What a row stands for where it can be marked: identity, never a place in a list. */
export type Mark = { readonly kind: "master" | "node"; readonly name: string };

/** The marked masters and nodes; they are the same on every screen that shows them. */
export type Marks = { readonly masters: ReadonlySet<string>; readonly nodes: ReadonlySet<string> };

export const noMarks: Marks = { masters: new Set(), nodes: new Set() };

/** Marks it, or takes its mark away. */
export function toggleMark(marks: Marks, { kind, name }: Mark): Marks {
  const key = kind === "master" ? "masters" : "nodes";
  const after = new Set(marks[key]);
  if (!after.delete(name)) after.add(name);
  return { ...marks, [key]: after };
}

export function hasMark(marks: Marks, mark: Mark | undefined): boolean {
  if (mark === undefined) return false;
  return (mark.kind === "master" ? marks.masters : marks.nodes).has(mark.name);
}

/** "2 masters and 3 nodes marked", or nothing. */
export function marksText({ masters, nodes }: Marks): string {
  const parts = [counted(masters.size, "master"), counted(nodes.size, "node")].filter((text) => text !== "");
  return parts.length === 0 ? "" : `${parts.join(" and ")} marked`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}
