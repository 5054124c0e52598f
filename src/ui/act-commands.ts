import type { AdminAction } from "../domain/action.ts";
import { parseDuration } from "../domain/duration.ts";
import { findName } from "../domain/find-name.ts";
import { labelWords } from "../domain/pick-nodes.ts";
import { ACTION_COMMANDS } from "../output/admin-words.ts";
import { readNames, readNodes } from "./command-names.ts";
import { type Command, type CommandContext, type CommandWord, mistake, type Offers } from "./command-word.ts";
import { whyLocked } from "./lock.ts";

const armMs = 5 * 60_000;
const longestMs = 60 * 60_000;

/** The commands of the lock, and those that show the plan of an action, named as in the shell. None sends anything. */
export const actCommands: readonly CommandWord[] = [
  {
    word: "arm",
    usage: "arm [5m]",
    does: "unlock the actions for five minutes, or as long as said",
    needs: "acting",
    offers: () => "text",
    read: readArm,
  },
  {
    word: "disarm",
    usage: "disarm",
    does: "lock the actions again",
    needs: "acting",
    read: () => ({ kind: "disarm" }),
  },
  act("drain", "the plan to take masters out: no new connections"),
  act("maint", "the plan of a maintenance: no checks either"),
  act("ready", "the plan to put masters back into service", ["undrain", "ready"]),
  act("shutdown", "the plan to close all sessions to masters"),
];

function act(action: AdminAction, does: string, aliases: readonly string[] = []): CommandWord {
  const word = ACTION_COMMANDS[action];
  return {
    word,
    aliases,
    usage: `${word} <master...> [on <nodes>]`,
    does,
    needs: "acting",
    offers: offersOfAct,
    read: (words, context) => readAct(action, words, context),
  };
}

/** Masters that are not named yet, then `on`, then nodes and labels. */
function offersOfAct(words: readonly string[], { masters, nodes }: CommandContext): Offers {
  if (words.includes("on")) return [...nodes.map(({ name }) => name), ...labelWords(nodes)];
  const found = words.map((word) => findName("master", masters, word));
  const named = new Set(found.map((each) => (each.ok ? each.name : "")));
  const left = masters.filter((name) => !named.has(name));
  return words.length === 0 ? left : [...left, "on"];
}

function readAct(action: AdminAction, words: readonly string[], { lock, masters, nodes }: CommandContext): Command {
  const why = whyLocked(lock);
  if (why !== undefined) return mistake(why);
  const at = words.indexOf("on");
  const named = readNames("master", masters, at === -1 ? words : words.slice(0, at));
  if (!named.ok) return mistake(named.text);
  if (at === -1) return { kind: "plan", action, masters: named.value, nodes: undefined };
  const picked = readNodes(nodes, words.slice(at + 1));
  return picked.ok ? { kind: "plan", action, masters: named.value, nodes: picked.value } : mistake(picked.text);
}

function readArm(_: readonly string[], __: CommandContext, text: string): Command {
  if (text === "") return { kind: "arm", forMs: armMs };
  const read = parseDuration(text);
  if (read.ok && read.ms >= 1000 && read.ms <= longestMs) return { kind: "arm", forMs: read.ms };
  return mistake(`arm ${text}: ${read.ok ? "from 1s to 1h" : read.expected} is expected`);
}
