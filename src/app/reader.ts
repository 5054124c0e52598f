import type { PollFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { Page, ProcessInfo } from "../domain/stats.ts";

/** What came of asking a node once. Times are the caller's business. */
export type ReadResult =
  | { readonly ok: true; readonly page: Page; readonly process: ProcessInfo | undefined }
  | { readonly ok: false; readonly failure: PollFailure };

/**
 * Asks nodes. `io/node-reader.ts` fits it; tests write their own.
 * `read` never rejects for weather and ends within the node's `poll.timeoutMs`; reads of one node that come together are
 * begun and end in their order, and so is an order sent between them. `process` is there when the source showed it
 * along with the rows.
 * `identify` asks `/metrics` for the process behind the page, within `withinMs` (default: the node's `poll.timeoutMs`);
 * `undefined` where it does not answer.
 */
export type NodeReader = {
  read(node: FleetNode): Promise<ReadResult>;
  identify(node: FleetNode, withinMs?: number): Promise<ProcessInfo | undefined>;
  close(): Promise<void>;
};
