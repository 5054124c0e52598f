import { defaultAdminSettings } from "./admin-settings.ts";
import { CLUSTER_COLORS } from "./cluster-color.ts";
import { defaultEventSettings } from "./default-event-settings.ts";
import { defaultHaproxySettings } from "./default-haproxy-settings.ts";
import type { Fleet, FleetCheck, FleetNode, Master, StatsEndpoint, TlsSettings } from "./inventory.ts";
import { isObject, isText, isWhole, parseJson, readAll } from "./recording-values.ts";
import { cleanText } from "./text.ts";

/** How a recording was made. `isAlone`: it was judged by the fleet's own backend only. Units: `wallMs` Unix time. */
export type RecordingHead = { readonly fleet: Fleet; readonly isAlone: boolean; readonly wallMs: number };

/** The first line of a file, read. `other`: it is none of ours. `later`: made by a later version. */
export type ReadHead =
  | { readonly kind: "head"; readonly head: RecordingHead }
  | { readonly kind: "other" }
  | { readonly kind: "later"; readonly version: string };

/** A later form of the lines, within the same apiVersion, has a greater number. */
const format = 1;
const apiVersion = "k3s-lb/v1";

/**
 * The first line of a recording.
 * Shape: what the screens show of the fleet and nothing else: no user name, no password or where it is to be had, no ssh,
 * no paths of files. Of TLS it only says that it is there, and whether certificates are verified.
 */
export function writeHead({ fleet, isAlone, wallMs }: RecordingHead): string {
  const { backend, check, cluster, color, frontend, masters, nodes } = fleet;
  return JSON.stringify({
    apiVersion,
    kind: "Recording",
    format,
    recordedAt: new Date(wallMs).toISOString(),
    isAlone,
    cluster,
    ...(color === undefined ? {} : { color }),
    backend,
    frontend: { name: frontend.name, bind: frontend.bind },
    check: { expect: check.expect, intervalMs: check.intervalMs, rise: check.rise, fall: check.fall },
    masters: masters.map(({ name, address }) => ({ name, address })),
    nodes: nodes.map(({ name, address, labels, stats, poll }) => ({
      name,
      address,
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      port: stats.port,
      ...(stats.tls === undefined ? {} : { https: stats.tls.insecure ? "unverified" : "verified" }),
      intervalMs: poll.intervalMs,
      timeoutMs: poll.timeoutMs,
    })),
  });
}

/** Reads the first line of a file; never throws. All texts are cleaned, as they are drawn on a terminal. */
export function readHead(line: string): ReadHead {
  const value = parseJson(line);
  if (!isObject(value) || value["kind"] !== "Recording" || typeof value["apiVersion"] !== "string") return other;
  if (!value["apiVersion"].startsWith("k3s-lb/")) return other;
  const isLater =
    value["apiVersion"] !== apiVersion || (typeof value["format"] === "number" && value["format"] > format);
  if (isLater) return { kind: "later", version: cleanText(`${value["apiVersion"]} format ${value["format"]}`, 60) };
  const { backend, cluster, frontend, isAlone, recordedAt } = value;
  const check = readCheck(value["check"]);
  const masters = readAll(value["masters"], readMaster);
  const nodes = readAll(value["nodes"], readNode);
  if (
    check === undefined ||
    masters === undefined ||
    nodes === undefined ||
    nodes.length === 0 ||
    nodes.length > mostNodes
  )
    return other;
  if (!isText(backend) || !isText(cluster) || !isObject(frontend) || !isText(recordedAt)) return other;
  const wallMs = Date.parse(recordedAt);
  if (!isText(frontend["name"]) || !isText(frontend["bind"]) || Number.isNaN(wallMs)) return other;
  if (new Set(nodes.map(({ name }) => name)).size !== nodes.length) return other;
  const fleet: Fleet = {
    cluster: cleanText(cluster),
    color: CLUSTER_COLORS.find((color) => color === value["color"]),
    backend: cleanText(backend),
    frontend: { name: cleanText(frontend["name"]), bind: cleanText(frontend["bind"]) },
    check,
    masters,
    nodes,
    admin: { locked: true },
    haproxy: defaultHaproxySettings,
    events: defaultEventSettings,
  };
  return { kind: "head", head: { fleet, isAlone: isAlone === true, wallMs } };
}

const other: ReadHead = { kind: "other" };
/** Ten times more than were ever polled by one console. */
const mostNodes = 20_000;
const notRecorded = "(not recorded)";

function readNode(value: unknown): FleetNode | undefined {
  if (!isObject(value)) return undefined;
  const { address, https, intervalMs, name, port, timeoutMs } = value;
  const labels = readLabels(value["labels"]);
  if (!isText(name) || !isText(address) || labels === undefined) return undefined;
  if (!isWhole(port) || !isWhole(intervalMs) || !isWhole(timeoutMs) || intervalMs === 0) return undefined;
  const stats: StatsEndpoint = {
    port,
    path: notRecorded,
    username: notRecorded,
    password: undefined,
    tls: https === undefined ? undefined : tlsOf(https === "unverified"),
  };
  return {
    name: cleanText(name),
    address: cleanText(address),
    ssh: undefined,
    labels,
    stats,
    admin: defaultAdminSettings,
    poll: { intervalMs, timeoutMs, source: "auto" },
  };
}

function tlsOf(insecure: boolean): TlsSettings {
  return { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure };
}

function readLabels(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return {};
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).map(([key, text]) => [cleanText(key), isText(text) ? cleanText(text) : ""]);
  return Object.fromEntries(entries);
}

function readMaster(value: unknown): Master | undefined {
  if (!isObject(value)) return undefined;
  const { address, name } = value;
  return isText(name) && isText(address) ? { name: cleanText(name), address: cleanText(address) } : undefined;
}

function readCheck(value: unknown): FleetCheck | undefined {
  if (!isObject(value)) return undefined;
  const { expect, fall, intervalMs, rise } = value;
  if (expect !== 401 && expect !== 200 && expect !== "migrate") return undefined;
  if (!isWhole(intervalMs) || !isWhole(rise) || !isWhole(fall)) return undefined;
  return { expect, intervalMs, rise, fall, ca: undefined, cert: undefined };
}
