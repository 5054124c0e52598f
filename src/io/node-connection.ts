import type { Socket } from "node:net";
import type { Client, Dispatcher } from "undici";
import { failureDetails, networkFailure, notStatsFailure, type PollFailure } from "../domain/failure.ts";
import { type Deadlines, noDeadline, type Timed } from "./deadlines.ts";
import { failureOfError, isLostConnection } from "./failure-of-error.ts";
import { failureOfStatus } from "./failure-of-status.ts";
import { type NodeRequest, type PostReply, type Reply, Turn, type TurnEnd } from "./node-turn.ts";
import type { Opener, Opening } from "./open-socket.ts";

/** Larger answers are given up while they come in. */
const bodyLimitBytes = 1024 * 1024;

type Controller = Dispatcher.DispatchController;
type ClientClass = typeof Client;

/** Idle connections are kept this long: HAProxy closes them first (`timeout client`, 50 s in the sample). */
const keepAliveMs = 600_000;

/** What undici is told when a request is given up here; the failure that counts is kept beside it. */
const givenUp = Object.assign(new Error("given up"), { code: "K3S_LB_GIVEN_UP" });

/**
 * One standing connection to one node's stats listener. Requests wait for their turn: one is under way at a time.
 * Shape: `get` and `post` call `done` exactly once, at `deadlineAtMs` at the latest, and never throw for weather.
 * Redirects are not followed. No answer to a GET but 200 is read: the connection is closed instead, as HAProxy itself
 * does after a 401. A kept connection that turns out to be closed before any byte of the answer is replaced once,
 * within the same time, for a GET; a POST is written once and never again, whatever happens.
 * Source: polling.md §0, §4, §9; undici 8 `Client.dispatch`, which writes head and body of a POST in one piece (HAProxy
 * 3.0.0 loses it otherwise).
 */
export class NodeConnection implements Dispatcher.DispatchHandler, Timed {
  tick: number = noDeadline;
  readonly #makeClient: () => Client;
  readonly #deadlines: Deadlines;
  readonly #waiting: Turn[] = [];
  #client: Client;
  #turn: Turn | undefined;
  #opening: Opening | undefined;
  #controller: Controller | undefined;
  #failure: PollFailure | undefined;
  #isFresh = true;
  #isReused = false;
  #isRetry = false;
  #isSent = false;
  #statusCode = 0;
  #location: string | undefined;
  #size = 0;
  #chunk: Buffer | undefined;
  #more: Buffer[] | undefined;

