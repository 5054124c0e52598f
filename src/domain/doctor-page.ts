import { type NodeFacts, notInTime, whyNotAsked } from "./doctor-facts.ts";
import { failureClause } from "./doctor-failure.ts";
import { type Finding, sayOf } from "./doctor-finding.ts";

/** Whether the page can be read, by whom, and how fast. */
export function pageFindings(facts: NodeFacts): readonly Finding[] {
  return [authFinding(facts), pageFinding(facts)];
}

const addAuth =
  "Add `stats auth` to that node's stats section, or have it written: k3s-lb generate haproxy; then set `stats.password`.";

function authFinding(facts: NodeFacts): Finding {
  const say = sayOf("auth");
  const { node, page, bare, right, limitMs } = facts;
  const why = whyNotAsked(facts);
  if (why !== undefined) return say.skipped(why);
  if (bare?.kind === "open") {
    const orders = right === "allowed" ? ", and gives orders" : "";
    return say.critical(`the page wants no password: whoever reaches the port reads it${orders}`, addAuth);
  }
  if (page === undefined) return say.skipped(notInTime(limitMs));
  if (!page.ok) {
    const { kind } = page.failure;
    if (kind !== "unauthorized") return say.skipped("not known, as no stats page came back");
    const { text, fix } = failureClause(page.failure, node);
    if (node.stats.password === undefined && facts.metrics?.kind === "open") {
      const verdict = node.poll.source === "metrics" ? "note" : "warning";
      return say[verdict](`${text}: only /metrics can be read, and no order can be given`, fix);
    }
    return say.critical(text, fix);
  }
  if (bare?.kind === "closed") return say.ok(`user ${node.stats.username} is let in, nobody is without a password`);
  return say.ok("the page was read; whether it wants a password did not come out");
}

function pageFinding(facts: NodeFacts): Finding {
  const say = sayOf("page");
  const { node, page, ssh, limitMs } = facts;
  const why = whyNotAsked(facts);
  const bySsh = ssh?.kind === "reached" && ssh.page.ok;
  if (why !== undefined) {
    if (!bySsh || facts.connected?.ok !== false) return say.skipped(why);
    return say.warning(
      "it can be read through ssh only: something between here and the port keeps connections away",
      "Let the firewall of that node open the port to this machine's address, and look at the VPN: k3s-lb generate firewall.",
    );
  }
  if (page === undefined) return say.skipped(notInTime(limitMs));
  if (!page.ok) {
    if (page.failure.kind === "unauthorized") return say.skipped("not seen without the right password");
    const { text, fix } = failureClause(page.failure, node);
    return say.critical(text, fix);
  }
  const ms = Math.max(1, Math.round(page.ms));
  if (page.ms > node.poll.timeoutMs) {
    return say.warning(
      `HAProxy's stats page, but in ${ms} ms: polls give up after ${node.poll.timeoutMs} ms`,
      "Raise `poll.timeout`, or look what makes that HAProxy or the path slow.",
    );
  }
  return say.ok(`HAProxy's stats page, in ${ms} ms`);
}
