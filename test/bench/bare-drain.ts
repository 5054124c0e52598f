import { connect, type Socket } from "node:net";
import { type BenchEndpoint, benchPassword } from "./bench-fleet.ts";
import type { DrainClient } from "./drain-client.ts";

const authorization = `authorization: Basic ${Buffer.from(`admin:${benchPassword}`).toString("base64")}`;
const endOfPage = Buffer.from("\r\n0\r\n\r\n");
const endOfHead = Buffer.from("\r\n\r\n");

/**
 * The floor: bare sockets that are kept, one POST and one GET on each, all at once, nothing read of the answers but
 * their last bytes. It proves nothing; it only waits as long as proving has to.
 */
export function createBareDrain(endpoints: readonly BenchEndpoint[]): DrainClient {
  const shared = Buffer.alloc(65_536);
  let left = 0;
  let finish: () => void = () => undefined;

  class Node {
    readonly #get: Buffer;
    readonly #host: string;
    readonly #socket: Socket;
    #isPosting = false;

    constructor({ address, port }: BenchEndpoint) {
      this.#host = `${address}:${port}`;
      this.#get = Buffer.from(`GET /;csv;norefresh HTTP/1.1\r\nhost: ${this.#host}\r\n${authorization}\r\n\r\n`);
      this.#socket = connect({
        host: address,
        port,
        noDelay: true,
        onread: {
          buffer: shared,
          callback: (length, buffer) => {
            const end = this.#isPosting ? endOfHead : endOfPage;
            if (Buffer.compare(buffer.subarray(length - end.length, length), end) === 0) this.#answered();
            return true;
          },
        },
      });
    }

    post(form: string): void {
      this.#isPosting = true;
      this.#socket.write(
        `POST / HTTP/1.1\r\nhost: ${this.#host}\r\n${authorization}\r\ncontent-length: ${form.length}\r\n\r\n${form}`,
      );
    }

    close(): void {
      this.#socket.destroy();
    }

    #answered(): void {
      if (this.#isPosting) {
        this.#isPosting = false;
        this.#socket.write(this.#get);
        return;
      }
      left -= 1;
      if (left === 0) finish();
    }
  }

  const nodes = endpoints.map((endpoint) => new Node(endpoint));
  return {
    look: async () => undefined,
    async drain(action) {
      const startMs = performance.now();
      await new Promise<void>((resolve) => {
        left = nodes.length;
        finish = resolve;
        const form = `s=k8s-de1-master-2&action=${action}&b=k8s-de1-kube-api`;
        for (const node of nodes) node.post(form);
      });
      const ms = performance.now() - startMs;
      return { lastLiveMs: ms, allMs: ms };
    },
    async close() {
      for (const node of nodes) node.close();
    },
  };
}
