import { parseDuration } from "../domain/duration.ts";
import { fewOf, readName, readWord } from "./command-names.ts";
import { type Command, type CommandContext, type CommandWord, mistake } from "./command-word.ts";
import type { View } from "./intent.ts";
import { matrixModes } from "./matrix-cell.ts";
import type { Shown } from "./show.ts";

const shortestMs = 100;
const longestMs = 60 * 60_000;

/** The commands that show something; none of them changes anything on a node. */
export const lookCommands: readonly CommandWord[] = [
  pane("nodes", "the nodes of the first screen"),
  pane("masters", "the masters of the first screen"),
  place("node", ({ nodes }) => nodes.map(({ name }) => name)),
  place("master", ({ masters }) => masters),
  view("problems", "every problem, with what to do"),
  view("events", "what happened"),
  view("operations", "who did what, by the ledger"),
  {
    word: "cluster",
    usage: "cluster [name]",
    does: "go to another cluster; without a name: the clusters",
    needs: "polling",
    offers: (words, { clusters }) => (words.length === 0 ? clusters : []),
    read(words, { clusters }) {
      if (words.length === 0) return asking({ kind: "view", view: "clusters" });
      const read = readName("cluster", clusters, words);
      return read.ok ? asking({ kind: "cluster", name: read.value }) : mistake(read.text);
    },
  },
  {
    word: "sort",
    usage: "sort <column> [reverse]",
    does: "sort the list with the cursor by a column; none: as it comes",
    offers: (words, { columns }) =>
      words.length === 0 ? [...columns, "none"] : words.length === 1 && words[0] !== "none" ? ["reverse"] : [],
    read: readSort,
  },
  {
    word: "columns",
    usage: "columns",
    does: "choose the columns of the list with the cursor",
    read: () => asking({ kind: "columns" }),
  },
  {
    word: "filter",
    usage: "filter [text]",
    does: "filter the rows as / does; without a text: all rows",
    offers: () => "text",
    read: (_, __, text) => showing({ is: "filter", text }),
  },
  {
    word: "group",
    usage: "group <label>",
    does: "group the nodes by a label; none: not",
    offers: (words, { labels }) => (words.length === 0 ? [...labels, "none"] : []),
    read: readGroup,
  },
  {
    word: "matrix",
    usage: "matrix <mode>",
    does: `what the matrix shows: ${matrixModes.map(({ mode }) => mode).join(", ")}`,
    offers: (words) => (words.length === 0 ? modes : []),
    read: (words) => {
      const read = readWord("mode", modes, words.join(" "));
      return read.ok ? showing({ is: "matrix", mode: read.value }) : mistake(read.text);
    },
  },
  {
    word: "write",
    usage: "write [file]",
    does: "write the last ten minutes to a file",
    offers: () => "text",
    read: (_, __, file) => asking({ kind: "write", file: file === "" ? undefined : file }),
  },
  {
    word: "freeze",
    usage: "freeze",
    does: "freeze the screen, or let it go on",
    needs: "polling",
    read: () => asking({ kind: "pause" }),
  },
  {
    word: "poll",
    usage: "poll",
    does: "poll every node now",
    needs: "polling",
    read: () => asking({ kind: "poll" }),
  },
  {
    word: "interval",
    usage: "interval <time>",
    does: "poll every node once in this time: 5s",
    needs: "polling",
    offers: () => "text",
    read: (_, __, text) => {
      const read = parseDuration(text);
      if (read.ok && read.ms >= shortestMs && read.ms <= longestMs) return asking({ kind: "interval", toMs: read.ms });
      return mistake(
        `interval${text === "" ? "" : ` ${text}`}: ${read.ok ? "100ms to 1h" : read.expected} is expected`,
      );
    },
  },
];

const modes = matrixModes.map(({ mode }) => mode);

/** The last commands of the table. */
export const lastCommands: readonly CommandWord[] = [
  { word: "help", usage: "help", does: "the keys and commands", read: () => asking({ kind: "help" }) },
  { word: "q", aliases: ["quit"], usage: "q", does: "quit", read: () => asking({ kind: "quit" }) },
];

function pane(word: "nodes" | "masters", does: string): CommandWord {
  return { word, usage: word, does, read: () => showing({ is: "pane", pane: word }) };
}

function place(word: "node" | "master", namesOf: (context: CommandContext) => readonly string[]): CommandWord {
  return {
    word,
    usage: `${word} <name>`,
    does: `open a ${word}, by its name or the end of it`,
    offers: (words, context) => (words.length === 0 ? namesOf(context) : []),
    read: (words, context) => {
      const read = readName(word, namesOf(context), words);
      return read.ok ? showing({ is: "place", place: { kind: word, id: read.value } }) : mistake(read.text);
    },
  };
}

function view(word: View, does: string): CommandWord {
  return { word, usage: word, does, read: () => asking({ kind: "view", view: word }) };
}

function readSort(words: readonly string[], { columns }: CommandContext): Command {
  const [column, order, more] = words;
  if (column === "none" && order === undefined) return showing({ is: "sort", sort: undefined });
  if (columns.length === 0) return mistake("This list has an order of its own. Masters, nodes and rows can be sorted.");
  if (column === undefined) return mistake(`A column is expected: ${fewOf(columns)}, or none.`);
  if (more !== undefined || (order !== undefined && order !== "reverse"))
    return mistake(`sort ${column} ${order}: reverse is expected, or nothing.`);
  // Titles are cut to their width: SESS for sessions.
  const begun = columns.filter((each) => each.startsWith(column.toLowerCase()));
  const exact = readWord("column", columns, begun.length === 1 ? (begun[0] ?? column) : column);
  const read = exact.ok ? exact : readName("column", columns, [column]);
  if (!read.ok) return mistake(read.text);
  return showing({ is: "sort", sort: { column: read.value, reverse: order === "reverse" } });
}

function readGroup(words: readonly string[], { labels }: CommandContext): Command {
  const label = words.join(" ");
  if (label === "none") return showing({ is: "group", label: undefined });
  if (labels.length === 0)
    return mistake("No node has a label to group by: they stand in the fleet file, labels: { site: a }.");
  if (label === "") return mistake(`A label is expected: ${fewOf(labels)}, or none.`);
  const read = readWord("label", labels, label);
  return read.ok ? showing({ is: "group", label: read.value }) : mistake(read.text);
}

function showing(what: Shown): Command {
  return { kind: "do", intent: { kind: "show", what } };
}

function asking(intent: Extract<Command, { kind: "do" }>["intent"]): Command {
  return { kind: "do", intent };
}
