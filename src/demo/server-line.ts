import type { CheckOutcome } from "./health-check.ts";

/**
 * How a server line is checked, and where its first check falls.
 * Units: `intervalMs` is HAProxy's `inter`, which is the check's time limit too.
 */
export type CheckSettings = { readonly intervalMs: number; readonly rise: number; readonly fall: number };

/** The admin words of the form that act on one server. Source: HAProxy src/stats-html.c. */
export type ServerCommand = AdminWord | "dhlth" | "ehlth" | "hrunn" | "hnolb" | "hdown";

type AdminWord = "ready" | "drain" | "maint" | "disable" | "enable" | "stop" | "start";

/** What each word makes of the two admin flags; the old words touch one and leave the other. */
const adminWords: Readonly<Record<AdminWord, { readonly maint?: boolean; readonly drained?: boolean }>> = {
  ready: { maint: false, drained: false },
  drain: { maint: false, drained: true },
  maint: { maint: true, drained: false },
  disable: { maint: true },
  enable: { maint: false },
  stop: { drained: true },
  start: { drained: false },
};

/**
 * One `server` line of a HAProxy process: health by counting checks, and the admin flags above it. It has no timer;
 * `advance` runs the checks that were due since the last call, each at its own moment.
 * Source: HAProxy src/check.c, src/server.c (states), src/stats-proxy.c (status column); seen on 2.6.12.
 */
export class ServerLine {
  readonly name: string;
  readonly id: number;
  readonly checks: CheckSettings;
  health: number;
  checksOn = true;
  inMaint = false;
  drained = false;
  state: "running" | "stopping" | "stopped" = "running";
  last: CheckOutcome | undefined;
  failedChecks = 0;
  downTransitions = 0;
  finishedChecks = 0;
  failedHandshakes = 0;
  changedAtMs: number;
  private downtimeMs = 0;
  private nextCheckAtMs: number;
  private running: { readonly endsAtMs: number; readonly outcome: CheckOutcome } | undefined;
  private readonly probe: () => CheckOutcome;
  private readonly drainRestartsLastChange: boolean;

  constructor(settings: {
    readonly name: string;
    readonly id: number;
    readonly checks: CheckSettings;
    readonly startedAtMs: number;
    readonly firstCheckAtMs: number;
    readonly drainRestartsLastChange: boolean;
    readonly probe: () => CheckOutcome;
  }) {
    this.name = settings.name;
    this.id = settings.id;
    this.checks = settings.checks;
    // A server starts as up with the least health: "UP 1/2" with rise 2 fall 2.
    this.health = settings.checks.rise;
    this.changedAtMs = settings.startedAtMs;
    this.nextCheckAtMs = settings.firstCheckAtMs;
    this.probe = settings.probe;
    this.drainRestartsLastChange = settings.drainRestartsLastChange;
  }

  get isUsable(): boolean {
    return this.state === "running" && !this.inMaint && !this.drained;
  }

  get checkRuns(): boolean {
    return this.running !== undefined;
  }

  get showsChecks(): boolean {
    return this.checksOn && !this.inMaint;
  }

  /** Runs every check that was due up to now. The world must not have changed since the last call. */
  advance(nowMs: number): void {
    while (true) {
      if (this.running !== undefined) {
        if (this.running.endsAtMs > nowMs) return;
        const { endsAtMs, outcome } = this.running;
        this.running = undefined;
        this.finish(outcome, endsAtMs);
        this.nextCheckAtMs = this.gridAfter(endsAtMs);
      }
      if (!this.showsChecks) {
        if (this.nextCheckAtMs <= nowMs) this.nextCheckAtMs = this.gridAfter(nowMs);
        return;
      }
      if (this.nextCheckAtMs > nowMs) return;
      const outcome = this.probe();
      this.skipSettled(outcome, nowMs);
      this.running = { endsAtMs: this.nextCheckAtMs + outcome.durationMs, outcome };
    }
  }

