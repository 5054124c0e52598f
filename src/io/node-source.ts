import { notStatsFailure, type PollFailure } from "../domain/failure.ts";
import type { PollSource } from "../domain/inventory.ts";
import { parseMetrics } from "../domain/metrics.ts";
import type { Page, ProcessInfo } from "../domain/stats.ts";
import type { StatsParser } from "../domain/stats-csv.ts";
import type { NodeConnection } from "./node-connection.ts";
import type { NodeRequest, Reply } from "./node-turn.ts";

/** The requests of one node, made once. `prefer` is `auto` only where no password is configured. */
export type NodeRequests = {
  readonly prefer: PollSource;
  readonly page: NodeRequest;
  readonly metrics: NodeRequest;
  readonly narrowMetrics: NodeRequest;
  readonly process: NodeRequest;
  readonly narrowProcess: NodeRequest;
};

/** What came of asking a node once; as `app/reader.ts` wants it. */
export type NodeReading =
  | { readonly ok: true; readonly page: Page; readonly process: ProcessInfo | undefined }
  | { readonly ok: false; readonly failure: PollFailure };

type Done<Value> = (value: Value) => void;

/**
 * Reads one node by the source that it has: the stats page, `/metrics`, or with `auto` whichever answers, `/metrics`
 * first. What worked is remembered; when it stops working both are tried again.
 * From HAProxy 3.0 on, seen by the version in `/metrics`, only the wanted metrics are asked for.
 * Errors of our own code (never of the network) go to `fail`, since undici would swallow them.
 */
export class NodeSource {
  readonly #connection: NodeConnection;
  readonly #parsePage: StatsParser;
  readonly #requests: NodeRequests;
  #use: PollSource;
  #isNarrow = false;

  constructor(connection: NodeConnection, parsePage: StatsParser, requests: NodeRequests) {
    this.#connection = connection;
    this.#parsePage = parsePage;
    this.#requests = requests;
    this.#use = requests.prefer;
  }

  read(deadlineAtMs: number, done: Done<NodeReading>, fail: Done<unknown>): void {
    if (this.#use === "stats") this.#readPage(deadlineAtMs, this.#forgetOnFailure(done), fail);
    else if (this.#use === "metrics") this.#readMetrics(deadlineAtMs, this.#forgetOnFailure(done), fail);
    else this.#readEither(deadlineAtMs, done, fail);
  }

  identify(deadlineAtMs: number, done: Done<ProcessInfo | undefined>, fail: Done<unknown>): void {
    const request = this.#isNarrow ? this.#requests.narrowProcess : this.#requests.process;
    this.#get(request, deadlineAtMs, fail, (reply) => {
      const metrics = reply.ok ? parseMetrics(reply.body) : undefined;
      if (!metrics?.ok) return done(undefined);
      this.#narrowBy(metrics.process);
      done(metrics.process);
    });
  }

  #readEither(deadlineAtMs: number, done: Done<NodeReading>, fail: Done<unknown>): void {
    this.#readMetrics(
      deadlineAtMs,
      (metrics) => {
        if (metrics.ok) this.#use = "metrics";
        if (metrics.ok || !isElsewhere(metrics.failure)) return done(metrics);
        this.#readPage(
          deadlineAtMs,
          (page) => {
            if (page.ok) this.#use = "stats";
            done(page);
          },
          fail,
        );
      },
      fail,
    );
  }

  #readPage(deadlineAtMs: number, done: Done<NodeReading>, fail: Done<unknown>): void {
    this.#get(this.#requests.page, deadlineAtMs, fail, (reply) => {
      if (!reply.ok) return done(reply);
      const page = this.#parsePage(reply.body);
      if (!page.ok) return done({ ok: false, failure: notStatsFailure(page.reason) });
      done({ ok: true, page: { source: "stats", rows: page.rows }, process: undefined });
    });
  }

  #readMetrics(deadlineAtMs: number, done: Done<NodeReading>, fail: Done<unknown>): void {
    const request = this.#isNarrow ? this.#requests.narrowMetrics : this.#requests.metrics;
    this.#get(request, deadlineAtMs, fail, (reply) => {
      if (!reply.ok) return done(reply);
      const metrics = parseMetrics(reply.body);
      if (!metrics.ok) return done({ ok: false, failure: notStatsFailure(metrics.reason) });
      if (metrics.rows.length === 0) return done({ ok: false, failure: notStatsFailure("no-servers") });
      this.#narrowBy(metrics.process);
      done({ ok: true, page: { source: "metrics", rows: metrics.rows }, process: metrics.process });
    });
  }

  #get(request: NodeRequest, deadlineAtMs: number, fail: Done<unknown>, use: Done<Reply>): void {
    this.#connection.get(request, deadlineAtMs, (reply) => {
      try {
        use(reply);
      } catch (bug) {
        fail(bug);
      }
    });
  }

  #forgetOnFailure(done: Done<NodeReading>): Done<NodeReading> {
    if (this.#requests.prefer !== "auto") return done;
    return (reading) => {
      if (!reading.ok && isElsewhere(reading.failure)) this.#use = "auto";
      done(reading);
    };
  }

  #narrowBy(process: ProcessInfo): void {
    const major = Number.parseInt(process.version ?? "", 10);
    this.#isNarrow = major >= 3;
  }
}

/** The listener answers, but not with this: the other source may be there. */
function isElsewhere(failure: PollFailure): boolean {
  return ["http-status", "unauthorized", "forbidden", "not-stats"].includes(failure.kind);
}
