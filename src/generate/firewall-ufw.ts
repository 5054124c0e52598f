import { shellWord } from "../domain/shell-word.ts";
import { portNotes, sourceNotes } from "./firewall-notes.ts";
import type { FirewallPorts } from "./firewall-ports.ts";
import type { FirewallSources } from "./firewall-sources.ts";
import { hashComment } from "./hash-comment.ts";

// netfilter's multiport, which ufw writes, takes no more in one rule.
const PORTS_A_RULE = 15;

/**
 * The same rules as commands for ufw.
 * Shape: rules are written as `ufw show added` prints them, since the script finds its own older ones by that text.
 * Source: ufw(8): the first rule that matches decides; `prepend` puts a rule before all others of its address family.
 * ufw 0.36.2 backend_iptables.py (set_rule): rules that differ in their action alone are the same rule.
 */
export function ufwScript(ports: FirewallPorts, sources: FirewallSources): string {
  const lists = chunks(ports.all).map((list) => list.join(","));
  const denies = lists.map((list) => `deny ${list}/tcp`);
  const allows = lists.flatMap((list) => froms(sources).map((from) => `allow ${from} to any port ${list} proto tcp`));
  const rules = [...denies, ...allows].map((rule) => `rule ${rule.split(" ").map(shellWord).join(" ")}\n`).join("");
  return `#!/bin/sh
${hashComment([...head, ...portNotes(ports), ...sourceNotes(sources)])}set -eu
[ $# -eq 0 ] || { echo "$0 takes no arguments: it sets the rules at once" >&2; exit 2; }

# Puts a rule before all others. ufw keeps one rule for what a rule is about, and prepends nothing, without a word, where
# there is one, be it to the contrary: so it is put right first, and moved then.
wanted=
rule() {
  wanted="$wanted
$*"
  ufw "$@" >/dev/null
  ufw delete "$@" >/dev/null
  ufw prepend "$@" comment k3s-lb
}

# The first rule that matches decides: what is denied goes in first, so that what is allowed stands above it.
${rules}
# What an earlier version of this file has put in, and this one has not.
ufw show added | sed -n "s/^ufw \\(.*\\) comment 'k3s-lb'\\$/\\1/p" | while read -r old; do
  if ! printf '%s\\n' "$wanted" | grep -qxF -e "$old"; then
    # shellcheck disable=SC2086 # the words of a rule, which have no blanks or patterns in them
    ufw delete $old </dev/null
  fi
done
`;
}

const head = [
  "Written by k3s-lb generate firewall, for ufw 0.36 or later. On every node, as root: sh k3s-lb-ufw.sh",
  "It may be run as often as one likes. It does not enable ufw: before `ufw enable`, allow ssh, and the ports of k3s.",
  "",
];

function froms(sources: FirewallSources): readonly string[] {
  if (sources.kind === "interface") return [`in on ${sources.name}`];
  return [...sources.ipv4, ...sources.ipv6].map((address) => `from ${address}`);
}

function chunks(ports: readonly number[]): readonly (readonly number[])[] {
  const count = Math.ceil(ports.length / PORTS_A_RULE);
  return Array.from({ length: count }, (_, i) => ports.slice(i * PORTS_A_RULE, (i + 1) * PORTS_A_RULE));
}
