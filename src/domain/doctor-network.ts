import { type Certificate, type NodeFacts, notInTime, whyNotAsked } from "./doctor-facts.ts";
import { failureClause } from "./doctor-failure.ts";
import { type Finding, sayOf } from "./doctor-finding.ts";

/** A certificate that ends sooner is worth a warning. */
const soonMs = 14 * 24 * 3_600_000;

/** The way to the stats port: the name, the connection, the certificate. Units: `wallMs` Unix time. */
export function networkFindings(facts: NodeFacts, wallMs: number): readonly Finding[] {
  return [resolveFinding(facts), connectFinding(facts), tlsFinding(facts, wallMs)];
}

function resolveFinding({ node, resolution, limitMs }: NodeFacts): Finding {
  const say = sayOf("resolve");
  switch (resolution?.kind) {
    case undefined:
      return say.skipped(notInTime(limitMs));
    case "literal":
      return say.ok("an address, no name");
    case "failed": {
      const { text, fix } = failureClause(resolution.failure, node);
      return say.critical(text, fix);
    }
    case "found": {
      const { addresses } = resolution;
      const said = `${node.address} is ${addresses.join(", ")}`;
      const families = new Set(addresses.map((address) => address.includes(":")));
      if (addresses.length <= 1) return say.ok(said);
      if (addresses.length === families.size) return say.note(`${said}: whichever answers first is asked`);
      return say.warning(
        `${said}: they may be different machines, and whichever answers first is asked`,
        "Give each machine its own name, or its IP address as `address` in the fleet file.",
      );
    }
  }
}

function connectFinding({ node, resolution, connected, limitMs }: NodeFacts): Finding {
  const say = sayOf("connect");
  if (resolution?.kind === "failed") return say.skipped("not asked, as the name does not resolve");
  if (connected === undefined) return say.skipped(notInTime(limitMs));
  if (connected.ok) {
    return say.ok(`port ${node.stats.port} takes connections, in ${Math.max(1, Math.round(connected.ms))} ms`);
  }
  const { text, fix } = failureClause(connected.failure, node);
  return say.critical(text, fix);
}

function tlsFinding(facts: NodeFacts, wallMs: number): Finding {
  const say = sayOf("tls");
  const { node, certificate, limitMs } = facts;
  const why = whyNotAsked(facts);
  if (why !== undefined) return say.skipped(why);
  if (node.stats.tls === undefined) {
    if (speaksTls(facts))
      return say.critical("the port speaks TLS", "Add `stats.tls` for this node: its bind has `ssl`.");
    return say.note(
      "plain http: whoever sits on the path reads the password",
      "Inside a VPN that is common; else put `ssl crt …` on the stats bind and `stats.tls` into the fleet file.",
    );
  }
  if (certificate === undefined) return say.skipped(notInTime(limitMs));
  if (!certificate.ok) {
    const { text, fix } = failureClause(certificate.failure, node);
    return say.critical(text, fix);
  }
  return certificateFinding(facts, certificate, wallMs);
}

function certificateFinding({ node }: NodeFacts, found: Certificate & { ok: true }, wallMs: number): Finding {
  const say = sayOf("tls");
  const leftMs = found.validToMs - wallMs;
  const until = new Date(found.validToMs).toISOString().slice(0, 10);
  if (found.problem !== undefined) {
    const { text, fix } = failureClause(found.problem, node);
    if (node.stats.tls?.insecure !== true) return say.critical(text, fix);
    return say.warning(
      `${found.problem.detail}, which \`stats.tls.insecure\` lets pass: anybody on the path can pose as the node`,
      fix,
    );
  }
  if (leftMs < soonMs) {
    const days = Math.floor(leftMs / (24 * 3_600_000));
    const inDays = days === 0 ? "in less than a day" : `in ${days} day${days === 1 ? "" : "s"}`;
    return say.warning(`the certificate ends ${inDays} (${until})`, "Renew the certificate of that node's stats bind.");
  }
  if (node.stats.tls?.insecure === true) {
    return say.note(
      `trusted, until ${until}; \`stats.tls.insecure\` would let any other pass as well`,
      "Take `insecure` out of the fleet file: nothing needs it.",
    );
  }
  return say.ok(`trusted, for ${node.stats.tls?.servername ?? node.address}, until ${until}`);
}

function speaksTls({ page, bare }: NodeFacts): boolean {
  const failures = [page?.ok === false ? page.failure : undefined, bare?.kind === "failed" ? bare.failure : undefined];
  return failures.some((failure) => failure?.kind === "tls");
}
