import { formatAge } from "./ages.ts";
import type { Cause } from "./cause.ts";
import { formatMoment, whyWords } from "./intent-words.ts";
import type { LedgerNode } from "./master-ledger.ts";
import { masterReason } from "./master-reason.ts";
import type { MasterTally } from "./master-view.ts";
import { nameNodes, quotedNodes } from "./node-words.ts";
import type { Problem, ProblemKind, Severity } from "./view.ts";

/** What is to be said of one master because there is a ledger; nothing without one. */
export function intentProblems(tally: MasterTally, cause: Cause): readonly Problem[] {
  const { master, ledger } = tally;
  const problem = (
    severity: Severity,
    kind: ProblemKind,
    of: readonly LedgerNode[],
    words: () => readonly [text: string, fix: string],
  ): readonly Problem[] => {
    if (of.length === 0) return [];
    const [text, fix] = words();
    return [{ severity, kind, master: master.name, nodes: names(of), text: `${master.name} ${text}`, fix }];
  };
  const expired = [...ledger.held, ...ledger.pending].filter((each) => each.ledger.isExpired);
  const pending = ledger.pending.filter((each) => !each.ledger.isExpired);
  const strange = ledger.elsewhere.filter((each) => each.ledger.intent === undefined);
  const contrary = ledger.elsewhere.filter((each) => each.ledger.intent !== undefined);
  return [
    ...problem("WARNING", "drift", ledger.drift, () => [
      `is ${masterReason({ ...tally, verdict: "drift" }, cause)}`,
      driftFix(tally),
    ]),
    ...problem("WARNING", "expired-drain", expired, () => [
      `is ${stillOut(expired)} on ${where(expired)}, ${overdue(expired)}`,
      `put it back: ${command("enable", master.name, expired)}; or give it more time: the same command as before with a new --for`,
    ]),
    ...problem("OK", "drain-pending", pending, () => [
      `is DOWN on ${where(pending)} with the drain by ${asked(pending)} pending: it comes back drained`,
      `that is as it was asked; HAProxy hides a drain while a server is DOWN. To have it serve when it is back: ${command("enable", master.name, pending)}`,
    ]),
    ...problem("WARNING", "changed-elsewhere", contrary, () => [
      `is ${shown(contrary, tally.index)} on ${where(contrary)}, though the ledger's last word is "${lastWord(contrary)}" by ${asked(contrary)}: changed elsewhere`,
      `a stats page, a socket or another machine's console did it. Put your own right: ${command(lastWord(contrary), master.name, contrary)}`,
    ]),
    ...problem("OK", "changed-elsewhere", strange, () => [
      `is ${shown(strange, tally.index)} on ${where(strange)}, which nobody in this ledger did: changed elsewhere`,
      "a stats page, a socket or another machine's console did it; ask around before you undo it",
    ]),
  ];
}

const names = (of: readonly LedgerNode[]) => of.map(({ node }) => node.name);
const where = (of: readonly LedgerNode[]) => nameNodes(names(of));

function driftFix({ master, ledger }: MasterTally): string {
  const state = ledger.drift[0]?.ledger.intent?.state === "maint" ? "maint" : "drain";
  return `do it again there: ${command(state, master.name, ledger.drift)}; if it is over: ${command("enable", master.name, [])}`;
}

function command(verb: string, master: string, of: readonly LedgerNode[]): string {
  return `k3s-lb ${verb} ${master}${of.length === 0 ? "" : ` --node ${quotedNodes(names(of))}`}`;
}

function stillOut(of: readonly LedgerNode[]): string {
  return of.every(({ ledger }) => ledger.intent?.state === "maint") ? "still in maintenance" : "still drained";
}

/** The one whose time has been over for longest speaks. */
function overdue(of: readonly LedgerNode[]): string {
  const [first] = [...of].sort((a, b) => (a.ledger.intent?.untilMs ?? 0) - (b.ledger.intent?.untilMs ?? 0));
  const intent = first?.ledger.intent;
  if (first === undefined || intent?.untilMs === undefined) return "past its time";
  const wallMs = intent.sinceMs + first.ledger.agoMs;
  const over = `whose time was over at ${formatMoment(intent.untilMs, wallMs)}, ${formatAge(wallMs - intent.untilMs)} ago`;
  return `${over} (by ${intent.who.user} ${formatAge(first.ledger.agoMs)} ago${whyWords(intent)})`;
}

function asked(of: readonly LedgerNode[]): string {
  const [first] = of;
  const intent = first?.ledger.intent;
  if (first === undefined || intent === undefined) return "nobody";
  return `${intent.who.user} ${formatAge(first.ledger.agoMs)} ago${whyWords(intent).replace(/^: (.*)$/, " ($1)")}`;
}

/** The command whose word stands against what shows. */
function lastWord(of: readonly LedgerNode[]): string {
  const state = of[0]?.ledger.intent?.state ?? "ready";
  return state === "ready" ? "enable" : state;
}

function shown(of: readonly LedgerNode[], index: number): string {
  const states = new Set(
    of.flatMap(
      ({ node }) => node.cells[index]?.servers.flatMap(({ row, ledger }) => (ledger ? row.status.admin : [])) ?? [],
    ),
  );
  if (states.has("drain") && states.has("maint")) return "drained or in maintenance";
  return states.has("maint") ? "in maintenance" : "drained";
}
