import { afterEach, describe, expect, it } from "vitest";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { createHttpRoute } from "../../src/io/admin-http.ts";
import { chunked } from "../support/bad-server.ts";
import { captured } from "../support/captured.ts";
import { formAnswer, type PostServer, startPostServer } from "../support/post-server.ts";
import { localNode, readerOf } from "../support/reading.ts";

const page = captured("haproxy-2.6.12-all-up.csv");
const order = { node: "node01", backend: "k8s-de1-kube-api", server: "k8s-de1-master-1", action: "drain" } as const;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function world(...settings: Parameters<typeof startPostServer>) {
  const server = await startPostServer(...settings);
  open.push(server);
  return { server, ...(await routeTo(localNode(server.port, { password: { kind: "literal", value: "s3cr3t" } }))) };
}

async function routeTo(node: FleetNode) {
  const reader = await readerOf(node);
  open.unshift(reader);
  const route = createHttpRoute(reader);
  const send = (withinMs = 2_000) => route.send(node, order, performance.now() + withinMs);
  return { node, reader, route, send };
}

const done = formAnswer("/;st=DONE");
const bodies = (server: PostServer) => server.posts().map(({ body }) => body);
const drain = "s=k8s-de1-master-1&action=drain&b=k8s-de1-kube-api";

describe("createHttpRoute, what it sends", () => {
  it("sends head and body in one piece, with the password and without Origin and Referer", async () => {
    const { server, send } = await world((socket) => socket.write(done));
    expect(await send()).toEqual({ kind: "answered", st: "DONE" });
    const [post] = server.posts();
    expect(post).toMatchObject({ body: drain, pieces: 1 });
    expect(post?.head.split("\r\n")[0]).toBe("POST / HTTP/1.1");
    expect(post?.head).toContain(`authorization: Basic ${Buffer.from("admin:s3cr3t").toString("base64")}`);
    expect(post?.head.toLowerCase()).not.toMatch(/origin|referer|expect:|transfer-encoding/);
  });

  it("uses the connection of the polls, waits for its turn there, and leaves it open", async () => {
    const { server, node, reader, send } = await world((socket, { method }) => {
      socket.write(method === "GET" ? chunked(page) : done);
    });
    const [first, posted, second] = await Promise.all([reader.read(node), send(), reader.read(node)]);
    expect([first.ok, posted, second.ok]).toEqual([true, { kind: "answered", st: "DONE" }, true]);
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
    expect(server.connections()).toBe(1);
  });

  it("follows no redirect", async () => {
    const other = await startPostServer((socket) => socket.write(done));
    open.push(other);
    const { server, send } = await world((socket) => socket.write(formAnswer(`http://127.0.0.1:${other.port}/`)));
    expect(await send()).toEqual({ kind: "rejected", statusCode: 303 });
    expect([server.requests.length, other.requests.length]).toEqual([1, 0]);
  });

  it.each([200, 401, 403, 503])("takes status %i for no, and reads on afterwards", async (status) => {
    const { server, node, reader, send } = await world((socket, { method }) => {
      if (method === "GET") socket.write(chunked(page));
      else socket.write(`HTTP/1.1 ${status} No\r\ncontent-length: 5\r\n\r\nwords`);
    });
    expect(await send()).toEqual({ kind: "rejected", statusCode: status });
    expect(await reader.read(node)).toMatchObject({ ok: true });
    expect(bodies(server)).toEqual([drain]);
  });
});

describe("createHttpRoute, when things go wrong", () => {
  it("says not sent where nothing listens", async () => {
    const server = await startPostServer(() => undefined);
    await server.close();
    const { send } = await routeTo(localNode(server.port));
    expect(await send()).toMatchObject({
      kind: "not-sent",
      failure: { kind: "unreachable", detail: "connection refused" },
    });
  });

  it("says not sent where the name is not known", async () => {
    const { send } = await routeTo(localNode(1936, {}, { address: "no-such-host.invalid" }));
    expect(await send()).toMatchObject({ kind: "not-sent", failure: { kind: "dns" } });
  });

  it("says not sent where the certificate is refused", async () => {
    const { server } = await world((socket) => socket.write(done));
    const tls = { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure: false };
    const { send } = await routeTo(localNode(server.port, { tls }));
    expect(await send()).toMatchObject({ kind: "not-sent" });
    expect(server.posts()).toEqual([]);
  });

  it("says not sent when its turn never comes: the poll before it gets no answer", async () => {
    const { server, node, reader, send } = await world(() => undefined);
    const read = reader.read({ ...node, poll: { ...node.poll, timeoutMs: 400 } });
    expect(await send(100)).toMatchObject({ kind: "not-sent", failure: { kind: "timeout" } });
    expect(await read).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(bodies(server)).toEqual([]);
  });

  it("takes an answer that comes late, as long as it comes in time", async () => {
    const { server, send } = await world((socket) => setTimeout(() => socket.write(done), 150));
    expect(await send()).toEqual({ kind: "answered", st: "DONE" });
    expect(bodies(server)).toEqual([drain]);
  });

  it("sends once where no answer ever comes", async () => {
    const { server, send } = await world(() => undefined);
    expect(await send(150)).toMatchObject({
      kind: "no-answer",
      failure: { kind: "timeout", detail: "no answer in time" },
    });
    expect(bodies(server)).toEqual([drain]);
  });

  it("sends once where the connection is reset after the order", async () => {
    const { server, send } = await world((socket) => socket.resetAndDestroy());
    expect(await send()).toMatchObject({ kind: "no-answer", failure: { kind: "unreachable" } });
    expect(bodies(server)).toEqual([drain]);
  });

  it("sends once on a kept connection that is reset, where a poll would be asked again", async () => {
    const { server, node, reader, send } = await world((socket, { method }, index) => {
      if (index === 0) socket.write(chunked(page));
      else if (method === "POST") socket.resetAndDestroy();
      else socket.write(chunked(page));
    });
    await reader.read(node);
    expect(await send()).toMatchObject({ kind: "no-answer" });
    expect(await reader.read(node)).toMatchObject({ ok: true });
    expect(bodies(server)).toEqual([drain]);
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
  });

  it("sends at most once where the connection is reset before the order is read", async () => {
    const { server, send } = await world(
      (socket) => socket.write(done),
      (socket) => socket.resetAndDestroy(),
    );
    const reply = await send();
    expect(["no-answer", "not-sent"]).toContain(reply.kind);
    expect([bodies(server), server.connections()]).toEqual([[], 1]);
  });

  it("sends once where the answer breaks off after its first line", async () => {
    const { server, send } = await world((socket) => socket.end("HTTP/1.1 303 See Other\r\nloc"));
    expect(await send()).toMatchObject({ kind: "no-answer" });
    expect(bodies(server)).toEqual([drain]);
  });

  it("believes an answer whose body never ends", async () => {
    const { send } = await world((socket) =>
      socket.write("HTTP/1.1 303 See Other\r\ncontent-length: 9\r\nlocation: /;st=DONE\r\n\r\nhal"),
    );
    expect(await send(150)).toEqual({ kind: "answered", st: "DONE" });
  });

  it("gives up what waits when the console ends, as not sent", async () => {
    const { server, node, reader, send } = await world(() => undefined);
    const read = reader.read(node);
    const reply = send();
    await reader.close();
    expect(await reply).toMatchObject({ kind: "not-sent", failure: { detail: "this console is ending" } });
    expect(await read).toMatchObject({ ok: false });
    expect(bodies(server)).toEqual([]);
  });
});
