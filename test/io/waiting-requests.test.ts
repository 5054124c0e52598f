import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { createHttpRoute } from "../../src/io/admin-http.ts";
import type { NodeReaderOf } from "../../src/io/node-reader.ts";
import { type Behaviour, chunked, startBadServer } from "../support/bad-server.ts";
import { openBlackHole } from "../support/black-hole.ts";
import { captured } from "../support/captured.ts";
import { localNode, readerOf } from "../support/reading.ts";

const good = captured("haproxy-2.6.12-all-up.csv");
const order = {
  node: "node01",
  backend: "k8s-de1-kube-api",
  server: "k8s-de1-master-1",
  action: "drain",
} as const;
const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function readerTo(node: FleetNode): Promise<NodeReaderOf> {
  const reader = await readerOf(node);
  open.unshift(reader);
  return reader;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function serve(behave: Behaviour): Promise<number> {
  const server = await startBadServer(behave);
  open.push(server);
  return server.port;
}

/**
 * A poll, an order and two more polls that come together, so that three wait for the first: what became of each. What
 * undici throws from its own callbacks ends the process, and so this run.
 */
async function four(port: number, timeoutMs = 2_000): Promise<readonly string[]> {
  const node = localNode(port, {}, { timeoutMs });
  const reader = await readerTo(node);
  const route = createHttpRoute(reader);
  const reads = () => reader.read(node).then((one) => (one.ok ? "read" : `${one.failure.kind}: ${one.failure.detail}`));
  return Promise.all([
    reads(),
    route.send(node, order, reader.now() + timeoutMs).then((reply) => reply.kind),
    reads(),
    reads(),
  ]);
}

describe("requests that wait for one that fails", () => {
  it("fail one after the other where nothing listens", async () => {
    const refused = "unreachable: connection refused";
    expect(await four(await closedPort())).toEqual([refused, "not-sent", refused, refused]);
  });

  it("have their own try where the connection breaks, and an order goes out once", async () => {
    const asked: string[] = [];
    const port = await serve((socket, request, index) => {
      asked.push(request.split(" ")[0] ?? "");
      if (index < 2) socket.destroy();
      else socket.write(chunked(good));
    });
    expect(await four(port)).toEqual([expect.stringContaining("unreachable"), "no-answer", "read", "read"]);
    expect(asked.filter((method) => method === "POST")).toHaveLength(1);
  });

  it("are not sent any more where their time is over as well", async () => {
    const hole = await openBlackHole();
    open.push(hole);
    const late = "timeout: no connection in time";
    const outcomes = await four(hole.port, 300);
    expect(outcomes[0]).toBe(late);
    expect(outcomes[1]).toBe("not-sent");
  });

  it("end with the reader, whatever was under way", async () => {
    const port = await serve(() => undefined);
    const node = localNode(port);
    const reader = await readerOf(node);
    const all = Promise.all([reader.read(node), reader.read(node), reader.identify(node)]);
    await reader.close();
    const [first, second, third] = await all;
    expect([first.ok, second.ok, third]).toEqual([false, false, undefined]);
  });
});
