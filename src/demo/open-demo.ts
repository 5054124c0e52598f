import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { DemoFleet, demoNames } from "./demo-fleet.ts";
import type { HaproxyVersion } from "./haproxy-version.ts";
import type { IncidentStep } from "./incident.ts";
import { playIncident } from "./play-incident.ts";
import { type NodeEndpoint, serveFleet } from "./serve-fleet.ts";

/** What kind of demo. `hasIncident` false leaves the fleet healthy; `isConsoleLocal` is for the LOCALHOST rule. */
export type DemoOptions = {
  readonly nodes: number;
  readonly masters: number;
  readonly version: HaproxyVersion;
  readonly seed: number;
  readonly speed: number;
  readonly hasIncident: boolean;
  readonly isConsoleLocal: boolean;
};

/** A demo fleet on loopback. `password` is new for every fleet and belongs into no output. */
export type OpenDemo = {
  readonly fleet: DemoFleet;
  readonly endpoints: readonly NodeEndpoint[];
  readonly password: string;
  close(): Promise<void>;
};

const threeHoursMs = 10_800_000;

/** Starts the fleet and its incident; `tell` hears each step of it. */
export async function openDemo(options: DemoOptions, tell: (step: IncidentStep) => void): Promise<OpenDemo> {
  // Unix time by the monotonic clock: a step of the machine's clock must not make checks pile up.
  const fleet = new DemoFleet(
    { ...options, uptimeMs: threeHoursMs },
    { now: () => performance.timeOrigin + performance.now() },
  );
  const password = randomBytes(15).toString("base64url");
  const served = await serveFleet(fleet, {
    username: demoNames.username,
    password,
    isConsoleLocal: options.isConsoleLocal,
  });
  const stop = options.hasIncident ? playIncident(fleet, options.speed, tell) : () => undefined;
  return {
    fleet,
    endpoints: served.endpoints,
    password,
    async close() {
      stop();
      await served.close();
    },
  };
}
