import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** What a server does with the `index`-th request (from 0) that reaches it on one of its connections. */
export type Behaviour = (socket: Socket, request: string, index: number) => void;

/** A server that behaves as badly as a test wants. `requests` is what was asked, head by head. */
export type BadServer = {
  readonly port: number;
  readonly requests: readonly string[];
  connections(): number;
  openConnections(): number;
  close(): Promise<void>;
};

/** Listens on 127.0.0.1. The behaviour is called for each whole request head; without one, nothing is ever answered. */
export async function startBadServer(
  behave: Behaviour = () => undefined,
  options: { readonly tls?: TlsOptions; readonly host?: string; readonly port?: number } = {},
): Promise<BadServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let connections = 0;
  const serve = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    let pending = "";
    socket.on("data", (bytes) => {
      pending += bytes.toString("latin1");
      for (let end = pending.indexOf("\r\n\r\n"); end !== -1; end = pending.indexOf("\r\n\r\n")) {
        const head = pending.slice(0, end);
        pending = pending.slice(end + 4);
        requests.push(head);
        behave(socket, head, requests.length - 1);
      }
    });
  };
  const server: Server =
    options.tls === undefined ? createServer({ noDelay: true }, serve) : createTlsServer(options.tls, serve);
  server.on("tlsClientError", () => undefined);
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    openConnections: () => sockets.size,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** An answer as HAProxy writes it: chunked, lower-case names. */
export function chunked(body: string | Buffer, head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain"): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from(
      `${head}\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n${bytes.length.toString(16)}\r\n`,
    ),
    bytes,
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
}

/** An answer with a content-length. */
export function answer(status: string, body: string | Buffer = "", ...headers: readonly string[]): Buffer {
  const bytes = Buffer.from(body);
  const head = [`HTTP/1.1 ${status}`, `content-length: ${bytes.length}`, ...headers].join("\r\n");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), bytes]);
}
