import { createBareClient } from "./bare-client.ts";
import type { BenchEndpoint } from "./bench-fleet.ts";
import { createK3sLbClient } from "./k3s-lb-client.ts";

/** What a client's process tells of its sweeps. Units: milliseconds, bytes; `cpuMs` is of this process alone. */
export type SweepFigures = { readonly cpuMs: number; readonly wallMs: number; readonly rssBytes: number };

/** Asks a client's process for figures: `warm` sweeps that do not count, then `sweeps` that do. */
export type SweepOrder = { readonly warm: number; readonly sweeps: number };

// Run as a process of its own: the first message is the fleet, every other one an order that is answered by figures.
const kind = process.argv[2];
if (kind !== undefined && process.send !== undefined) {
  const [endpoints, inFlight] = await new Promise<[readonly BenchEndpoint[], number]>((resolve) => {
    process.once("message", (message) => resolve(message as [readonly BenchEndpoint[], number]));
  });
  const client = kind === "bare" ? createBareClient(endpoints, inFlight) : await createK3sLbClient(endpoints, inFlight);
  process.on("message", (message) => {
    void answer(message as SweepOrder);
  });
  process.once("disconnect", () => process.exit(0));
  process.send("ready");

  async function answer({ warm, sweeps }: SweepOrder): Promise<void> {
    for (let i = 0; i < warm; i += 1) await client.sweep();
    const before = process.cpuUsage();
    const walls: number[] = [];
    for (let i = 0; i < sweeps; i += 1) {
      const startMs = performance.now();
      await client.sweep();
      walls.push(performance.now() - startMs);
    }
    const { user, system } = process.cpuUsage(before);
    walls.sort((a, b) => a - b);
    const figures: SweepFigures = {
      cpuMs: (user + system) / 1000,
      wallMs: walls[Math.floor(walls.length / 2)] ?? 0,
      rssBytes: process.memoryUsage.rss(),
    };
    process.send?.(figures);
  }
}
