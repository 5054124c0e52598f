import type { ServerCommand } from "./server-line.ts";

/** What HAProxy puts behind `;st=`. */
export type FormVerdict = "DONE" | "PART" | "ERRP" | "NONE" | "EXCD" | "DENY";

/** One POST to the stats page. `body` is one character a byte; `isAllowed` is what `stats admin if …` said. */
export type AdminRequest = { readonly body: string; readonly isAllowed: boolean };

/**
 * What the form acts on. `apply` does one command on one server; `isIn` tells the old words (`disable`, `stop` …)
 * whether there is anything to change, as they count only then.
 */
export type FormTarget = {
  readonly limitBytes: number;
  backendOf(nameOrId: string): string | undefined;
  hasServer(backend: string, server: string): boolean;
  isIn(server: string, state: "maint" | "drain"): boolean;
  apply(server: string, command: ServerCommand | "shutdown"): void;
};

type Action = {
  readonly command: ServerCommand | "shutdown";
  readonly onlyUnless?: readonly ["maint" | "drain", boolean];
};

// Agent checks are not configured here, and HAProxy counts no server for an agent word then: they end as NONE.
const actions: Readonly<Record<string, Action | "uncounted">> = {
  ready: { command: "ready" },
  drain: { command: "drain" },
  maint: { command: "maint" },
  shutdown: { command: "shutdown" },
  dhlth: { command: "dhlth" },
  ehlth: { command: "ehlth" },
  hrunn: { command: "hrunn" },
  hnolb: { command: "hnolb" },
  hdown: { command: "hdown" },
  disable: { command: "disable", onlyUnless: ["maint", true] },
  enable: { command: "enable", onlyUnless: ["maint", false] },
  stop: { command: "stop", onlyUnless: ["drain", true] },
  start: { command: "start", onlyUnless: ["drain", false] },
  dagent: "uncounted",
  eagent: "uncounted",
  arunn: "uncounted",
  adown: "uncounted",
};

const longestPair = 2047;

/**
 * Reads the admin form as HAProxy does, from its end, and acts.
 * Shape: the last `b` and the last `action` win; several `s` may stand anywhere; a broken percent escape ends the
 * reading there, so that only what stands to its right counts.
 * Source: HAProxy src/stats-html.c (stats_process_http_post); every answer seen on 2.6.12.
 */
export function judgeForm(request: AdminRequest, target: FormTarget): FormVerdict {
  if (!request.isAllowed) return "DENY";
  if (request.body.length > target.limitBytes) return "EXCD";
  let backend: string | undefined;
  let action: Action | "uncounted" | undefined;
  const servers: string[] = [];
  for (const pair of request.body === "" ? [] : request.body.split("&").reverse()) {
    if (pair.length > longestPair) return "ERRP";
    const [key, value] = decodePair(pair);
    if (key === undefined || value === undefined) break;
    if (key === "b" && backend === undefined) {
      backend = target.backendOf(value);
      if (backend === undefined) return "ERRP";
    } else if (key === "action" && action === undefined) {
      action = Object.hasOwn(actions, value) ? actions[value] : undefined;
      if (action === undefined) return "ERRP";
    } else if (key === "s") servers.push(value);
  }
  if (backend === undefined || action === undefined) return "NONE";
  return act(backend, action, servers, target);
}

function act(
  backend: string,
  action: Action | "uncounted",
  servers: readonly string[],
  target: FormTarget,
): FormVerdict {
  let counted = 0;
  let altered = 0;
  for (const server of servers) {
    if (!target.hasServer(backend, server)) counted++;
    else if (action !== "uncounted") {
      const [state, wanted] = action.onlyUnless ?? [];
      if (state !== undefined && target.isIn(server, state) === wanted) continue;
      target.apply(server, action.command);
      counted++;
      altered++;
    }
  }
  if (counted === 0) return "NONE";
  if (altered === 0) return "ERRP";
  return altered === counted ? "DONE" : "PART";
}

function decodePair(pair: string): readonly [string | undefined, string | undefined] {
  const equals = pair.indexOf("=");
  const [key, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
  return [decode(key), decode(value)];
}

/** Undoes percent escapes and `+`, byte by byte; `undefined` for an escape that is none. */
function decode(text: string): string | undefined {
  if (/%(?![0-9a-f]{2})/i.test(text)) return undefined;
  return text
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
