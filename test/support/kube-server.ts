import { createServer as createPlain, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { onTestFinished } from "vitest";

/** What a request was, and the answer that goes out. */
export type KubeAnswer = (request: IncomingMessage, response: ServerResponse) => void;

/** A stand-in for a Kubernetes API on loopback, with TLS where options are given. Ends with the test. */
export async function startKubeServer(answer: KubeAnswer, tls?: ServerOptions): Promise<string> {
  const server: Server = tls === undefined ? createPlain(answer) : createServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server && typeof server.closeAllConnections === "function")
          server.closeAllConnections();
      }),
  );
  return `${tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A node as the API describes it. */
export function kubeNode(name: string, address: string, labels: Readonly<Record<string, string>> = {}): unknown {
  return {
    metadata: { name, labels },
    status: {
      addresses: [
        { type: "Hostname", address: name },
        { type: "InternalIP", address },
      ],
    },
  };
}

/** Sends a value as JSON. */
export function sendJson(response: ServerResponse, value: unknown, statusCode = 200): void {
  response.writeHead(statusCode, { "content-type": "application/json" }).end(JSON.stringify(value));
}
