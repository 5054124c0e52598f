import type { HaproxySection } from "./haproxy-section.ts";

const ERRORS = ["400", "403", "408", "500", "502", "503", "504"];

/**
 * The section `defaults`, for whatever else the file may come to hold: the pattern's sections say all they need themselves.
 * Shape: `option httplog` of the sample stands in the stats listener, as HAProxy warns of it where TCP is balanced.
 */
export function defaultsSection(): HaproxySection {
  return {
    keyword: "defaults",
    name: "",
    lines: [
      { words: ["log", "global"] },
      { words: ["mode", "http"] },
      { words: ["option", "dontlognull"] },
      { words: ["timeout", "connect", "5s"] },
      { words: ["timeout", "client", "50s"] },
      { words: ["timeout", "server", "50s"] },
      ...ERRORS.map((code) => ({ words: ["errorfile", code, `/etc/haproxy/errors/${code}.http`] })),
    ],
  };
}
