import type { FleetCheck } from "./inventory.ts";
import type { Source, StatsRow } from "./stats.ts";

/** What the words of a check depend on beside the row: the wanted answer of the fleet file, and who told us. */
export type CheckContext = { readonly expect: FleetCheck["expect"]; readonly source: Source | undefined };

/** HAProxy's `check_status` words that need neither code nor text. Source: haproxy-facts §3. */
const FIXED: Readonly<Record<string, string>> = {
  UNK: "not known",
  INI: "not checked yet",
  CHECKED: "checked",
  HANA: "taken down by the errors of real traffic (observe)",
  L4OK: "connects; TLS and HTTP are not checked",
  L4TOUT: "no answer to connecting: timed out",
  L6OK: "TLS works; HTTP is not checked",
  L6TOUT: "connected, then the TLS handshake timed out",
  L6RSP: "TLS failed",
  L7TOUT: "TLS works, then no answer in time",
  L7RSP: "the answer is not HTTP",
  PROCERR: "the check program failed",
  PROCTOUT: "the check program timed out",
  PROCOK: "the check program is content",
};

const PASSED: ReadonlySet<string> = new Set(["L4OK", "L6OK", "L7OK", "L7OKC", "PROCOK"]);

/**
 * The last check of a server line in plain words: `L7STS/200` is "answered 200, the check wants 401".
 * Shape: one clause without a full stop. An unknown check status is shown as HAProxy wrote it.
 */
export function checkWords(row: StatsRow, context: CheckContext): string {
  const { checkStatus, checkCode } = row;
  if (checkStatus === undefined) return noCheckWords(row);
  if (row.status.health === "down" && PASSED.has(checkStatus)) return passedWords(row);
  switch (checkStatus) {
    case "L7OK":
      return checkCode === undefined ? "answered as the check wants" : okWords(checkCode);
    case "L7OKC":
      return `answered ${checkCode ?? "a stop code"}: asks for no new connections`;
    case "L7STS":
      return wrongAnswerWords(row, context);
    case "L4CON":
      return connectWords(row.lastCheckText, context.source);
    case "SOCKERR":
      return row.lastCheckText === undefined ? "socket error" : `socket error: ${row.lastCheckText}`;
    default:
      return FIXED[checkStatus] ?? `unknown check result ${checkCell(row)}`;
  }
}

/** The last check as HAProxy spells it, for narrow columns: "L7STS/200", "L4CON", "-" without a check. */
export function checkCell(row: StatsRow): string {
  if (row.checkStatus === undefined) return "-";
  return row.checkCode === undefined ? row.checkStatus : `${row.checkStatus}/${row.checkCode}`;
}

/** What the fleet's check accepts, in words: "401", "200", "200 or 401". */
function wantedWords(expect: FleetCheck["expect"]): string {
  return expect === "migrate" ? "200 or 401" : String(expect);
}

function noCheckWords(row: StatsRow): string {
  if (row.status.admin === "maint") return "not checked while in maintenance";
  if (row.status.health === "unchecked") return "no check configured";
  return "not known";
}

/** Down although the last check passed: what it answers is no reason any more. */
function passedWords({ status: { streak } }: StatsRow): string {
  if (streak === undefined) return "though its last check passed: coming back, or set down by hand";
  return `coming back, ${streak.count} of ${streak.of} good checks so far`;
}

function okWords(code: number): string {
  if (code === 200) return "answered 200: ready";
  if (code === 401) return "answered 401: TLS and HTTP work, readiness is not proved";
  return `answered ${code}, as the check wants`;
}

function wrongAnswerWords(row: StatsRow, { expect }: CheckContext): string {
  const { checkCode } = row;
  if (checkCode === undefined) return "answered with a status the check does not want";
  const isWanted = expect === "migrate" ? checkCode === 200 || checkCode === 401 : checkCode === expect;
  if (isWanted) return `answered ${checkCode}, which this node's HAProxy refuses though the fleet file wants it`;
  const text = row.lastCheckText;
  const phrase = checkCode >= 400 && checkCode !== 401 && text !== undefined ? ` (${text})` : "";
  return `answered ${checkCode}${phrase}, the check wants ${wantedWords(expect)}`;
}

/**
 * HAProxy 2.6 and 2.8 put "SSL handshake failure" beside L4CON for a host that cannot be reached, 3.0 and 3.2 leave
 * the text empty; only a refusal is always told. `/metrics` never carries the text.
 */
function connectWords(text: string | undefined, source: Source | undefined): string {
  if (text !== undefined && /refused/i.test(text)) return "connection refused";
  if (source !== "stats") return "connection failed";
  return "no route: the host cannot be reached";
}
