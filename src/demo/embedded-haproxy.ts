import { type AdminRequest, type FormVerdict, judgeForm } from "./admin-form.ts";
import { type HaproxyVersion, type VersionTraits, versionTraits } from "./haproxy-version.ts";
import { type CheckOutcome, checkMaster, type MasterAnswer } from "./health-check.ts";
import { createRandom } from "./random.ts";
import { type CheckSettings, ServerLine } from "./server-line.ts";
import { type Reach, SessionFlow } from "./session-flow.ts";

/** What one node's HAProxy is configured with. `expect` is what `http-check expect status` lists. */
export type HaproxySettings = {
  readonly version: HaproxyVersion;
  readonly nodeName: string;
  readonly frontend: string;
  readonly backend: string;
  readonly servers: readonly string[];
  readonly checks: CheckSettings;
  readonly expect: readonly number[];
  readonly heldConnections: number;
  readonly seed: number;
};

/** What a process finds when it connects to a server: the master's answer, or what a cut path makes of it. */
export type Surroundings = (server: string) => MasterAnswer;

/** Traffic on the stats listener itself, told by whoever serves it. Rates are of the last full second. */
export type ListenerCounters = {
  open: number;
  peak: number;
  connections: number;
  requests: number;
  finished: number;
  bytesIn: number;
  bytesInFinished: number;
  bytesOut: number;
  responses: [number, number, number, number, number, number];
};

/**
 * One HAProxy process without its sockets: servers, sessions, counters, and the admin form. Everything it forgets on a
 * restart is in here, so a restart is a new one. Time comes in by `advance` and never by itself; whoever changes the
 * surroundings advances to that moment first.
 * Units: every `…Ms` is on the caller's clock, which counts Unix milliseconds.
 */
export class EmbeddedHaproxy {
  readonly settings: HaproxySettings;
  readonly traits: VersionTraits;
  readonly startedAtMs: number;
  readonly servers: readonly ServerLine[];
  readonly sessions: SessionFlow;
  readonly listener: ListenerCounters = {
    open: 0,
    peak: 0,
    connections: 0,
    requests: 0,
    finished: 0,
    bytesIn: 0,
    bytesInFinished: 0,
    bytesOut: 0,
    responses: [0, 0, 0, 0, 0, 0],
  };
  backendChangedAtMs: number;
  backendDownTransitions = 0;
  private backendUp = true;
  private backendDownMs = 0;
  private nowMs: number;

  constructor(settings: HaproxySettings, surroundings: Surroundings, startedAtMs: number) {
    this.settings = settings;
    this.traits = versionTraits(settings.version);
    this.startedAtMs = startedAtMs;
    this.nowMs = startedAtMs;
    this.backendChangedAtMs = startedAtMs;
    const random = createRandom(settings.seed);
    const probe = (name: string): CheckOutcome =>
      checkMaster(
        surroundings(name),
        settings.expect,
        settings.checks.intervalMs,
        Math.floor(random() * 3),
        this.traits,
      );
    // The first checks are spread over the first interval, as HAProxy does.
    this.servers = settings.servers.map(
      (name, index) =>
        new ServerLine({
          name,
          id: index + 1,
          checks: settings.checks,
          startedAtMs,
          firstCheckAtMs:
            startedAtMs + Math.floor(((index + random() * 0.5) * settings.checks.intervalMs) / settings.servers.length),
          drainRestartsLastChange: this.traits.drainRestartsLastChange,
          probe: () => probe(name),
        }),
    );
    this.sessions = new SessionFlow({
      servers: this.servers,
      heldConnections: settings.heldConnections,
      startedAtMs,
      random,
      reach: (server) => reachOf(surroundings(server.name)),
    });
  }

  /** Lives up to now: checks and sessions that were due, each at its own moment. Never steps back. */
  advance(nowMs: number): void {
    if (nowMs <= this.nowMs) return;
    this.sessions.forgetUntil(nowMs);
    while (this.sessions.nextAtMs <= nowMs) {
      this.advanceServers(this.sessions.nextAtMs);
      this.sessions.step();
    }
    this.advanceServers(nowMs);
    this.nowMs = nowMs;
  }

  /** Reads the admin form and does what it asks; the answer is the `st=` code. The caller has advanced to now. */
  post(request: AdminRequest): FormVerdict {
    const { backend } = this.settings;
    const find = (name: string) => this.servers.find((server) => server.name === name);
    return judgeForm(request, {
      limitBytes: this.traits.formLimitBytes,
      backendOf: (name) =>
        name === backend || name === "#4" ? backend : name === "stats" || name === "#2" ? "stats" : undefined,
      hasServer: (name, server) => name === backend && find(server) !== undefined,
      isIn: (name, state) => (state === "maint" ? find(name)?.inMaint : find(name)?.drained) === true,
      apply: (name, command) => {
        const server = find(name);
        if (server === undefined) return;
        if (command === "shutdown") this.sessions.shutdown(server);
        else server.command(command, this.nowMs);
        this.watchBackend(this.nowMs);
      },
    });
  }

  get usableServers(): number {
    return this.servers.filter((server) => server.isUsable).length;
  }

  backendDowntimeSeconds(nowMs: number): number {
    return Math.floor((this.backendDownMs + (this.backendUp ? 0 : nowMs - this.backendChangedAtMs)) / 1000);
  }

  get isBackendUp(): boolean {
    return this.backendUp;
  }

  private advanceServers(momentMs: number): void {
    for (const server of this.servers) server.advance(momentMs);
    this.watchBackend(Math.max(...this.servers.map((server) => server.changedAtMs)));
  }

  private watchBackend(changedAtMs: number): void {
    const isUp = this.usableServers > 0;
    if (isUp === this.backendUp) return;
    if (isUp) this.backendDownMs += changedAtMs - this.backendChangedAtMs;
    else this.backendDownTransitions++;
    this.backendUp = isUp;
    this.backendChangedAtMs = changedAtMs;
  }
}

function reachOf(answer: MasterAnswer): Reach {
  if (answer.kind === "refuse") return "closing";
  return answer.kind === "status" || answer.kind === "babble" ? "answering" : "silent";
}
