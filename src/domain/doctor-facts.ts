import type { AdminRight } from "./admin-right.ts";
import { writeDuration } from "./duration.ts";
import type { PollFailure } from "./failure.ts";
import type { FleetNode } from "./inventory.ts";
import type { ProcessInfo, StatsRow } from "./stats.ts";

/** What a node's `address` means here. */
export type Resolution =
  | { readonly kind: "literal" }
  | { readonly kind: "found"; readonly addresses: readonly string[] }
  | { readonly kind: "failed"; readonly failure: PollFailure };

/** Units: `ms` from the first packet to the open connection, the lookup of the name included. */
export type Connected =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly failure: PollFailure };

/**
 * The certificate behind a stats port, whoever signed it. `problem` is why it would be refused.
 * Units: Unix time in milliseconds.
 */
export type Certificate =
  | {
      readonly ok: true;
      readonly problem: PollFailure | undefined;
      readonly validFromMs: number;
      readonly validToMs: number;
    }
  | { readonly ok: false; readonly failure: PollFailure };

/** One reading. Units: `ms` for the exchange, `atMs` monotonic. */
export type PageReading =
  | { readonly ok: true; readonly rows: readonly StatsRow[]; readonly ms: number; readonly atMs: number }
  | { readonly ok: false; readonly failure: PollFailure };

/** What a page answers to who gives no password: itself, a refusal, or something else. */
export type BareAnswer =
  | { readonly kind: "open" }
  | { readonly kind: "closed" }
  | { readonly kind: "failed"; readonly failure: PollFailure };

/** `/metrics` without a password; `closed` ones may still tell the process to who has it. */
export type MetricsAnswer =
  | { readonly kind: "open"; readonly rows: readonly StatsRow[]; readonly process: ProcessInfo }
  | { readonly kind: "closed"; readonly process: ProcessInfo | undefined }
  | { readonly kind: "failed"; readonly failure: PollFailure };

/** What the stats page for browsers says in its heading. `version` is `undefined` where it is hidden. */
export type Heading = { readonly version: string | undefined };

/** The way through ssh: why it was not tried, what came of it, or why it is closed. */
export type SshFacts =
  | { readonly kind: "skipped"; readonly why: string }
  | { readonly kind: "reached"; readonly right: AdminRight; readonly page: PageReading }
  | { readonly kind: "failed"; readonly failure: PollFailure; readonly hint: string | undefined };

/** HAProxy's own socket, asked only where `admin.via` says so. */
export type SocketFacts =
  | { readonly kind: "reached" }
  | { readonly kind: "failed"; readonly failure: PollFailure; readonly hint: string | undefined };

/** `in-force`: it is the configured password itself, and was not tried. `not-known`: tried, and no answer to tell. */
export type SampleAnswer = "in-force" | "accepted" | "refused" | "not-known";

/** Where else the stats port was tried: another address of the name, of the ssh host, or of this very machine. */
export type OtherAddress = {
  readonly address: string;
  readonly from: "name" | "ssh" | "machine";
  readonly answer: "open" | "closed" | "other" | "silent";
};

/**
 * All that was found out about one node; `undefined` is what was not asked, or not answered before its time was over.
 * Units: `ms` for all of it, `limitMs` the time that it had.
 */
export type NodeFacts = {
  readonly node: FleetNode;
  readonly limitMs: number;
  readonly ms: number | undefined;
  /** Whether this very machine is the node. */
  readonly isHere: boolean;
  readonly resolution: Resolution | undefined;
  readonly connected: Connected | undefined;
  readonly certificate: Certificate | undefined;
  readonly page: PageReading | undefined;
  /** The same at least a second later, only where something may have moved. */
  readonly later: PageReading | undefined;
  readonly bare: BareAnswer | undefined;
  readonly metrics: MetricsAnswer | undefined;
  readonly heading: Heading | undefined;
  readonly right: AdminRight | undefined;
  readonly loopback: AdminRight | undefined;
  readonly ssh: SshFacts | undefined;
  readonly socket: SocketFacts | undefined;
  readonly sample: SampleAnswer | undefined;
  readonly others: readonly OtherAddress[] | undefined;
};

/** A node of which nothing has been found out. */
export function blankFacts(node: FleetNode, limitMs: number): NodeFacts {
  return {
    node,
    limitMs,
    ms: undefined,
    isHere: false,
    resolution: undefined,
    connected: undefined,
    certificate: undefined,
    page: undefined,
    later: undefined,
    bare: undefined,
    metrics: undefined,
    heading: undefined,
    right: undefined,
    loopback: undefined,
    ssh: undefined,
    socket: undefined,
    sample: undefined,
    others: undefined,
  };
}

/** The rows that were read by whichever way, the direct one first. */
export function readRows({ page, metrics, ssh }: NodeFacts): readonly StatsRow[] | undefined {
  if (page?.ok) return page.rows;
  if (ssh?.kind === "reached" && ssh.page.ok) return ssh.page.rows;
  return metrics?.kind === "open" ? metrics.rows : undefined;
}

/** The process behind the page, as far as anything told it. */
export function readProcess({ metrics, heading }: NodeFacts): ProcessInfo | undefined {
  const told = metrics !== undefined && metrics.kind !== "failed" ? metrics.process : undefined;
  if (told?.version !== undefined || heading?.version === undefined) return told;
  return { nodeName: undefined, startedAtSeconds: undefined, ...told, version: heading.version };
}

/** Why nothing can be said of what the stats port would have told; `undefined` where it took the connection. */
export function whyNotAsked({ resolution, connected, limitMs }: NodeFacts): string | undefined {
  if (resolution?.kind === "failed") return "not asked, as the name does not resolve";
  if (connected === undefined) return notInTime(limitMs);
  return connected.ok ? undefined : "not asked, as the stats port cannot be connected";
}

/** What stands where the answer did not come before the node's time was over, or before Ctrl-C. */
export function notInTime(limitMs: number): string {
  return `not known when the time was over (--timeout ${writeDuration(limitMs)}, or Ctrl-C)`;
}

/** What stands where the port answers, but not with a page. */
export const noPage = "not seen, as no page came back";
