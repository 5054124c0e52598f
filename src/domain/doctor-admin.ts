import type { AdminRight } from "./admin-right.ts";
import { sshTarget } from "./describe-reply.ts";
import { type NodeFacts, notInTime, whyNotAsked } from "./doctor-facts.ts";
import { type Finding, sayOf } from "./doctor-finding.ts";
import type { PollFailure } from "./failure.ts";
import type { AdminRule } from "./inventory.ts";

/** Whether the node takes orders, by which way, and which of them `auto` would take. */
export function adminFindings(facts: NodeFacts, rule: AdminRule): readonly Finding[] {
  return [adminFinding(facts, rule), sshFinding(facts, rule), routeFinding(facts, rule)];
}

const openToAll =
  "Write `stats admin if LOCALHOST` there (k3s-lb generate haproxy), or say who may: `haproxy.admin.from` in the fleet file.";

/** A group holds at loopback too, so that no other way helps. */
const asGroup =
  "Orders go by a user of group admin: give its name and password in K3S_LB_STATS_USERNAME (k3s-lb-admin, where k3s-lb generate haproxy made it) and K3S_LB_STATS_PASSWORD.";

function adminFinding(facts: NodeFacts, rule: AdminRule): Finding {
  const say = sayOf("admin");
  const { right, loopback, isHere, limitMs } = facts;
  const why = whyNotAsked(facts);
  if (why !== undefined) return say.skipped(why);
  if (isHere && loopback === "allowed") return say.ok("takes orders at its own loopback, which is this machine's");
  switch (right) {
    case undefined:
      return say.skipped(facts.page?.ok === false ? "not asked, as no page came back" : notInTime(limitMs));
    case "allowed":
      if (rule.kind === "localhost" && !isHere && !isLoopback(facts.node.address)) {
        return say.warning(
          "takes orders from this machine, though the fleet file has them from the node itself only",
          openToAll,
        );
      }
      return say.ok("takes orders from here (the empty form answers NONE)");
    case "denied":
      return deniedFinding(facts, rule);
    case "unauthorized":
      return say.warning(
        "the page is shown, but the form is answered with 401",
        "Is something in front of HAProxy asking for another password? Compare that node's `stats auth` lines.",
      );
    case "unknown":
      return say.warning(
        "the form is not answered as HAProxy answers it",
        "Is something between here and the node changing requests? Orders will not arrive this way.",
      );
  }
}

function deniedFinding({ isHere, loopback }: NodeFacts, rule: AdminRule): Finding {
  const say = sayOf("admin");
  if (isHere && loopback === "denied" && rule.kind !== "group") {
    return say.warning(
      "takes no orders, not even at its own loopback (DENY)",
      "Add `stats admin if LOCALHOST` to its stats section: k3s-lb generate haproxy.",
    );
  }
  switch (rule.kind) {
    case "localhost":
      return say.ok("takes no orders from here (DENY), as `stats admin if LOCALHOST` has it");
    case "from":
      return say.note(
        "takes no orders from here (DENY): this machine is none of `haproxy.admin.from`, or the rule is not on the node",
        "Add this machine's address to `haproxy.admin.from` and bring haproxy.cfg to the node, or go by ssh.",
      );
    case "group":
      return say.note(
        "takes no orders from here (DENY): the user is not in the group of `http_auth_group`, or the rule is not on the node",
        asGroup,
      );
  }
}

function sshFinding({ ssh, limitMs }: NodeFacts, rule: AdminRule): Finding {
  const say = sayOf("ssh");
  switch (ssh?.kind) {
    case undefined:
      return say.skipped(notInTime(limitMs));
    case "skipped":
      return say.skipped(ssh.why);
    case "failed":
      if (isRefused(ssh.failure))
        return say.skipped("ssh gets there, but the page does not open without the right password");
      return say.note(`no way by ssh: ${ssh.failure.detail}`, ssh.hint);
    case "reached":
      if (ssh.right === "allowed") return say.ok("takes orders through ssh, at its own loopback");
      if (ssh.right === "denied" && rule.kind === "group") {
        return say.note("ssh gets there, but no orders are taken from this user (DENY)", asGroup);
      }
      return say.warning(
        `ssh gets there, but HAProxy takes no orders at its own loopback (${words[ssh.right]})`,
        "Add `stats admin if LOCALHOST` to that node's stats section: k3s-lb generate haproxy.",
      );
  }
}

const words: Readonly<Record<AdminRight, string>> = {
  allowed: "NONE",
  denied: "DENY",
  unauthorized: "401",
  unknown: "no answer of HAProxy's",
};

/** What is open in principle and what of it `admin.via` lets be used. */
function routeFinding(facts: NodeFacts, rule: AdminRule): Finding {
  const say = sayOf("route");
  const { node, ssh, right, loopback, isHere, socket, limitMs } = facts;
  const { via } = node.admin;
  if (via === "socket") return socketFinding(facts);
  const open = [
    ...(isHere && loopback === "allowed" && via === "auto" ? ["loopback"] : []),
    ...(right === "allowed" && via !== "ssh" ? ["http"] : []),
    ...(ssh?.kind === "reached" && ssh.right === "allowed" && via !== "http" ? ["ssh"] : []),
  ];
  const [first] = open;
  const by = via === "auto" ? "auto" : `admin.via: ${via}`;
  if (first !== undefined) return say.ok(`an order would go by ${first} (${by})`);
  if (ssh === undefined && socket === undefined && right === undefined) return say.skipped(notInTime(limitMs));
  if (facts.page?.ok === false && isRefused(facts.page.failure)) {
    return say.skipped("not known without the right password");
  }
  if (rule.kind === "group" && right === "denied") {
    return say.note(`no orders are taken from this user (${by}); the fleet file has them from group admin`, asGroup);
  }
  if (ssh?.kind === "skipped" && via !== "http" && !isHere) {
    return say.skipped(`not by http; ssh was not tried: ${ssh.why}`);
  }
  const hint = ssh?.kind === "failed" ? ssh.hint : undefined;
  return say.warning(
    `no order can reach it (${by}): a master cannot be drained on this node from here`,
    hint ?? `Let ssh into it (ssh ${sshTarget(node)} true), or let this machine give orders: \`haproxy.admin.from\`.`,
  );
}

function socketFinding({ socket, limitMs }: NodeFacts): Finding {
  const say = sayOf("route");
  switch (socket?.kind) {
    case undefined:
      return say.skipped(notInTime(limitMs));
    case "reached":
      return say.ok("its socket answers (admin.via: socket); whether it takes orders only an order shows");
    case "failed":
      return say.warning(
        `its socket cannot be had (admin.via: socket): ${socket.failure.detail}`,
        socket.hint ?? "Set `admin.socket`, or another `admin.via`.",
      );
  }
}

function isRefused({ kind }: PollFailure): boolean {
  return kind === "unauthorized";
}

/** All of loopback is local to HAProxy, and to the rule. */
export function isLoopback(address: string): boolean {
  return address === "::1" || address === "localhost" || /^127\./.test(address);
}
