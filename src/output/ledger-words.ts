import { formatAge } from "../domain/ages.ts";
import type { ServerLedger } from "../domain/view.ts";

/** What the ledger adds to a server line: only what its state does not show. */
export function ledgerWords(ledger: ServerLedger | undefined): string | undefined {
  const by = ledger?.intent === undefined ? "" : ` (${ledger.intent.who.user}, ${formatAge(ledger.agoMs)} ago)`;
  switch (ledger?.relation) {
    case "drift":
      return `should be ${ledger.intent?.state === "maint" ? "in maintenance" : "drained"}${by}`;
    case "pending":
      return `drain pending${by}`;
    case "elsewhere":
      return "changed elsewhere";
    default:
      return undefined;
  }
}

/** The same, and of a state that is as it was asked for who asked, when and why. */
export function ledgerDetail(ledger: ServerLedger | undefined): string | undefined {
  if (ledger?.relation !== "held" || ledger.intent === undefined) return ledgerWords(ledger);
  const { reason, who } = ledger.intent;
  const why = reason === undefined || reason === "" ? "" : `: ${reason}`;
  return `by ${who.user} ${formatAge(ledger.agoMs)} ago${why}${ledger.isExpired ? ", its time is over" : ""}`;
}
