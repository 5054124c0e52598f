import { connect, type Socket } from "node:net";
import { type BenchEndpoint, benchPassword } from "./bench-fleet.ts";

/** Sweeps over a fleet, however it is done. `sweep` resolves when every node has answered. */
export type BenchClient = { sweep(): Promise<void>; close(): Promise<void> };

const authorization = `Basic ${Buffer.from(`admin:${benchPassword}`).toString("base64")}`;
const end = Buffer.from("\r\n0\r\n\r\n");

/**
 * The floor: bare sockets that are kept, one shared buffer, nothing read of the answer but its last bytes. About twice
 * what a C program with epoll takes (polling.md §2).
 */
export function createBareClient(endpoints: readonly BenchEndpoint[], inFlight: number): BenchClient {
  const shared = Buffer.alloc(65_536);
  let next = 0;
  let left = 0;
  let finish: () => void = () => undefined;
  let active: readonly Node[] = [];
  let waiting: Node[] = [];

  const answered = () => {
    left -= 1;
    if (left === 0) finish();
    else sendNext();
  };
  const sendNext = () => {
    const node = waiting[next++];
    node?.send();
  };

  class Node {
    readonly request: Buffer;
    readonly socket: Socket;
    constructor({ address, port }: BenchEndpoint) {
      this.request = Buffer.from(
        `GET /;csv;norefresh HTTP/1.1\r\nhost: ${address}:${port}\r\nauthorization: ${authorization}\r\n\r\n`,
      );
      this.socket = connect({
        host: address,
        port,
        noDelay: true,
        onread: {
          buffer: shared,
          callback(length, buffer) {
            if (Buffer.compare(buffer.subarray(length - end.length, length), end) === 0) answered();
            return true;
          },
        },
      });
    }
    send(): void {
      this.socket.write(this.request);
    }
  }

  return {
    sweep() {
      if (active.length === 0) active = endpoints.map((endpoint) => new Node(endpoint));
      waiting = [...active];
      next = 0;
      left = waiting.length;
      return new Promise((resolve) => {
        finish = resolve;
        for (let i = 0; i < inFlight; i += 1) sendNext();
      });
    },
    async close() {
      for (const { socket } of active) socket.destroy();
    },
  };
}
