import type { Dispatcher } from "undici";
import { failureDetails, networkFailure, type PollFailure } from "../domain/failure.ts";
import { noDeadline, type Timed } from "./deadlines.ts";

/** A GET, or the POST of an admin form, as undici takes it. */
export type NodeRequest = Dispatcher.DispatchOptions;

/** An answer with status 200, whole; or why there is none. */
export type Reply =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly failure: PollFailure };

/** What became of a POST. `not-sent`: surely nothing left this machine; `no-answer`: it did, or may have. */
export type PostReply =
  | { readonly kind: "answered"; readonly statusCode: number; readonly location: string | undefined }
  | { readonly kind: "not-sent" | "no-answer"; readonly failure: PollFailure };

/**
 * How a request to a node ended. `statusCode` is 0 without an answer. `failure` is there when the answer is not whole or
 * not wanted. `isSent`: it may have left this machine.
 */
export type TurnEnd = {
  readonly statusCode: number;
  readonly location: string | undefined;
  readonly body: Uint8Array | undefined;
  readonly failure: PollFailure | undefined;
  readonly isSent: boolean;
};

/** One request that waits for its turn on a node's connection. A request whose time ends while it waits is not sent. */
export class Turn implements Timed {
  tick: number = noDeadline;
  readonly request: NodeRequest;
  readonly deadlineAtMs: number;
  readonly isPost: boolean;
  readonly done: (end: TurnEnd) => void;
  readonly #leave: (turn: Turn) => void;

  constructor(request: NodeRequest, deadlineAtMs: number, done: (end: TurnEnd) => void, leave: (turn: Turn) => void) {
    this.request = request;
    this.deadlineAtMs = deadlineAtMs;
    this.isPost = request.method !== "GET";
    this.done = done;
    this.#leave = leave;
  }

  /** Called by the wheel, only while this waits. */
  expire(): void {
    this.giveUp(networkFailure("timeout", failureDetails.busy));
  }

  giveUp(failure: PollFailure): void {
    this.#leave(this);
    this.done({ statusCode: 0, location: undefined, body: undefined, failure, isSent: false });
  }
}
