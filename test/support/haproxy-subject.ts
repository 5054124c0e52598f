import { connect, type Socket } from "node:net";
import { DemoFleet } from "../../src/demo/demo-fleet.ts";
import { type HaproxyVersion, haproxyVersions } from "../../src/demo/haproxy-version.ts";
import type { MasterAnswer } from "../../src/demo/health-check.ts";
import { serveFleet } from "../../src/demo/serve-fleet.ts";
import { readCsv } from "./page-shape.ts";
import { exchange, type RawAnswer, splitAnswers } from "./raw-http.ts";
import { installedHaproxy, startRealHaproxy } from "./real-haproxy.ts";
import { startTlsMasters } from "./tls-masters.ts";

export type CsvRow = Readonly<Record<string, string>>;

/** A HAProxy with the sample's configuration and three masters, whichever of the two it is. */
export type HaproxySubject = {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly authorization: string;
  /** The recorded version whose pages it serves; `undefined` for a real one that was never recorded. */
  readonly version: HaproxyVersion | undefined;
  /** Sends a request with the right credentials and returns its answer. */
  ask(method: string, uri: string, body?: string): Promise<RawAnswer>;
  rows(): Promise<readonly CsvRow[]>;
  answer(master: 1 | 2 | 3, answer: MasterAnswer): Promise<void>;
  /** Waits until the rows are as wanted: time is let pass in small steps, for at most 20 s of it. */
  until(isSo: (rows: readonly CsvRow[]) => boolean): Promise<readonly CsvRow[]>;
  /** The different values of a master's status, in order, until it reads `last`. */
  statuses(master: 1 | 2 | 3, last: string): Promise<readonly string[]>;
  /** Makes clients connect, and waits until they all have their session. */
  holdSessions(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

export type SubjectSettings = { readonly isAdmin: boolean };

const waitLimitMs = 20_000;

export const subjectKinds = ["embedded", "real"] as const;

export function startSubject(
  kind: (typeof subjectKinds)[number],
  settings: SubjectSettings = { isAdmin: true },
): Promise<HaproxySubject> {
  return kind === "embedded" ? startEmbedded(settings) : startReal(settings);
}

async function startEmbedded(settings: SubjectSettings): Promise<HaproxySubject> {
  let nowMs = 1_800_000_000_000;
  const clock = { now: () => nowMs };
  const fleet = new DemoFleet({ nodes: 1, masters: 3, version: "2.6.12", seed: 3, uptimeMs: 0 }, clock);
  const served = await serveFleet(fleet, { username: "admin", password: "pw", isConsoleLocal: settings.isAdmin });
  const [endpoint] = served.endpoints;
  if (endpoint === undefined) throw new Error("a fleet of one has one endpoint");
  return createSubject({
    host: endpoint.address,
    port: endpoint.port,
    password: "pw",
    version: "2.6.12",
    answer: async (master, answer) => fleet.answer(fleet.masters[master - 1] ?? "", answer),
    now: () => nowMs,
    pass: async () => {
      nowMs += 25;
    },
    // A new process gives its clients to all masters anew; before, they stay where an earlier test drove them.
    async openSessions() {
      fleet.restart(endpoint.node);
      return endpoint.node.haproxy.settings.heldConnections;
    },
    restart: async () => fleet.restart(endpoint.node),
    close: () => served.close(),
  });
}

async function startReal(settings: SubjectSettings): Promise<HaproxySubject> {
  const masters = await startTlsMasters(3);
  const haproxy = await startRealHaproxy({
    masterPorts: masters.map((master) => master.port),
    adminRule: settings.isAdmin ? "LOCALHOST" : "FALSE",
  });
  const clients: Socket[] = [];
  return createSubject({
    host: "127.0.0.1",
    port: haproxy.statsPort,
    password: haproxy.password,
    version: haproxyVersions.find((version) => installedHaproxy?.version.startsWith(version)),
    answer: async (master, answer) => masters[master - 1]?.answer(answer),
    now: () => Date.now(),
    pass: () => new Promise((resolve) => setTimeout(resolve, 25)),
    async openSessions() {
      const count = 6;
      for (let i = 0; i < count; i++) {
        const client = connect(haproxy.frontendPort, "127.0.0.1");
        client.on("error", () => client.destroy());
        clients.push(client);
      }
      return count;
    },
    restart: () => haproxy.restart(),
    async close() {
      for (const client of clients) client.destroy();
      await haproxy.stop();
      await Promise.all(masters.map((master) => master.close()));
    },
  });
}

type Parts = Pick<HaproxySubject, "host" | "port" | "password" | "version" | "answer" | "restart" | "close"> & {
  now(): number;
  pass(): Promise<void>;
  /** Makes clients connect and says how many will. */
  openSessions(): Promise<number>;
};

function createSubject(parts: Parts): HaproxySubject {
  const authorization = `Basic ${Buffer.from(`admin:${parts.password}`).toString("base64")}`;
  const ask = async (method: string, uri: string, body?: string): Promise<RawAnswer> => {
    const length = body === undefined ? "" : `Content-Length: ${body.length}\r\n`;
    const text = `${method} ${uri} HTTP/1.1\r\nHost: ${parts.host}:${parts.port}\r\nAuthorization: ${authorization}\r\n${length}Connection: close\r\n\r\n${body ?? ""}`;
    const { text: came } = await exchange(parts, text, { headless: method === "HEAD" });
    const [answer] = splitAnswers(came, method === "HEAD");
    if (answer === undefined) throw new Error(`no answer to ${method} ${uri}: ${came.slice(0, 200)}`);
    return answer;
  };
  const rows = async (): Promise<readonly CsvRow[]> => readCsv((await ask("GET", "/;csv;norefresh")).body).rows;
  const until = async (isSo: (rows: readonly CsvRow[]) => boolean): Promise<readonly CsvRow[]> => {
    const endMs = parts.now() + waitLimitMs;
    for (;;) {
      const current = await rows();
      if (isSo(current)) return current;
      if (parts.now() > endMs) throw new Error(`it did not come to that: ${current.map(short).join("; ")}`);
      await parts.pass();
    }
  };
  return {
    ...parts,
    authorization,
    ask,
    rows,
    until,
    async holdSessions() {
      const count = await parts.openSessions();
      await until((current) => Number(backendRow(current)["scur"]) === count && isSettled(current));
    },
    async statuses(master, last) {
      const seen: string[] = [];
      await until((current) => {
        const status = masterRow(current, master)["status"] ?? "";
        if (seen.at(-1) !== status && !isTorn(status)) seen.push(status);
        return status === last;
      });
      return seen;
    },
  };
}

/** "DOWN 3/2", "DRAIN -1/2": a real HAProxy with several threads, read in the middle of a change. */
function isTorn(status: string): boolean {
  const [, count, of] = / (-?\d+)\/(\d+)$/.exec(status) ?? [];
  return count !== undefined && (Number(count) < 0 || Number(count) > Number(of));
}

function short(row: CsvRow): string {
  return `${row["svname"]} ${row["status"]} ${row["check_status"]}`;
}

/** A master's server row. */
export function masterRow(rows: readonly CsvRow[], master: 1 | 2 | 3): CsvRow {
  const row = rows.find((candidate) => candidate["svname"] === `k8s-de1-master-${master}`);
  if (row === undefined) throw new Error(`no row for master ${master}`);
  return row;
}

/** The backend's own row. */
export function backendRow(rows: readonly CsvRow[]): CsvRow {
  const row = rows.find((one) => one["pxname"] === "k8s-de1-kube-api" && one["svname"] === "BACKEND");
  if (row === undefined) throw new Error("no row for the backend");
  return row;
}

/** Every master up with a finished check: where a scene begins. */
export function isSettled(rows: readonly CsvRow[]): boolean {
  return ([1, 2, 3] as const).every((master) => {
    const row = masterRow(rows, master);
    return row["status"] === "UP" && row["check_status"] === "L7OK" && row["check_health"] === "3";
  });
}
