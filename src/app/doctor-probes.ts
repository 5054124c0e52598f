import type { AdminRight } from "../domain/admin-right.ts";
import type {
  BareAnswer,
  Certificate,
  Connected,
  Heading,
  MetricsAnswer,
  OtherAddress,
  PageReading,
  Resolution,
  SampleAnswer,
  SocketFacts,
  SshFacts,
} from "../domain/doctor-facts.ts";
import type { FleetNode } from "../domain/inventory.ts";

/**
 * What an examination asks of a node. The files `io/probe-*.ts` fit it, and the routes of orders.
 * Every one ends by `deadlineMs` (on the clock's `now`), never rejects for weather, and changes nothing on the node:
 * the only thing that is posted is an empty form. `undefined`: there was no answer to tell.
 */
export type DoctorProbes = {
  /** Whether this machine is the node. */
  isHere(node: FleetNode): Promise<boolean>;
  resolve(node: FleetNode, deadlineMs: number): Promise<Resolution>;
  connect(node: FleetNode, deadlineMs: number): Promise<Connected>;
  certificate(node: FleetNode, deadlineMs: number): Promise<Certificate>;
  /** With the configured password, where there is one. */
  page(node: FleetNode, deadlineMs: number): Promise<PageReading>;
  heading(node: FleetNode, deadlineMs: number): Promise<Heading | undefined>;
  right(node: FleetNode, deadlineMs: number): Promise<AdminRight>;
  loopback(node: FleetNode, deadlineMs: number): Promise<AdminRight>;
  /** Without a password. */
  bare(node: FleetNode, deadlineMs: number): Promise<BareAnswer>;
  metrics(node: FleetNode, deadlineMs: number): Promise<MetricsAnswer>;
  /** Gives the password of the published sample, once, where it is not the configured one. */
  sample(node: FleetNode, deadlineMs: number): Promise<SampleAnswer>;
  /** Whether the configured password is the sample's; nothing is asked of the node. */
  hasSample(node: FleetNode): Promise<boolean>;
  /** `isSilent`: its stats port did not answer, so that it may not hold up the logins to nodes that do. */
  ssh(node: FleetNode, deadlineMs: number, isSilent: boolean): Promise<SshFacts>;
  socket(node: FleetNode, deadlineMs: number): Promise<SocketFacts>;
  /** Tries the stats port where else the node may be reached; `known` are the addresses of its name. */
  others(node: FleetNode, deadlineMs: number, known: readonly string[]): Promise<readonly OtherAddress[]>;
};
