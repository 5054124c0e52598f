import type { Fleet } from "../domain/inventory.ts";
import { selectorsOf } from "./promql.ts";

/**
 * A recording rule. `about` says what its value is; it is the comment above the rule and the README's row.
 * Shape: names are `k3s_lb:<level>_<what>:<how>`. The levels and their labels: `server` is one server line on one node
 * (the node's labels, `proxy`, `server`), `node` one node (its labels), `master` one master over all nodes (`cluster`,
 * `proxy`, `server`), `fleet` the whole (`cluster`).
 */
export type RecordingRule = { readonly record: string; readonly expr: string; readonly about: string };

const perMaster = "by (cluster, proxy, server)";
const sameCell = "on (cluster, node, proxy, server)";

/**
 * What the fleet is, in the terms of `status`: who takes new connections, who has a vote, how the votes fall.
 * Shape: in the order in which Prometheus has to evaluate them, as later ones read earlier ones.
 * Source: design §4 (votes), haproxy-facts §7 (`UP` is also "no check"; a drained DOWN server is `DOWN`).
 */
export function recordingRules(fleet: Fleet): readonly RecordingRule[] {
  const { targets, cells, recorded } = selectorsOf(fleet);
  const own = (name: string): string => `k3s_lb:${name}{${recorded}}`;
  const raw = (name: string): string => `haproxy_server_${name}{${cells}}`;
  const state = (test: string): string => `haproxy_server_status{${cells},state${test}}`;
  const voting = `and on (cluster, node) ${own("node_vote:bool")}`;
  const rule = (name: string, expr: string, about: string): RecordingRule => ({
    record: `k3s_lb:${name}`,
    expr,
    about,
  });
  const usableHere = `and ${sameCell} ${own("server_usable:bool")} == 1`;
  const rateOf = (name: string): string => `rate(haproxy_server_${name}{${cells}}[5m])`;

  return [
    rule(
      "server_usable:bool",
      `${state('="UP"')}\n  * ignoring (state) (${raw("weight")} > bool 0)`,
      "1 where a node sends a master new connections: UP, with a weight",
    ),
    rule(
      "server_down:bool",
      `sum without (state) (${state('=~"DOWN|NOLB"')})`,
      "1 where its checks fail or it asks for no connections; may hide a drain",
    ),
    rule(
      "server_out:bool",
      `1 - ${own("server_usable:bool")} - ${own("server_down:bool")}`,
      "1 where it is out of service by order: DRAIN, MAINT, or weight 0",
    ),
    rule(
      "server_pinned_sessions:current",
      `${raw("current_sessions")}\n  * (1 - ${own("server_usable:bool")})`,
      "sessions still open where a master takes no new ones",
    ),
    rule(
      "node_usable_masters:sum",
      `sum without (proxy, server) (${own("server_usable:bool")})`,
      "masters that a node can use; 0 is a node cut off",
    ),
    rule(
      "node_masters:count",
      `count without (proxy, server) (${raw("weight")})\n  or (up{${targets}} == 1) * 0`,
      "masters of the fleet file that have a server line on a node",
    ),
    rule(
      "node_starts:changes10m",
      `changes(haproxy_process_start_time_seconds{${targets}}[10m])`,
      "starts and reloads of a node's HAProxy within ten minutes",
    ),
    rule(
      "node_vote:bool",
      `(${own("node_usable_masters:sum")} > 0 or on (cluster) ${own("node_usable_masters:sum")}) >= bool 0`,
      "1 for nodes with a vote on masters; one that can use none has no vote while others can",
    ),
    rule(
      "master_nodes:sum",
      `sum by (cluster, proxy, server, state) (${state('=~".+"')} ${voting})`,
      "voting nodes by what they say of a master, in the label state: UP, DOWN, DRAIN, MAINT, NOLB",
    ),
    rule(
      "master_usable_nodes:sum",
      `sum ${perMaster} (${own("server_usable:bool")} ${voting})`,
      "voting nodes that can use a master",
    ),
    rule(
      "master_down_nodes:sum",
      `sum ${perMaster} (${own("server_down:bool")} ${voting})`,
      "voting nodes that see it down",
    ),
    rule(
      "master_out_nodes:sum",
      `sum ${perMaster} (${own("server_out:bool")} ${voting})`,
      "voting nodes where it is out of service by order",
    ),
    rule(
      "master_disagreement:sum",
      `sum ${perMaster} (${own("master_nodes:sum")})\n  - max ${perMaster} (${own("master_nodes:sum")})`,
      "voting nodes whose opinion of a master differs from that of the most",
    ),
    rule(
      "master_sessions:sum",
      `sum ${perMaster} (${raw("current_sessions")})`,
      "sessions that the nodes hold to a master",
    ),
    rule(
      "master_sessions:ratio",
      `${own("master_sessions:sum")}\n  / on (cluster) group_left () (sum by (cluster) (${own("master_sessions:sum")}) > 0)`,
      "its share of all sessions, 0 to 1",
    ),
    rule(
      "master_pinned_sessions:sum",
      `sum ${perMaster} (${own("server_pinned_sessions:current")})`,
      "sessions on nodes that send a master no new ones",
    ),
    rule(
      "master_check_codes:count",
      `count_values ${perMaster} ("code",\n  max_over_time(${raw("check_code")}[2m]) > 0\n  ${usableHere}\n)`,
      "nodes that see it up, by what its check was answered with, in the label code: 401 is weak, 200 is ready",
    ),
    rule(
      "master_check_results:sum",
      `sum by (cluster, proxy, server, state) (${raw("check_status")} ${voting}) > 0`,
      "voting nodes by how its check fails, in the label state: L4CON, L4TOUT, L6RSP, L7STS, ...",
    ),
    rule(
      "master_check_seconds:median",
      `quantile ${perMaster} (0.5, ${raw("check_duration_seconds")} ${usableHere})`,
      "duration of its check over the nodes that see it up: the median",
    ),
    rule(
      "master_check_seconds:max",
      `max ${perMaster} (${raw("check_duration_seconds")} ${usableHere})`,
      "the same: the slowest node",
    ),
    rule(
      "master_connect_errors:rate5m",
      `sum ${perMaster} (\n  ${rateOf("connection_errors_total")}\n  + ${rateOf("retry_warnings_total")}\n)`,
      "failed tries to connect to it, per second",
    ),
    rule(
      "master_connect_errors:ratio_rate5m",
      `${own("master_connect_errors:rate5m")}\n  / (sum ${perMaster} (${rateOf("connection_attempts_total")}) > 0)`,
      "failed tries among all tries",
    ),
    rule("fleet_nodes:count", `count by (cluster) (up{${targets}})`, "nodes that Prometheus knows"),
    rule("fleet_nodes_scraped:sum", `sum by (cluster) (up{${targets}})`, "nodes that answered the last scrape"),
    rule(
      "fleet_usable_masters:sum",
      `sum by (cluster) (${own("master_usable_nodes:sum")} > bool 0)`,
      "masters that some voting node can use",
    ),
    rule(
      "fleet_versions:count",
      `count by (cluster, version) (haproxy_process_build_info{${targets}})`,
      "nodes by the HAProxy that they run, in the label version",
    ),
  ];
}
