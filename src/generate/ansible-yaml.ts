import { Document, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { AnsibleEntry, AnsibleItem, AnsibleList, AnsibleMap, AnsibleValue } from "./ansible-value.ts";

/** What Ansible would evaluate: an expression, a statement, or a comment that hides the rest. */
const TEMPLATE = /\{[{%#]/;
/** Words that no reader of YAML takes for more; the library still quotes `yes` and its like. */
const PLAIN = /^[A-Za-z/][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/;
/** The text of a file, which reads better as it is. */
const LINES = /^(?:[\x20-\x7e]*\n)+$/;

/**
 * Writes variables, or plays, as a YAML file of Ansible.
 * Shape: `head` are the comment lines at the top. A text with braces that Jinja would read carries the tag `!unsafe`, so
 * that it stays what it is. Words such as `yes` and `1:30` are quoted, as Ansible reads YAML 1.1; whatever is not ASCII
 * is escaped, as some of it ends a line there.
 * Source: Ansible, "Unsafe or raw strings".
 */
export function formatAnsibleYaml(head: readonly string[], content: AnsibleList | AnsibleMap): string {
  const document = new Document(null, { version: "1.1" });
  const root = content.kind === "map" ? mapNode(content.entries, true) : listNode(content.items, true);
  document.contents = root as never;
  const body = document.toString({ lineWidth: 0, directives: false, indentSeq: true });
  return `${head.map(comment).join("")}---\n${escaped(body)}`;
}

function comment(line: string): string {
  return line === "" ? "#\n" : `# ${line}\n`;
}

function valueNode(value: AnsibleValue): Scalar | YAMLMap | YAMLSeq {
  if (typeof value === "string") return textNode(value);
  if (typeof value !== "object") return new Scalar(value);
  if (value.kind === "list") return listNode(value.items, false);
  if (value.kind === "map") return mapNode(value.entries, false);
  const node = new Scalar(value.text);
  // A block needs no quotes of its own: an expression full of them stays legible.
  node.type = value.text.includes('"') ? Scalar.BLOCK_FOLDED : Scalar.QUOTE_DOUBLE;
  return node;
}

function textNode(text: string): Scalar {
  const node = new Scalar(text);
  if (TEMPLATE.test(text)) node.tag = "!unsafe";
  if (!PLAIN.test(text)) node.type = LINES.test(text) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
  return node;
}

function listNode(items: readonly AnsibleItem[], isTop: boolean): YAMLSeq {
  const node = new YAMLSeq();
  node.flow = items.length === 0;
  node.items = items.map((item, at) => {
    const itemNode = withNotes(valueNode(item.value), item.notes);
    itemNode.spaceBefore = isTop && at > 0;
    return itemNode;
  });
  return node;
}

function mapNode(entries: readonly AnsibleEntry[], isTop: boolean): YAMLMap {
  const node = new YAMLMap();
  for (const [at, entry] of entries.entries()) {
    const key = withNotes(new Scalar(entry.key), entry.notes);
    const before = entries[at - 1];
    // Variables of one line stand together; what has a comment or lines below it stands apart.
    if (isTop && before !== undefined && (isTall(entry) || isTall(before))) key.spaceBefore = true;
    node.add({ key, value: valueNode(entry.value) });
  }
  return node;
}

function isTall({ notes, value }: AnsibleEntry): boolean {
  return notes !== undefined || (typeof value === "object" && value.kind !== "jinja");
}

function withNotes<T extends Scalar | YAMLMap | YAMLSeq>(node: T, notes: readonly string[] = []): T {
  // The library writes "#" and the text as it is.
  if (notes.length > 0) node.commentBefore = notes.map((note) => ` ${note}`).join("\n");
  return node;
}

/** Text that is not ASCII stands in double quotes or in a comment: an escape is understood in one, harmless in the other. */
function escaped(text: string): string {
  return text.replace(/[^\n\x20-\x7e]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
}
