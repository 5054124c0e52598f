import ipaddr from "ipaddr.js";
import { type NodeFacts, notInTime, type OtherAddress, readProcess, whyNotAsked } from "./doctor-facts.ts";
import { type Finding, sayOf } from "./doctor-finding.ts";
import { formatHostPort } from "./host.ts";
import { samplePassword } from "./sample-password.ts";

/** Who else can read, and what they read. */
export function exposureFindings(facts: NodeFacts): readonly Finding[] {
  return [metricsFinding(facts), hideVersionFinding(facts), sampleFinding(facts), ...addressFindings(facts)];
}

const closeMetrics =
  "Ask for the password first: `http-request auth … unless …` in front of the prometheus-exporter rule, as k3s-lb generate haproxy writes it.";

function metricsFinding(facts: NodeFacts): Finding {
  const say = sayOf("metrics");
  const { metrics, limitMs } = facts;
  const why = whyNotAsked(facts);
  if (why !== undefined) return say.skipped(why);
  switch (metrics?.kind) {
    case undefined:
      return say.skipped(notInTime(limitMs));
    case "open":
      return say.warning(
        "/metrics answers without a password: names of all masters, traffic and version, to whoever reaches the port",
        closeMetrics,
      );
    case "closed":
      return say.ok("/metrics wants the password");
    case "failed": {
      const isThere = !["http-status", "not-stats"].includes(metrics.failure.kind);
      return isThere ? say.skipped(`no answer of /metrics: ${metrics.failure.detail}`) : say.ok("there is no /metrics");
    }
  }
}

function hideVersionFinding(facts: NodeFacts): Finding {
  const say = sayOf("hide-version");
  const { heading, metrics, bare } = facts;
  if (heading === undefined) return say.skipped(whyNotAsked(facts) ?? "the page for browsers was not seen");
  const version = readProcess(facts)?.version;
  if (heading.version === undefined && metrics?.kind === "open" && version !== undefined) {
    return say.warning("the page hides the version, and /metrics tells it without a password", closeMetrics);
  }
  if (heading.version === undefined) return say.ok("the page hides the version, and nothing else tells it unasked");
  if (bare?.kind === "open") {
    return say.warning("the page shows the version without a password", "Add `stats auth` and `stats hide-version`.");
  }
  return say.ok("the page shows the version, to those who have the password");
}

const change =
  "Change it on every node now (k3s-lb generate haproxy puts none into the file), then `stats.password` in the fleet file.";

function sampleFinding(facts: NodeFacts): Finding {
  const say = sayOf("sample-password");
  const { sample, bare, limitMs } = facts;
  if (sample === "in-force" && facts.page?.ok) {
    return say.critical("the password in force is the one of the published sample: everybody knows it", change);
  }
  if (sample === "in-force") {
    return say.warning("the password in the fleet file is the one of the published sample", change);
  }
  const why = whyNotAsked(facts);
  if (why !== undefined) return say.skipped(why);
  if (bare?.kind === "open") return say.skipped("not tried, as the page wants no password");
  switch (sample) {
    case undefined:
      return say.skipped(bare === undefined ? notInTime(limitMs) : "not tried, as no stats page came back");
    case "accepted":
      return say.critical(
        `the password of the published sample is accepted (user ${samplePassword.username}): everybody knows it`,
        "Take that `stats auth` line out of the node's stats section, or change its password.",
      );
    case "refused":
      return say.ok("the password of the published sample is refused");
    case "not-known":
      return say.skipped("no answer to the password of the published sample");
  }
}

const closeAddress =
  "Bind the stats listener to the VPN's address alone (`haproxy.stats_bind`), or close the port to others: k3s-lb generate firewall.";

const whence: Readonly<Record<OtherAddress["from"], string>> = {
  name: "another address of the name",
  ssh: "where its ssh goes",
  machine: "another address of this machine",
};

function addressFindings(facts: NodeFacts): readonly Finding[] {
  const say = sayOf("addresses");
  const { node, resolution, connected, others, limitMs } = facts;
  const own = resolution?.kind === "found" ? resolution.addresses : [node.address];
  const open = connected?.ok ? own.filter(isPublic) : [];
  const findings = open.map((address) =>
    say.warning(`the stats port is open on a public address (${address})`, closeAddress),
  );
  if (others === undefined) return [...findings, say.skipped(whyNotAsked(facts) ?? notInTime(limitMs))];
  const told = others.map((other) => otherFinding(other, node.stats.port));
  if (findings.length + told.length > 0) return [...findings, ...told];
  return [say.ok("no other address of this node is known here")];
}

function otherFinding({ address, from, answer }: OtherAddress, port: number): Finding {
  const say = sayOf("addresses");
  const place = `${formatHostPort(address, port)} (${whence[from]})`;
  switch (answer) {
    case "silent":
      return say.ok(`${place} takes no connection`);
    case "other":
      return say.note(`${place} takes connections, but no stats page answers there`);
    case "open":
      return say.critical(`${place} shows a stats page without a password`, closeAddress);
    case "closed":
      return isPublic(address)
        ? say.warning(`${place}, a public address, answers too and wants a password`, closeAddress)
        : say.note(`${place} answers too, and wants a password`, closeAddress);
  }
}

/** Whether an address is one of the open internet; names and what is unreadable are not. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === "unicast";
}
