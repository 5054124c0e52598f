import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import type { TlsSettings } from "../../src/domain/inventory.ts";
import { createLoopbackRoute } from "../../src/io/admin-http.ts";
import { chunked } from "../support/bad-server.ts";
import { captured } from "../support/captured.ts";
import { makeCertificate } from "../support/certificates.ts";
import { formAnswer, startPostServer } from "../support/post-server.ts";
import { localNode, readerOf } from "../support/reading.ts";
import { tempDir } from "../support/temp-dir.ts";

const outer = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4")?.address;
const order = { node: "node01", backend: "b", server: "m1", action: "drain" } as const;
const within = () => performance.now() + 2_000;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe.skipIf(outer === undefined)("createLoopbackRoute", () => {
  async function world(port: number, tls?: TlsSettings) {
    const node = localNode(port, { password: { kind: "literal", value: "pw" }, tls }, { address: outer ?? "" });
    const reader = await readerOf(node);
    const route = createLoopbackRoute(reader);
    open.unshift(route, reader);
    return { node, route };
  }

  it("posts and reads at 127.0.0.1 though the node has another address", async () => {
    const page = chunked(captured("haproxy-2.6.12-all-up.csv"));
    const server = await startPostServer((socket, { method }) => {
      socket.write(method === "POST" ? formAnswer("/;st=DONE") : page);
    });
    open.push(server);
    const { node, route } = await world(server.port);
    expect(await route.send(node, order, within())).toEqual({ kind: "answered", st: "DONE" });
    expect(await route.read(node, within())).toMatchObject({ ok: true });
    expect([server.connections(), server.posts().length]).toEqual([1, 1]);
  });

  it.each([
    ["its own address", `IP:${outer}`, { kind: "answered", st: "DONE" }],
    ["loopback only", "IP:127.0.0.1", { kind: "not-sent", failure: { kind: "tls" } }],
  ])("wants the node's own certificate there: one for %s", async (_what, names, reply) => {
    const certificate = makeCertificate(await tempDir(), "node", { names });
    const server = await startPostServer((socket) => socket.write(formAnswer("/;st=DONE")), undefined, certificate);
    open.push(server);
    const tls = { ca: certificate.certFile, cert: undefined, key: undefined, servername: undefined, insecure: false };
    const { node, route } = await world(server.port, tls);
    expect(await route.send(node, order, within())).toMatchObject(reply);
  });

  it("says that nothing was sent where HAProxy listens on the other address only", async () => {
    const server = await startPostServer(() => undefined);
    await server.close();
    const { node, route } = await world(server.port);
    expect(await route.send(node, order, within())).toMatchObject({
      kind: "not-sent",
      failure: { kind: "unreachable", detail: "connection refused" },
    });
  });
});
