import type { Socket } from "node:net";
import type { Client, Dispatcher } from "undici";
import { failureDetails, networkFailure, notStatsFailure, type PollFailure } from "../domain/failure.ts";
import { type Deadlines, noDeadline, type Timed } from "./deadlines.ts";
import { failureOfError, isLostConnection } from "./failure-of-error.ts";
import { failureOfStatus } from "./failure-of-status.ts";
import { openSocket, type SocketTarget, watchLookup } from "./open-socket.ts";

/** Larger answers are given up while they come in. */
const bodyLimitBytes = 1024 * 1024;

/** An answer with status 200, whole; or why there is none. */
export type Reply =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly failure: PollFailure };

/** A GET, made once per node and used for every poll. */
export type NodeRequest = Dispatcher.DispatchOptions;

type Controller = Dispatcher.DispatchController;
type ClientClass = typeof Client;

/** Idle connections are kept this long: HAProxy closes them first (`timeout client`, 50 s in the sample). */
const keepAliveMs = 600_000;

/** What undici is told when a request is given up here; the failure that counts is kept beside it. */
const givenUp = Object.assign(new Error("given up"), { code: "K3S_LB_GIVEN_UP" });

/**
 * One standing connection to one node's stats listener, with one GET under way at a time.
 * Shape: `get` calls `done` exactly once, at `deadlineAtMs` at the latest, and never throws for weather. Redirects are
 * not followed and no answer but 200 is read: the connection is closed instead, as HAProxy itself does after a 401.
 * A kept connection that turns out to be closed before any byte of the answer is replaced once, within the same time.
 * Source: polling.md §0, §4, §9; undici 8 `Client.dispatch`.
 */
export class NodeConnection implements Dispatcher.DispatchHandler, Timed {
  tick: number = noDeadline;
  readonly #makeClient: () => Client;
  readonly #deadlines: Deadlines;
  readonly #isTls: boolean;
  #client: Client;
  #request: NodeRequest | undefined;
  #done: ((reply: Reply) => void) | undefined;
  #connecting: Socket | undefined;
  #isLookingUp: () => boolean = () => false;
  #controller: Controller | undefined;
  #failure: PollFailure | undefined;
  #isFresh = true;
  #isReused = false;
  #isRetry = false;
  #statusCode = 0;
  #size = 0;
  #chunk: Buffer | undefined;
  #more: Buffer[] | undefined;

  constructor(target: SocketTarget, origin: string, deadlines: Deadlines, ClientOfUndici: ClientClass) {
    this.#deadlines = deadlines;
    this.#isTls = target.tls !== undefined;
    this.#makeClient = () =>
      new ClientOfUndici(origin, {
        connect: (_, callback) => {
          this.#isFresh = true;
          this.#connecting = openSocket(target, (...result) => {
            this.#connecting = undefined;
            callback(...result);
          });
          this.#isLookingUp = watchLookup(target, this.#connecting);
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

  /** Units: `deadlineAtMs` on the clock of the wheel. Throws when a GET is under way: that is a bug of the caller. */
  get(request: NodeRequest, deadlineAtMs: number, done: (reply: Reply) => void): void {
    if (this.#done !== undefined) throw new Error("two requests to one node at once");
    this.#request = request;
    this.#done = done;
    this.#isRetry = false;
    this.#deadlines.set(this, deadlineAtMs);
    this.#send(request);
  }

  /** Ends what is under way and closes the socket, so that nothing keeps the process alive. */
  async close(): Promise<void> {
    this.#connecting?.destroy(givenUp);
    await this.#client.destroy();
  }

  /** Called by the wheel. */
  expire(): void {
    this.#failure =
      this.#connecting !== undefined && this.#isLookingUp()
        ? networkFailure("dns", failureDetails.nameServer)
        : networkFailure("timeout", this.#timeoutDetail());
    if (this.#connecting !== undefined) {
      this.#connecting.destroy(givenUp);
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
    this.#controller = controller;
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
    this.#finish({ ok: true, body: this.#more === undefined ? first : Buffer.concat([first, ...this.#more]) });
  }

  onResponseError(_: Controller, error: unknown): void {
    const isLost = this.#failure === undefined && this.#statusCode === 0 && isLostConnection(error);
    const request = this.#request;
    if (isLost && this.#isReused && !this.#isRetry && request !== undefined) {
      this.#isRetry = true;
      // Not at once: undici is in the middle of putting the old socket away.
      queueMicrotask(() => this.#send(request));
      return;
    }
    this.#finish({ ok: false, failure: this.#failure ?? failureOfError(error, this.#statusCode !== 0) });
  }

  #send(request: NodeRequest): void {
    this.#controller = undefined;
    this.#failure = undefined;
    this.#isReused = false;
    this.#statusCode = 0;
    this.#size = 0;
    this.#chunk = undefined;
    this.#more = undefined;
    this.#client.dispatch(request, this);
  }

  #giveUp(controller: Controller, failure: PollFailure): void {
    this.#failure = failure;
    controller.abort(givenUp);
  }

  #finish(reply: Reply): void {
    const done = this.#done;
    if (done === undefined) return;
    this.#deadlines.clear(this);
    this.#done = undefined;
    this.#request = undefined;
    this.#controller = undefined;
    this.#chunk = undefined;
    this.#more = undefined;
    done(reply);
  }

  #timeoutDetail(): string {
    if (this.#connecting?.connecting) return failureDetails.connectTimeout;
    if (this.#connecting !== undefined && this.#isTls) return failureDetails.handshakeTimeout;
    if (this.#connecting !== undefined) return failureDetails.connectTimeout;
    return this.#statusCode === 0 ? failureDetails.answerTimeout : failureDetails.bodyTimeout;
  }
}

const emptyBody = Buffer.alloc(0);
const tooLarge = networkFailure("too-large", failureDetails.tooLarge);
