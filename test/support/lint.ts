import type { LintFinding } from "../../src/domain/lint-report.ts";
import { lint } from "../../src/lint/lint.ts";
import type { LintContext } from "../../src/lint/rule.ts";

/** A configuration of this pattern in which no rule finds anything. */
export const cleanCfg: string = `global
  stats socket /run/haproxy/admin.sock mode 660 level admin
  server-state-file /var/lib/haproxy/server-state
  node node01
  ssl-default-server-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256

defaults
  log stdout format raw local0
  mode tcp
  timeout connect 5s
  timeout client 50s
  timeout server 50s

userlist people
  user admin insecure-password "\${K3S_LB_STATS_PASSWORD}"
  user viewer insecure-password "\${K3S_LB_VIEWER_PASSWORD}"

listen stats
  bind 0.0.0.0:1936
  mode http
  stats enable
  stats uri /
  stats show-legends
  stats admin if LOCALHOST
  http-request auth realm k3s-lb unless { http_auth(people) }
  http-request use-service prometheus-exporter if { path /metrics }

frontend api
  bind 127.0.0.1:16443
  option tcplog
  option contstats
  option clitcpka
  default_backend masters

backend masters
  option httpchk GET /readyz
  http-check expect status 200
  option redispatch
  option srvtcpka
  timeout tunnel 24h
  load-server-state-from-file global
  default-server check inter 1s on-marked-down shutdown-sessions slowstart 30s init-addr last,libc,none
  server m1 master-1:6443 check-ssl verify none
  server m2 master-2:6443 check-ssl verify none
`;

/** The clean configuration with one thing in it changed. Throws where that thing is not in it. */
export function changed(from: string | RegExp, to: string): string {
  const text = cleanCfg.replace(from, to);
  if (text === cleanCfg) throw new Error(`the clean configuration has no ${from}`);
  return text;
}

/** Everything that the rules find, those that a comment allows included. */
export function findingsOf(text: string, context: Partial<LintContext> = {}): readonly LintFinding[] {
  const whole = { fleet: undefined, version: undefined, caAtHand: undefined, ...context };
  return lint([{ file: "haproxy.cfg", text }], whole).findings;
}

/** In short: "LB010 backend masters: what is there", with the line's own words left to the tests that ask for them. */
export function found(text: string, context: Partial<LintContext> = {}): readonly string[] {
  return findingsOf(text, context).map(({ id, section, text: words }) => `${id} ${section}: ${words}`);
}
