import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** One whole request, and in how many pieces its bytes arrived. */
export type Posted = { readonly method: string; readonly head: string; readonly body: string; readonly pieces: number };

/** A server that counts what arrives, byte by byte, and answers as a test says. */
export type PostServer = {
  readonly port: number;
  readonly requests: readonly Posted[];
  posts(): readonly Posted[];
  connections(): number;
  close(): Promise<void>;
};

/** Listens on 127.0.0.1; `answer` is called for every whole request, its body included. */
export async function startPostServer(
  answer: (socket: Socket, request: Posted, index: number) => void,
  onConnect: (socket: Socket) => void = () => undefined,
  tls?: TlsOptions,
): Promise<PostServer> {
  const requests: Posted[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const serve = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    onConnect(socket);
    let pending = "";
    let pieces = 0;
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (bytes) => {
      pending += bytes.toString("latin1");
      pieces += 1;
      for (let request = cut(pending); request !== undefined; request = cut(pending)) {
        pending = pending.slice(request.length);
        const posted = { ...request.parts, pieces };
        pieces = 0;
        requests.push(posted);
        answer(socket, posted, requests.length - 1);
      }
    });
  };
  const server: Server = tls === undefined ? createServer({ noDelay: true }, serve) : createTlsServer(tls, serve);
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    posts: () => requests.filter(({ method }) => method === "POST"),
    connections: () => connections,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function cut(text: string): { parts: Omit<Posted, "pieces">; length: number } | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const head = text.slice(0, end);
  const size = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  const length = end + 4 + size;
  if (text.length < length) return undefined;
  return { parts: { method: head.split(" ", 1)[0] ?? "", head, body: text.slice(end + 4, length) }, length };
}

/** The answer of HAProxy's form. */
export function formAnswer(location: string, status = "303 See Other"): string {
  return `HTTP/1.1 ${status}\r\ncontent-length: 0\r\nlocation: ${location}\r\n\r\n`;
}
