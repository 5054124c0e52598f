import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands before a HAProxy. `posts` counts the orders that came; reading always goes through. */
export type LossyProxy = { readonly port: number; posts(): number; close(): Promise<void> };

/**
 * Loses orders: `request` keeps a POST from getting through, `answer` lets it through and keeps what comes back, `reset`
 * lets it through and tears the connection down at once.
 */
export async function startLossyProxy(
  target: { readonly host: string; readonly port: number },
  loses: "request" | "answer" | "reset",
): Promise<LossyProxy> {
  const sockets = new Set<Socket>();
  let posts = 0;
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect(target.port, target.host);
    let isLost = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.end();
      });
    }
    upstream.on("data", (bytes) => {
      if (!isLost) client.write(bytes);
    });
    client.on("data", (bytes) => {
      if (bytes.toString("latin1").startsWith("POST")) {
        posts += 1;
        isLost = true;
        if (loses === "request") return;
        upstream.write(bytes);
        if (loses === "reset") upstream.once("data", () => client.resetAndDestroy());
      } else if (!isLost) upstream.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    posts: () => posts,
    async close() {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}
