import { Document, isMap, isScalar, isSeq } from "yaml";

// Line ends to YAML 1.1, even inside quotes, which the library writes as they are.
const lineEnds = /[\u0085\u2028\u2029\ufeff]/;

/**
 * A value as YAML that YAML 1.1 reads in the same way (Prometheus reads that: `yes`, `1:30`, `0777`).
 * Shape: `head` are the comment lines at the top. An object's key `#` is no key but the comment above it.
 */
export function yamlText(value: unknown, head: readonly string[]): string {
  const doc = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  prepare(doc.contents);
  doc.commentBefore = head.map((line) => ` ${line}`).join("\n");
  return doc
    .toString({ lineWidth: 0, directives: false })
    .replace(new RegExp(lineEnds, "g"), (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function prepare(node: unknown): void {
  if (isScalar(node) && typeof node.value === "string" && lineEnds.test(node.value)) node.type = "QUOTE_DOUBLE";
  if (isSeq(node)) for (const item of node.items) prepare(item);
  if (!isMap(node)) return;
  const comment = node.get("#", true);
  if (isScalar(comment)) {
    node.delete("#");
    node.commentBefore = ` ${String(comment.value)}`;
  }
  for (const pair of node.items) {
    prepare(pair.key);
    prepare(pair.value);
  }
}
