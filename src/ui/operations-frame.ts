import type { Operation } from "../domain/history.ts";
import { ACTION_COMMANDS } from "../output/admin-words.ts";
import { formatLedgerTime, outcomeWords, wholeTone, whoWords } from "../output/operation-words.ts";
import { spokenNames } from "../output/short-names.ts";
import type { DetailText } from "./detail-text.ts";
import type { List } from "./list.ts";
import { drawPage } from "./list-page.ts";
import { calmTone } from "./master-columns.ts";
import type { PastState } from "./past.ts";
import type { Body, FrameInput } from "./picture.ts";
import { mastersScope } from "./scope.ts";
import { span } from "./spans.ts";
import { byText, type Column } from "./table.ts";

/** The ledger's last operations, the newest first; above them the selected one in full. */
export function drawOperations(input: FrameInput): Body {
  const { past, screen, view } = input;
  const all = view.masters.map(({ name }) => name);
  const short = new Map(spokenNames(all).map((name, index) => [all[index], name]));
  const mastersOf = ({ begun }: Operation) => begun.masters.map((name) => short.get(name) ?? name).join(",");
  const list: List<Operation> = {
    pane: "rows",
    rows: past.kind === "known" ? past.operations : [],
    columns: [
      text("when", "UTC", 16, 0, ({ begun }) => formatLedgerTime(begun.at)),
      text("who", "WHO", 10, 2, ({ begun }) => begun.who.user),
      text("action", "ACTION", 13, 0, ({ begun }) => ACTION_COMMANDS[begun.action]),
      text("masters", "MASTERS", 12, 0, mastersOf),
      {
        ...text("outcome", "OUTCOME", 14, 0, outcomeWords),
        grow: true,
        cell: (operation) => span(outcomeWords(operation), calmTone(wholeTone(operation))),
      },
    ],
    idOf: ({ begun }) => begun.id,
    wordsOf: (operation) =>
      [formatLedgerTime(operation.begun.at), whoWords(operation), mastersOf(operation), operation.begun.reason].join(
        " ",
      ),
  };
  const masterOf = ({ begun }: Operation) => {
    const [only] = begun.masters;
    return only === undefined ? undefined : ({ kind: "master", name: only } as const);
  };
  return drawPage(input, (operation) => textsOf(operation, past, input.facts.replay !== undefined), list, {
    target: (operation) => {
      const master = masterOf(operation);
      return master === undefined ? undefined : { kind: "master", id: master.name };
    },
    mark: masterOf,
    scope: (row) => (row === undefined ? undefined : mastersScope(view, screen.marks, row)),
    copy: (operation) => ({
      row: `${operation.begun.at} ${whoWords(operation)} ${ACTION_COMMANDS[operation.begun.action]} ${operation.begun.masters.join(",")}: ${outcomeWords(operation)}`,
      command: `k3s-lb history ${operation.begun.id}`,
    }),
    title: "operations",
  });
}

function text(
  id: string,
  title: string,
  width: number,
  drop: number,
  textIn: (operation: Operation) => string,
): Column<Operation> {
  return { id, title, width, drop, cell: (operation) => span(textIn(operation)), order: byText(textIn) };
}

function textsOf(operation: Operation | undefined, past: PastState, isReplay: boolean): readonly DetailText[] {
  if (operation === undefined) return [{ text: emptyWords(past, isReplay), tone: "plain", maxLines: 2 }];
  const { begun } = operation;
  const reason = begun.reason === undefined ? "" : `: ${begun.reason}`;
  const until = begun.until === undefined ? "" : `, until ${formatLedgerTime(begun.until)} UTC`;
  return [
    {
      text: `${ACTION_COMMANDS[begun.action]} ${begun.masters.join(", ")} by ${whoWords(operation)}${reason}${until}`,
      tone: "plain",
      maxLines: 2,
    },
    { text: outcomeWords(operation), tone: calmTone(wholeTone(operation)), maxLines: 2 },
  ];
}

function emptyWords(past: PastState, isReplay: boolean): string {
  switch (past.kind) {
    case "absent":
      return isReplay ? "No operation is recorded up to here." : "There is no ledger here.";
    case "loading":
      return "Reading the ledger …";
    case "failed":
      return `The ledger cannot be read: ${past.text}`;
    case "known":
      return "Nothing has been done here with k3s-lb yet.";
  }
}
