import { expandMasters, expandNodes } from "../domain/fleet-expand.ts";
import { cleanText } from "../domain/text.ts";
import type { Found, FoundMaster, FoundNode } from "./found.ts";

/** As many of a kind are told one by one. */
const TOLD = 5;
/** What the fleet file takes of any text. */
const PLAIN = /^[^\x00-\x1f\x7f-\x9f]+$/;
const LABEL_NAME = /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/;

/**
 * Leaves out what the fleet file would not take: names and addresses that are none, texts that are ranges, bad labels.
 * Shape: a node whose ssh destination or label is bad loses only that. Each loss is a note; the rules are those of the
 * fleet file itself. Of two entries with one name the first stays.
 */
export function soundFound(found: Found): Found {
  const complaints = new Map<string, string[]>();
  const complain = (what: string, name: string): void => {
    const names = complaints.get(what) ?? [];
    complaints.set(what, names);
    names.push(cleanText(name, 60));
  };
  const masters = unique(found.masters, complain, "master").filter((master) => {
    const isSound = isSoundMaster(master);
    if (!isSound) complain("left out, as a master's name or address is none that the fleet file takes", master.name);
    return isSound;
  });
  const nodes = unique(found.nodes, complain, "node").flatMap((node) => soundNode(node, complain));
  const notes = [...complaints].map(([what, names]) => {
    const more = names.length - TOLD;
    const shown = names
      .slice(0, TOLD)
      .map((name) => JSON.stringify(name))
      .join(", ");
    return `${shown}${more > 0 ? ` and ${more} more` : ""}: ${what}.`;
  });
  return { ...found, masters, nodes, notes: [...found.notes, ...notes] };
}

type Complain = (what: string, name: string) => void;

function unique<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  complain: Complain,
  kind: string,
): Entry[] {
  const names = new Set<string>();
  return entries.filter(({ name }) => {
    if (names.has(name)) complain(`a ${kind} given twice; the first is written`, name);
    return !names.has(name) && names.add(name);
  });
}

function isSoundMaster(master: FoundMaster): boolean {
  const { name, address } = master;
  if (!PLAIN.test(name) || !PLAIN.test(address ?? name)) return false;
  const { entries, mistakes } = expandMasters([{ name, ...(address !== undefined && { address }) }]);
  return mistakes.length === 0 && entries.length === 1 && entries[0]?.fields.name === name;
}

function soundNode(node: FoundNode, complain: Complain): FoundNode[] {
  if (isSoundNode(node)) return [node];
  const bare: FoundNode = { ...node, ssh: undefined, labels: {} };
  if (!isSoundNode(bare)) {
    const isName = isSoundNode({ ...bare, address: undefined });
    const what = isName ? "its address" : "its name";
    complain(`left out, as ${what} is none that the fleet file takes`, node.name);
    return [];
  }
  const ssh = isSoundNode({ ...bare, ssh: node.ssh }) ? node.ssh : undefined;
  if (ssh !== node.ssh) complain("written without ssh, as the user or the destination is odd", node.name);
  const labels = Object.entries(node.labels).filter(([key, value]) => {
    const isSound = isSoundNode({ ...bare, labels: { [key]: value } });
    if (!isSound)
      complain(`the label ${cleanText(key, 40)} is left out, as the fleet file does not take it`, node.name);
    return isSound;
  });
  return [{ ...node, ssh, labels: Object.fromEntries(labels) }];
}

/** The fleet file's own rules; a text that it would read as a range gives more entries, or another one. */
function isSoundNode(node: FoundNode): boolean {
  const { name, address, ssh, labels } = node;
  if (![name, address ?? name, ssh ?? name, ...Object.values(labels)].every((text) => PLAIN.test(text))) return false;
  if (!Object.keys(labels).every((key) => LABEL_NAME.test(key) && key !== "__proto__")) return false;
  const raw = { name, labels, ...(address !== undefined && { address }), ...(ssh !== undefined && { ssh }) };
  const { entries, mistakes } = expandNodes([raw]);
  const [one] = entries;
  return (
    mistakes.length === 0 &&
    entries.length === 1 &&
    one?.fields.name === name &&
    one.fields.address === address &&
    one.fields.ssh === ssh &&
    Object.entries(labels).every(([key, value]) => one.fields.labels[key] === value)
  );
}