  /** Does what a word of the admin form asks of this server, now. The caller has advanced to now. */
  command(word: ServerCommand, nowMs: number): void {
    if (isAdminWord(word)) {
      const { maint = this.inMaint, drained = this.drained } = adminWords[word];
      this.setAdmin(maint, drained, nowMs);
    } else if (word === "ehlth") this.checksOn = true;
    else if (word === "dhlth") {
      this.checksOn = false;
      this.running = undefined;
    } else {
      this.health = word === "hdown" ? 0 : this.fullHealth;
      this.enter(word === "hdown" ? "stopped" : word === "hnolb" ? "stopping" : "running", nowMs);
    }
  }

  downtimeSeconds(nowMs: number): number {
    const open = this.state === "stopped" || this.inMaint ? nowMs - this.changedAtMs : 0;
    return Math.floor((this.downtimeMs + open) / 1000);
  }

  private get fullHealth(): number {
    return this.checks.rise + this.checks.fall - 1;
  }

  private gridAfter(momentMs: number): number {
    const { intervalMs } = this.checks;
    const steps = Math.max(0, Math.floor((momentMs - this.nextCheckAtMs) / intervalMs)) + 1;
    return this.nextCheckAtMs + steps * intervalMs;
  }

  /** A server that nothing can change any more is not checked once a second through hours that nobody looked at. */
  private skipSettled(outcome: CheckOutcome, nowMs: number): void {
    const settled = outcome.passed
      ? this.health === this.fullHealth && this.state === "running"
      : this.health === 0 && this.state === "stopped";
    if (!settled) return;
    const period = this.checks.intervalMs * Math.ceil((outcome.durationMs + 1) / this.checks.intervalMs);
    const skipped = Math.max(0, Math.floor((nowMs - this.nextCheckAtMs) / period) - 1);
    this.nextCheckAtMs += skipped * period;
    this.finishedChecks += skipped;
    if (outcome.status.startsWith("L6")) this.failedHandshakes += skipped;
  }

  private finish(outcome: CheckOutcome, atMs: number): void {
    this.last = outcome;
    this.finishedChecks++;
    if (outcome.status.startsWith("L6")) this.failedHandshakes++;
    if (outcome.passed) {
      if (this.health < this.fullHealth) this.health++;
      if (this.health < this.checks.rise) return;
      this.health = this.fullHealth;
      this.enter("running", atMs);
    } else if (this.health > 0) {
      this.failedChecks++;
      this.health--;
      if (this.health >= this.checks.rise) return;
      this.health = 0;
      this.enter("stopped", atMs);
    }
  }

  private enter(state: "running" | "stopping" | "stopped", atMs: number): void {
    if (state === this.state) return;
    if (this.state === "stopped" && !this.inMaint) this.downtimeMs += atMs - this.changedAtMs;
    if (state === "stopped" && !this.inMaint) this.downTransitions++;
    this.state = state;
    if (!this.inMaint) this.changedAtMs = atMs;
  }

  private setAdmin(maint: boolean, drained: boolean, nowMs: number): void {
    if (maint && !this.inMaint) {
      if (this.state === "stopped") this.downtimeMs += nowMs - this.changedAtMs;
      else this.downTransitions++;
      this.changedAtMs = nowMs;
      this.running = undefined;
    } else if (!maint && this.inMaint) {
      // Out of maint a server is up at once with the least health, dead or not; the next check decides.
      this.downtimeMs += nowMs - this.changedAtMs;
      this.changedAtMs = nowMs;
      this.health = this.checks.rise;
      this.state = "running";
    } else if (this.drained !== drained && this.drainRestartsLastChange && this.state !== "stopped") {
      this.changedAtMs = nowMs;
    }
    this.inMaint = maint;
    this.drained = drained;
  }
}

function isAdminWord(word: ServerCommand): word is AdminWord {
  return Object.hasOwn(adminWords, word);
}
