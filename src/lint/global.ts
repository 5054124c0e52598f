import { linesOf } from "../domain/cfg-file.ts";
import { readCfgParams } from "../domain/cfg-params.ts";
import { heldLines } from "../domain/cfg-proxy.ts";
import { hitOn, type LintRule } from "./rule.ts";

export const adminSocket: LintRule = {
  id: "LB020",
  name: "admin-socket",
  severity: "warning",
  finds: "no stats socket with level admin",
  reason: "the socket, which still works when the stats page does not, can show but takes no drain and no maintenance",
  fix: "stats socket /run/haproxy/admin.sock mode 660 level admin",
  find: ({ pattern: { global } }) => {
    const sockets = global.flatMap((section) => linesOf(section, "stats", "socket"));
    const [header] = global;
    if (header === undefined) return [];
    if (sockets.some(({ words }) => readCfgParams(words.slice(3)).get("level") === "admin")) return [];
    const [first] = sockets;
    if (first === undefined) return [{ at: header.header, sections: global, text: "no stats socket" }];
    const level = readCfgParams(first.words.slice(3)).get("level") ?? "operator, the default";
    const fix = `${first.words.slice(0, 3).join(" ")} mode 660 level admin`;
    return [{ at: first, sections: global, text: `the stats socket has level ${level}`, fix }];
  },
};

export const nodeName: LintRule = {
  id: "LB055",
  name: "node-name",
  severity: "note",
  finds: "no node name in global",
  reason: "the stats page and the logs do not say which of many alike nodes they come from, but for its host name",
  fix: "node <the node's name in the fleet file>",
  find: ({ pattern: { global } }) => {
    const [first] = global;
    if (first === undefined || global.some((section) => linesOf(section, "node").length > 0)) return [];
    return [{ at: first.header, sections: global, text: "no node" }];
  },
};

const STATE_FILE = "server-state-file /var/lib/k3s-lb-haproxy/servers in global";
const LOAD_STATE = "load-server-state-from-file global in the backend";

export const stateFile: LintRule = {
  id: "LB052",
  name: "state-file",
  severity: "warning",
  finds: "no state file, or one that the backend of the masters does not load",
  reason: "a reload or a restart forgets every drain and maintenance, and the master gets connections again",
  fix: `${STATE_FILE}, ${LOAD_STATE}`,
  find: ({ pattern: { global, backends } }) =>
    backends.flatMap((backend) => {
      const loads = heldLines(backend, "load-server-state-from-file").at(-1)?.words[1] ?? "none";
      if (loads === "local") return [];
      // A file without a global section is a part of another: what is in the other nobody knows.
      if (global.length === 0) return [];
      const hasFile = global.some((each) => linesOf(each, "server-state-file").length > 0);
      if (hasFile && loads === "global") return [];
      const sections = [backend.section, ...backend.defaults, ...global];
      const lacks = [
        ...(hasFile ? [] : [{ text: "no server-state-file in global", fix: STATE_FILE }]),
        ...(loads === "global" ? [] : [{ text: "no load-server-state-from-file global here", fix: LOAD_STATE }]),
      ];
      const text = lacks.map((one) => one.text).join(", ");
      return [hitOn(backend, text, { sections, fix: lacks.map(({ fix }) => fix).join(", ") })];
    }),
};
