/**
 * What `doctor` looks at, in the order in which it is told.
 * Shape: `asks` is the question in a few words, as the README's table has it.
 */
export const doctorChecks = [
  { name: "resolve", asks: "does the name mean one machine" },
  { name: "connect", asks: "does the stats port take connections, and how fast" },
  { name: "tls", asks: "is the certificate trusted, for this name, and good for 14 more days" },
  { name: "auth", asks: "is the password right, and is one wanted" },
  { name: "page", asks: "is it HAProxy's stats page, within `poll.timeout`" },
  { name: "version", asks: "which HAProxy, what is known of it, and is it the fleet file's" },
  { name: "skew", asks: "do all nodes run the same one" },
  { name: "backend", asks: "is the fleet file's backend there" },
  { name: "servers", asks: "are its servers the fleet file's masters" },
  { name: "masters", asks: "can this node use the masters now" },
  { name: "check", asks: "what do the health checks prove, and is it what `check.expect` says" },
  { name: "admin", asks: "are orders taken from here, or at loopback on the node itself" },
  { name: "ssh", asks: "are orders taken through ssh" },
  { name: "route", asks: "which way an order would go" },
  { name: "contstats", asks: "are the bytes of open sessions counted" },
  { name: "timeouts", asks: "are there timeouts that cut watches" },
  { name: "metrics", asks: "is /metrics open without a password" },
  { name: "hide-version", asks: "does /metrics tell the version that the page hides" },
  { name: "sample-password", asks: "is the password of the published sample accepted" },
  { name: "addresses", asks: "does the stats port answer on other addresses, or on a public one" },
] as const;

export type DoctorCheck = (typeof doctorChecks)[number]["name"];

/** How bad: `ok` and `note` ask for nothing, `skipped` could not be found out. */
export type DoctorVerdict = "ok" | "note" | "warning" | "critical" | "skipped";

/** What one check says of one node. `text` is a clause without a full stop; `fix` is what to do, where there is something. */
export type Finding = {
  readonly check: DoctorCheck;
  readonly verdict: DoctorVerdict;
  readonly text: string;
  readonly fix: string | undefined;
};

/** The words of one check. */
export type Say = {
  ok(text: string): Finding;
  note(text: string, fix?: string): Finding;
  warning(text: string, fix: string): Finding;
  critical(text: string, fix: string): Finding;
  skipped(text: string, fix?: string): Finding;
};

/** Makes the words of a check. */
export function sayOf(check: DoctorCheck): Say {
  const say =
    (verdict: DoctorVerdict) =>
    (text: string, fix?: string): Finding => ({ check, verdict, text, fix });
  return {
    ok: say("ok"),
    note: say("note"),
    warning: say("warning"),
    critical: say("critical"),
    skipped: say("skipped"),
  };
}

const order: readonly DoctorVerdict[] = ["critical", "warning", "note", "skipped", "ok"];

/** The worst first. */
export function compareVerdicts(a: DoctorVerdict, b: DoctorVerdict): number {
  return order.indexOf(a) - order.indexOf(b);
}

/** The worst of these: what was skipped is no fault; `ok` for none. */
export function worstVerdict(verdicts: Iterable<DoctorVerdict>): Exclude<DoctorVerdict, "skipped"> {
  let worst: Exclude<DoctorVerdict, "skipped"> = "ok";
  for (const verdict of verdicts) {
    if (verdict !== "skipped" && compareVerdicts(verdict, worst) < 0) worst = verdict;
  }
  return worst;
}