  constructor(open: Opener, origin: string, deadlines: Deadlines, ClientOfUndici: ClientClass) {
    this.#deadlines = deadlines;
    this.#makeClient = () =>
      new ClientOfUndici(origin, {
        connect: (_, callback) => {
          this.#isFresh = true;
          this.#opening = open((error, stream) => {
            this.#opening = undefined;
            // undici uses of a socket what every stream has; the rest it asks for before it calls it.
            if (error === null) callback(null, stream as Socket);
            else callback(error, null);
          });
        },
        // The wheel ends requests; undici's own timers would cost as much again and look once a second.
        headersTimeout: 0,
        bodyTimeout: 0,
        keepAliveTimeout: keepAliveMs,
        keepAliveMaxTimeout: keepAliveMs,
        allowH2: false,
      });
    this.#client = this.#makeClient();
  }

  /** Units: `deadlineAtMs` on the clock of the wheel. */
  get(request: NodeRequest, deadlineAtMs: number, done: (reply: Reply) => void): void {
    this.#queue(request, deadlineAtMs, ({ failure, body = emptyBody }) =>
      done(failure === undefined ? { ok: true, body } : { ok: false, failure }),
    );
  }

  /** Sends an order. The deadline counts from now; a request whose time ends before its turn is not sent. */
  post(request: NodeRequest, deadlineAtMs: number, done: (reply: PostReply) => void): void {
    this.#queue(request, deadlineAtMs, ({ statusCode, location, failure = lost, isSent }) => {
      if (statusCode !== 0) done({ kind: "answered", statusCode, location });
      else done({ kind: isSent ? "no-answer" : "not-sent", failure });
    });
  }

  /** Ends what is under way or waits and closes the socket, so that nothing keeps the process alive. */
  async close(): Promise<void> {
    for (const turn of this.#waiting.splice(0)) turn.giveUp(networkFailure("unreachable", failureDetails.ending));
    this.#opening?.destroy(givenUp);
    await this.#client.destroy();
  }

  /** Called by the wheel. */
  expire(): void {
    const detail = this.#timeoutDetail();
    this.#failure = networkFailure(detail === failureDetails.nameServer ? "dns" : "timeout", detail);
    if (this.#opening !== undefined) {
      this.#opening.destroy(givenUp);
    } else if (this.#controller !== undefined) {
      this.#controller.abort(givenUp);
    } else {
      // Neither connecting nor sent: undici waits for something. A new client is sure to start clean.
      const stuck = this.#client;
      this.#client = this.#makeClient();
      void stuck.destroy(givenUp);
    }
  }

  onRequestStart(controller: Controller): void {
    if (this.#isSent && this.#turn?.isPost === true) {
      // undici never begins a request twice; should it ever, an order must not go out again.
      this.#giveUp(controller, lost);
      return;
    }
    this.#controller = controller;
    this.#isSent = true;
    this.#isReused = !this.#isFresh;
    this.#isFresh = false;
  }

  onResponseStart(
    controller: Controller,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (statusCode < 200) return;
    this.#statusCode = statusCode;
    if (this.#turn?.isPost === true) {
      const { location } = headers;
      this.#location = typeof location === "string" ? location : location?.[0];
      // 2.6 closes after a 401 without saying so: the next order would be written into a closing connection.
      if (statusCode !== 303) this.#giveUp(controller, lost);
      return;
    }
    if (statusCode !== 200) {
      this.#giveUp(controller, failureOfStatus(statusCode, headers["location"]));
      return;
    }
    const encoding = headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") this.#giveUp(controller, notStatsFailure("compressed"));
    else if (Number(headers["content-length"]) > bodyLimitBytes) this.#giveUp(controller, tooLarge);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > bodyLimitBytes) this.#giveUp(controller, tooLarge);
    else if (this.#chunk === undefined) this.#chunk = chunk;
    else {
      this.#more ??= [];
      this.#more.push(chunk);
    }
  }

  onResponseEnd(): void {
    const first = this.#chunk ?? emptyBody;
    this.#finish(undefined, this.#more === undefined ? first : Buffer.concat([first, ...this.#more]));
  }

  onResponseError(_: Controller, error: unknown): void {
    const isLost = this.#failure === undefined && this.#statusCode === 0 && isLostConnection(error);
    const turn = this.#turn;
    if (isLost && this.#isReused && !this.#isRetry && turn?.isPost === false) {
      this.#isRetry = true;
      // Not at once: undici is in the middle of putting the old socket away.
      queueMicrotask(() => this.#send(turn));
      return;
    }
    const failure = this.#failure ?? failureOfError(error, this.#statusCode !== 0);
    // Not at once, here too: undici is giving up all that it has, and a request that came meanwhile would trip it up.
    queueMicrotask(() => this.#finish(failure, undefined));
  }

  #queue(request: NodeRequest, deadlineAtMs: number, done: (end: TurnEnd) => void): void {
    const turn = new Turn(request, deadlineAtMs, done, (one) => {
      const place = this.#waiting.indexOf(one);
      if (place !== -1) this.#waiting.splice(place, 1);
      this.#deadlines.clear(one);
    });
    if (this.#turn === undefined && this.#waiting.length === 0) {
      this.#begin(turn);
      return;
    }
    this.#waiting.push(turn);
    this.#deadlines.set(turn, deadlineAtMs);
  }

  #begin(turn: Turn): void {
    this.#turn = turn;
    this.#isRetry = false;
    this.#deadlines.set(this, turn.deadlineAtMs);
    this.#send(turn);
  }

  #send({ request }: Turn): void {
    this.#controller = undefined;
    this.#failure = undefined;
    this.#isReused = false;
    this.#isSent = false;
    this.#statusCode = 0;
    this.#location = undefined;
    this.#size = 0;
    this.#chunk = undefined;
    this.#more = undefined;
    this.#client.dispatch(request, this);
  }

  #giveUp(controller: Controller, failure: PollFailure): void {
    this.#failure = failure;
    controller.abort(givenUp);
  }

  #finish(failure: PollFailure | undefined, body: Uint8Array | undefined): void {
    const turn = this.#turn;
    if (turn === undefined) return;
    this.#deadlines.clear(this);
    this.#turn = undefined;
    this.#controller = undefined;
    this.#chunk = undefined;
    this.#more = undefined;
    turn.done({ statusCode: this.#statusCode, location: this.#location, body, failure, isSent: this.#isSent });
    this.#beginNext();
  }

  /** Unless whoever was just told has asked anew, which comes after those who wait. */
  #beginNext(): void {
    if (this.#turn !== undefined) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#deadlines.clear(next);
    this.#begin(next);
  }

  #timeoutDetail(): string {
    if (this.#opening !== undefined) return this.#opening.timeoutDetail();
    return this.#statusCode === 0 ? failureDetails.answerTimeout : failureDetails.bodyTimeout;
  }
}

const emptyBody = Buffer.alloc(0);
const lost = networkFailure("unreachable", failureDetails.closed);
const tooLarge = networkFailure("too-large", failureDetails.tooLarge);
