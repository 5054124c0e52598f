import type { ServerLine } from "./server-line.ts";

/** How a session to a master ends or does not: `closing` is a reset by a dead process, `silent` nobody answers. */
export type Reach = "answering" | "closing" | "silent";

/**
 * The sessions of one server line, as the counters of its row show them. Byte counters move when a session ends,
 * as without `option contstats`.
 */
export type SessionCounters = {
  current: number;
  peak: number;
  total: number;
  bytesIn: number;
  bytesOut: number;
  connectErrors: number;
  retries: number;
  clientAborts: number;
  serverAborts: number;
  chosen: number;
  lastAtMs: number | undefined;
  openedThisSecond: number;
  peakPerSecond: number;
};

// `timeout client` and `timeout server` of the sample: 50 s of silence end a session.
const silenceLimitMs = 50_000;
const stepMs = 1000;
// A node nobody polled for long is not walked second by second: what is older than this is not seen in any counter.
const maxSteps = 120;

type Line = { readonly server: ServerLine; readonly counters: SessionCounters; silentSinceMs: number | undefined };

/**
 * The clients on one node: a few agents that hold a connection each for hours (watches, tunnels), and now and then a
 * short one. They go where the balancer sends them, stay through drain and maint, and come back when cut.
 */
export class SessionFlow {
  readonly lines: readonly Line[];
  refusedForLackOfServer = 0;
  private readonly heldConnections: number;
  private readonly random: () => number;
  private readonly reach: (server: ServerLine) => Reach;
  private nextStepAtMs: number;
  private turn = 0;

  constructor(settings: {
    readonly servers: readonly ServerLine[];
    readonly heldConnections: number;
    readonly startedAtMs: number;
    readonly random: () => number;
    readonly reach: (server: ServerLine) => Reach;
  }) {
    this.lines = settings.servers.map((server) => ({ server, counters: emptyCounters(), silentSinceMs: undefined }));
    this.heldConnections = settings.heldConnections;
    this.random = settings.random;
    this.reach = settings.reach;
    this.turn = Math.floor(settings.random() * settings.servers.length);
    this.nextStepAtMs = settings.startedAtMs;
  }

  /** When the next second of traffic falls; servers must be advanced up to each one. */
  get nextAtMs(): number {
    return this.nextStepAtMs;
  }

  /** Skips the seconds that are too old to matter, so that hours of nobody looking cost nothing. */
  forgetUntil(nowMs: number): void {
    const behind = Math.floor((nowMs - this.nextStepAtMs) / stepMs) - maxSteps;
    if (behind > 0) this.nextStepAtMs += behind * stepMs;
  }

  /** One second of traffic at `nextAtMs`. */
  step(): void {
    const nowMs = this.nextStepAtMs;
    this.nextStepAtMs += stepMs;
    for (const line of this.lines) {
      line.counters.openedThisSecond = 0;
      this.cutWhatIsDead(line, nowMs);
    }
    const held = this.lines.reduce((sum, line) => sum + line.counters.current, 0);
    for (let missing = this.heldConnections - held; missing > 0; missing--) this.connect(nowMs);
    if (this.random() < 0.15) {
      const line = this.connect(nowMs);
      if (line !== undefined) endSessions(line.counters, 1, this.random);
    }
    if (this.random() < 0.004) {
      const line = this.lines[Math.floor(this.random() * this.lines.length)];
      if (line !== undefined && line.counters.current > 0) endSessions(line.counters, 1, this.random);
    }
  }

  /** `action=shutdown`: the sessions end at once and count as nobody's abort. The clients connect again. */
  shutdown(server: ServerLine): void {
    const line = this.lines.find((candidate) => candidate.server === server);
    if (line !== undefined) endSessions(line.counters, line.counters.current, this.random);
  }

  private cutWhatIsDead(line: Line, nowMs: number): void {
    const reach = this.reach(line.server);
    if (reach !== "silent") line.silentSinceMs = undefined;
    else line.silentSinceMs ??= nowMs;
    const { counters } = line;
    if (counters.current === 0) return;
    if (reach === "closing") {
      counters.serverAborts += counters.current;
      endSessions(counters, counters.current, this.random);
    } else if (line.silentSinceMs !== undefined && nowMs - line.silentSinceMs >= silenceLimitMs) {
      counters.clientAborts += counters.current;
      endSessions(counters, counters.current, this.random);
    }
  }

  private connect(nowMs: number): Line | undefined {
    const usable = this.lines.filter((line) => line.server.isUsable);
    const line = usable[this.turn++ % Math.max(1, usable.length)];
    if (line === undefined) {
      this.refusedForLackOfServer++;
      return undefined;
    }
    const { counters } = line;
    counters.chosen++;
    counters.lastAtMs = nowMs;
    if (this.reach(line.server) !== "answering") {
      counters.retries += 3;
      counters.connectErrors++;
      return undefined;
    }
    counters.total++;
    counters.current++;
    counters.openedThisSecond++;
    counters.peak = Math.max(counters.peak, counters.current);
    counters.peakPerSecond = Math.max(counters.peakPerSecond, counters.openedThisSecond);
    return line;
  }
}

function endSessions(counters: SessionCounters, count: number, random: () => number): void {
  for (let i = 0; i < count; i++) {
    counters.bytesIn += 1500 + Math.floor(random() * 20_000);
    counters.bytesOut += 9000 + Math.floor(random() * 400_000);
  }
  counters.current -= count;
}

function emptyCounters(): SessionCounters {
  return {
    current: 0,
    peak: 0,
    total: 0,
    bytesIn: 0,
    bytesOut: 0,
    connectErrors: 0,
    retries: 0,
    clientAborts: 0,
    serverAborts: 0,
    chosen: 0,
    lastAtMs: undefined,
    openedThisSecond: 0,
    peakPerSecond: 0,
  };
}
