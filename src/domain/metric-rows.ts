import type { Family } from "./metric-families.ts";
import type { StatsRow } from "./stats.ts";
import { parseStatus, plainStatus } from "./status.ts";
import { cleanText } from "./text.ts";

/** Collects samples and makes rows of them. `labels` is the braces' text as it stands in the answer. */
export type MetricRows = {
  add(family: Family, labels: string, value: number | undefined): void;
  /** The rows in the order of a stats page: each proxy's servers, then its backend. */
  finish(): readonly StatsRow[];
};

type Draft = { -readonly [Key in keyof StatsRow]: StatsRow[Key] } & { state: string | undefined; isChecked: boolean };

/** These words have an HTTP status beside them, except while the next check is running. */
const withCode = new Set(["L7OK", "L7OKC", "L7STS"]);

/** Makes an empty collection. */
export function createMetricRows(): MetricRows {
  // The same labels come with every metric, so each is read once; a state label is cut off before.
  const byLabels = new Map<string, Draft | undefined>();
  const proxies = new Map<string, { readonly servers: Map<string, Draft>; backend: Draft | undefined }>();

  function draftOf(labels: string): Draft | undefined {
    if (byLabels.has(labels)) return byLabels.get(labels);
    const draft = findOrMake(labels);
    byLabels.set(labels, draft);
    return draft;
  }

  function findOrMake(labels: string): Draft | undefined {
    if (!labels.startsWith('{proxy="')) return undefined;
    const proxyName = value(labels, 8);
    const serverAt = labels.lastIndexOf(',server="');
    const proxy = proxies.get(proxyName) ?? { servers: new Map<string, Draft>(), backend: undefined };
    proxies.set(proxyName, proxy);
    if (serverAt === -1) {
      proxy.backend ??= newDraft(proxyName, "BACKEND", "backend");
      return proxy.backend;
    }
    const name = value(labels, serverAt + 9);
    const server = proxy.servers.get(name) ?? newDraft(proxyName, name, "server");
    proxy.servers.set(name, server);
    return server;
  }

  return {
    add(family, labels, number) {
      if (family.kind === "number") {
        const draft = draftOf(labels.slice(0, -1));
        if (draft === undefined || number === undefined || number < 0) return;
        draft[family.field] = family.factor === 1 ? number : Math.round(number * family.factor);
        return;
      }
      const stateAt = labels.lastIndexOf(',state="');
      if (stateAt === -1) return;
      const draft = draftOf(labels.slice(0, stateAt));
      if (draft === undefined) return;
      if (family.kind === "check-status") draft.isChecked = true;
      if (number !== 1) return;
      if (family.kind === "status") draft.state = value(labels, stateAt + 8);
      if (family.kind === "check-status") draft.checkStatus = value(labels, stateAt + 8);
    },
    finish: () =>
      [...proxies.values()].flatMap(({ servers, backend }) => [
        ...[...servers.values()].map(finishServer),
        ...(backend === undefined ? [] : [finishBackend(backend)]),
      ]),
  };
}

/**
 * Reads a label's value from `start` to its closing quote. Names need no escapes (HAProxy's alphabet has none that
 * would); a `desc` label, which HAProxy leaves unescaped, stands between proxy and server and is passed over.
 */
function value(labels: string, start: number): string {
  const end = labels.indexOf('"', start);
  return cleanText(labels.slice(start, end === -1 ? undefined : end));
}

function finishServer({ state, isChecked, ...row }: Draft): StatsRow {
  const hasCode = row.checkCode !== undefined && row.checkCode > 0;
  return {
    ...row,
    status: parseStatus(state === "UP" && !isChecked ? "no check" : (state ?? "unknown")),
    checkRunning: row.checkStatus !== undefined && withCode.has(row.checkStatus) && !hasCode,
    checkCode: hasCode ? row.checkCode : undefined,
    // Metrics keep the duration of the last check in MAINT, where the stats page empties it with the rest.
    checkDurationMs: isChecked ? row.checkDurationMs : undefined,
  };
}

function finishBackend({ state, isChecked: _, ...row }: Draft): StatsRow {
  return { ...row, status: plainStatus(state ?? "unknown") };
}

function newDraft(proxy: string, name: string, type: "server" | "backend"): Draft {
  return {
    state: undefined,
    isChecked: false,
    proxy,
    name,
    type,
    status: plainStatus("unknown"),
    weight: undefined,
    userWeight: undefined,
    active: undefined,
    backup: undefined,
    queue: undefined,
    sessions: undefined,
    sessionsMax: undefined,
    sessionsTotal: undefined,
    sessionsPerSecond: undefined,
    bytesIn: undefined,
    bytesOut: undefined,
    connectErrors: undefined,
    connectRetries: undefined,
    redispatches: undefined,
    clientAborts: undefined,
    serverAborts: undefined,
    checkFailures: undefined,
    downTransitions: undefined,
    sinceChangeSeconds: undefined,
    downtimeSeconds: undefined,
    chosenTotal: undefined,
    requestsTotal: undefined,
    lastSessionSeconds: undefined,
    connectTimeMs: undefined,
    tracked: undefined,
    checkStatus: undefined,
    checkRunning: false,
    checkCode: undefined,
    checkDurationMs: undefined,
    checkRise: undefined,
    checkFall: undefined,
    checkHealth: undefined,
    lastCheckText: undefined,
    checkDescription: undefined,
    agentStatus: undefined,
    lastAgentText: undefined,
    address: undefined,
    mode: undefined,
  };
}
