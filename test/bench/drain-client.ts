import { createBareDrain } from "./bare-drain.ts";
import type { BenchEndpoint } from "./bench-fleet.ts";
import { createK3sLbDrain } from "./k3s-lb-drain.ts";

/** Units: milliseconds until the last node that lives was done, and until all were. */
export type DrainTimes = { readonly lastLiveMs: number; readonly allMs: number };

/** Changes one master on every node, however it is done. `look` is what happens before an operator says yes. */
export type DrainClient = {
  look(): Promise<void>;
  drain(action: "drain" | "ready"): Promise<DrainTimes>;
  close(): Promise<void>;
};

/** The fleet, once; every message after it asks for one change. */
export type DrainSetup = {
  readonly endpoints: readonly BenchEndpoint[];
  readonly dead: readonly number[];
  readonly parallel: number;
};

/** What one change took. Units: `cpuMs` of this process alone. */
export type DrainFigures = DrainTimes & { readonly cpuMs: number };

// Run as a process of its own: the first message is the fleet, every other one an order that is answered by figures.
const kind = process.argv[2];
if ((kind === "bare" || kind === "k3s-lb") && process.send !== undefined) {
  const { endpoints, dead, parallel } = await new Promise<DrainSetup>((resolve) => {
    process.once("message", (message) => resolve(message as DrainSetup));
  });
  const client =
    kind === "bare" ? createBareDrain(endpoints) : await createK3sLbDrain(endpoints, new Set(dead), parallel);
  process.on("message", (message) => {
    void answer(message as "drain" | "ready");
  });
  process.once("disconnect", () => void client.close().then(() => process.exit(0)));
  process.send("ready");

  async function answer(action: "drain" | "ready"): Promise<void> {
    await client.look();
    const before = process.cpuUsage();
    const times = await client.drain(action);
    const { user, system } = process.cpuUsage(before);
    const figures: DrainFigures = { ...times, cpuMs: (user + system) / 1000 };
    process.send?.(figures);
  }
}
