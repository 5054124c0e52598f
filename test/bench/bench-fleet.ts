import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { DemoFleet } from "../../src/demo/demo-fleet.ts";
import { serveFleet } from "../../src/demo/serve-fleet.ts";

/** Where a node of a bench answers. */
export type BenchEndpoint = { readonly address: string; readonly port: number };

/** `static`: the same recorded page for everybody, so that the server costs next to nothing. `embedded`: the demo's. */
export type FleetKind = "static" | "embedded";

export type BenchFleet = { readonly endpoints: readonly BenchEndpoint[]; stop(): Promise<void> };

export const benchPassword = "bench";

/** Starts a fleet in a process of its own, so that its CPU is not ours. */
export async function startBenchFleet(kind: FleetKind, nodes: number): Promise<BenchFleet> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ["serve", kind, String(nodes)]);
  const endpoints = await new Promise<readonly BenchEndpoint[]>((resolve, reject) => {
    child.once("message", (message) => resolve(message as readonly BenchEndpoint[]));
    child.once("exit", (code) => reject(new Error(`the bench's fleet ended with ${code}`)));
  });
  return {
    endpoints,
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners("exit").once("exit", () => resolve());
        child.disconnect();
      }),
  };
}

async function serveStatic(nodes: number): Promise<readonly BenchEndpoint[]> {
  const page = readFileSync(new URL("../fixtures/stats/haproxy-2.6.12-all-up.csv", import.meta.url));
  const head =
    "HTTP/1.1 200 OK\r\ncache-control: no-cache\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n";
  const bytes = Buffer.concat([
    Buffer.from(`${head}${page.length.toString(16)}\r\n`),
    page,
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
  const listening = Array.from(
    { length: nodes },
    () =>
      new Promise<BenchEndpoint>((resolve) => {
        const server = createServer({ noDelay: true }, (socket) => {
          socket.on("error", () => undefined);
          // A request of these clients fits one segment, so its end is not looked for.
          socket.on("data", () => socket.write(bytes));
        });
        server.listen(0, "127.0.0.1", () =>
          resolve({ address: "127.0.0.1", port: (server.address() as AddressInfo).port }),
        );
      }),
  );
  return Promise.all(listening);
}

async function serveEmbedded(nodes: number): Promise<readonly BenchEndpoint[]> {
  const settings = { nodes, masters: 3, version: "2.6.12", seed: 1, uptimeMs: 60_000 } as const;
  const fleet = new DemoFleet(settings, { now: () => Date.now() });
  const served = await serveFleet(fleet, { username: "admin", password: benchPassword, isConsoleLocal: true });
  return served.endpoints.map(({ address, port }) => ({ address, port }));
}

if (process.argv[2] === "serve") {
  const [kind, nodes] = [process.argv[3], Number(process.argv[4])];
  const endpoints = kind === "embedded" ? await serveEmbedded(nodes) : await serveStatic(nodes);
  process.send?.(endpoints);
  process.once("disconnect", () => process.exit(0));
}
