import type { CfgProxy } from "../domain/cfg-proxy.ts";
import { heldLines } from "../domain/cfg-proxy.ts";
import { type Hit, hitAt, hitOn, type LintRule } from "./rule.ts";

export const keepalive: LintRule = {
  id: "LB011",
  name: "keepalive",
  severity: "note",
  finds: "no TCP keep-alive towards clients or masters",
  reason: "a peer that vanished without a word holds its session until a timeout, which is long or none for tunnels",
  fix: "option clitcpka in the frontend, option srvtcpka in the backend",
  find: ({ pattern: { frontends, backends } }) => {
    // The two sides of one session: what is said of it in one section holds for both.
    const sections = [...frontends, ...backends].flatMap(({ section, defaults }) => [section, ...defaults]);
    const both = (hit: Hit): Hit => ({ ...hit, sections: [...hit.sections, ...sections] });
    return [
      ...frontends.flatMap((frontend) => missing(frontend, "clitcpka", "tcpka")).map(both),
      ...backends.flatMap((backend) => missing(backend, "srvtcpka", "tcpka")).map(both),
    ];
  },
};

export const contstats: LintRule = {
  id: "LB013",
  name: "contstats",
  severity: "warning",
  finds: "no option contstats in a frontend that leads to the masters",
  reason: "the bytes of a session are counted when it ends: a watch of a day counts for nothing all day",
  fix: "option contstats",
  find: ({ pattern }) => pattern.frontends.flatMap((frontend) => missing(frontend, "contstats")),
};

export const redispatch: LintRule = {
  id: "LB016",
  name: "redispatch",
  severity: "note",
  finds: "no option redispatch in the backend of the masters",
  reason: "a connection that one master refuses is tried there again and fails, with other masters ready",
  fix: "option redispatch",
  find: ({ pattern }) => pattern.backends.flatMap((backend) => missing(backend, "redispatch")),
};

/** Each says how a connection is logged; the last one set holds. */
const LOGS = ["tcplog", "httplog", "httpslog"];

export const tcplog: LintRule = {
  id: "LB014",
  name: "tcplog",
  severity: "note",
  finds: "a TCP frontend that does not log as one",
  reason: "the log says nothing of which master a connection went to, how long it took and who ended it",
  fix: "option tcplog",
  find: ({ pattern }) => pattern.frontends.filter(({ mode }) => mode.value === "tcp").flatMap(logOf),
};

function missing(proxy: CfgProxy, option: string, other: string = option): readonly Hit[] {
  if (proxy.options.has(option) || proxy.options.has(other)) return [];
  return [hitOn(proxy, `no option ${option}`, { fix: `option ${option}` })];
}

function logOf(frontend: CfgProxy): readonly Hit[] {
  if (heldLines(frontend, "log-format").length > 0) return [];
  const last = [...frontend.options.keys()].findLast((name) => LOGS.includes(name));
  if (last === "tcplog") return [];
  const line = last === undefined ? undefined : frontend.options.get(last);
  if (line === undefined || !frontend.section.lines.includes(line)) {
    const text = line === undefined ? "no option tcplog" : `option ${last} (line ${line.number}) in a TCP frontend`;
    return [hitOn(frontend, text)];
  }
  return [hitAt(line, frontend, `option ${last} in a TCP frontend`)];
}
