import { createServer, type Server, type Socket } from "node:net";
import type { EmbeddedHaproxy } from "./embedded-haproxy.ts";
import { createRequestReader, type HttpRequest } from "./http-request.ts";
import { badRequest, type HttpAnswer, type StatsAccess, type StatsAnswerer } from "./stats-answer.ts";

/** What a listener needs of the node behind it; `process` is the HAProxy that runs there now, brought up to `now`. */
export type ListenerNode = {
  process(): { readonly haproxy: EmbeddedHaproxy; readonly nowMs: number };
  access(): StatsAccess;
};

/** `silent` accepts connections and answers nothing, as a node behind a broken path; `closed` refuses them. */
export type ListenerMode = "open" | "silent" | "closed";

// HAProxy's buffer: a chunk of a page is never larger.
const chunkBytes = 14_650;

/**
 * The stats listener of one node: bytes in, bytes out, keep-alive and pipelining.
 * Throws (by rejecting) what `listen` throws, as for a port in use.
 */
export class StatsListener {
  private readonly answer: StatsAnswerer;
  private readonly node: ListenerNode;
  private readonly sockets = new Set<Socket>();
  private mode: ListenerMode = "closed";
  private server: Server | undefined;
  private changing: Promise<void> = Promise.resolve();

  constructor(node: ListenerNode, answer: StatsAnswerer) {
    this.node = node;
    this.answer = answer;
  }

  /** Listens and returns the port, which matters where 0 was asked for. */
  async open(host: string, port: number): Promise<number> {
    const server = createServer((socket) => this.accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, backlog: 64 }, resolve);
    });
    this.server = server;
    this.mode = "open";
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  }

  /** Changes what callers meet, one change after the other. Every connection that stands is dropped. */
  setMode(mode: ListenerMode, host: string, port: number): Promise<void> {
    const change = async (): Promise<void> => {
      this.dropConnections();
      if (mode === "closed") await this.close();
      else if (this.server === undefined) await this.open(host, port);
      this.mode = mode;
    };
    this.changing = this.changing.then(change, change);
    return this.changing;
  }

  /** Ends every connection, as a restart of the process behind does. */
  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.dropConnections();
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private accept(socket: Socket): void {
    socket.setNoDelay(true);
    this.sockets.add(socket);
    const { listener } = this.node.process().haproxy;
    listener.open++;
    listener.connections++;
    listener.peak = Math.max(listener.peak, listener.open);
    const read = createRequestReader();
    let received: Buffer | undefined;
    let isLost = false;
    socket.on("data", (bytes: Buffer) => {
      listener.bytesIn += bytes.length;
      if (this.mode === "silent" || isLost) return;
      let rest = received === undefined ? bytes : Buffer.concat([received, bytes]);
      while (rest.length > 0) {
        const result = read(rest);
        if (result.kind === "incomplete") {
          isLost = result.lacksBody && this.node.process().haproxy.traits.losesSplitPost;
          break;
        }
        if (result.kind === "malformed") {
          socket.end(render(badRequest, undefined, false), "latin1");
          return;
        }
        if (!this.reply(socket, result.request, result.length)) return;
        rest = rest.subarray(result.length);
      }
      received = rest.length > 0 ? rest : undefined;
    });
    // A client that goes away in the middle is weather.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.sockets.delete(socket);
      listener.open--;
    });
  }

  /** Answers one request; false when the connection is over. */
  private reply(socket: Socket, request: HttpRequest, requestBytes: number): boolean {
    const { haproxy, nowMs } = this.node.process();
    const { listener } = haproxy;
    listener.requests++;
    const answer = this.answer(haproxy, request, this.node.access(), nowMs);
    const bytes = render(answer, request, haproxy.traits.chunksToHttp10 || request.uri.startsWith("/metrics"));
    listener.finished++;
    listener.bytesInFinished += requestBytes;
    listener.bytesOut += bytes.length;
    const hundreds = Number(answer.head.charAt("HTTP/1.1 ".length)) - 1;
    listener.responses[hundreds] = (listener.responses[hundreds] ?? 0) + 1;
    if (answer.closes || request.wantsClose) {
      socket.end(bytes, "latin1");
      return false;
    }
    socket.write(bytes, "latin1");
    return true;
  }
}

function render(answer: HttpAnswer, request: HttpRequest | undefined, chunksToHttp10: boolean): string {
  const isHead = request?.method === "HEAD";
  const says =
    request?.wantsClose === true && !answer.head.includes("connection: close") ? "connection: close\r\n" : "";
  if (answer.framing === "length") return `${answer.head}${says}\r\n${isHead ? "" : answer.body}`;
  if (isHead && answer.head.includes("version=0.0.4")) return `${answer.head}transfer-encoding: chunked\r\n${says}\r\n`;
  if (isHead) return `${answer.head}${answer.closes ? "connection: close\r\n" : says}\r\n`;
  if (request?.isHttp10 === true && !chunksToHttp10) return `${answer.head}${says}\r\n${answer.body}`;
  let text = `${answer.head}transfer-encoding: chunked\r\n${says}\r\n`;
  for (let at = 0; at < answer.body.length; at += chunkBytes) {
    const chunk = answer.body.slice(at, at + chunkBytes);
    text += `${chunk.length.toString(16).toUpperCase()}\r\n${chunk}\r\n`;
  }
  return `${text}0\r\n\r\n`;
}
