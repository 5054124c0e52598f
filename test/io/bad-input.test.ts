import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { NodeReaderOf } from "../../src/io/node-reader.ts";
import type { NodeReading } from "../../src/io/node-source.ts";
import { answer, type BadServer, type Behaviour, chunked, startBadServer } from "../support/bad-server.ts";
import { openBlackHole } from "../support/black-hole.ts";
import { captured } from "../support/captured.ts";
import { localNode, readerOf } from "../support/reading.ts";

const good = captured("haproxy-2.6.12-all-up.csv");
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serve(behave?: Behaviour): Promise<BadServer> {
  const server = await startBadServer(behave);
  open.unshift(server);
  return server;
}

async function read(port: number, timeoutMs = 2_000): Promise<NodeReading & { readonly ms: number }> {
  const node = localNode(port, {}, { timeoutMs });
  const reader: NodeReaderOf = await readerOf(node);
  open.unshift(reader);
  const startMs = performance.now();
  const reading = await reader.read(node);
  return { ...reading, ms: performance.now() - startMs };
}

async function failure(behave: Behaviour, timeoutMs?: number): Promise<unknown> {
  const reading = await read((await serve(behave)).port, timeoutMs);
  if (reading.ok) throw new Error("was read");
  return reading.failure;
}

const always =
  (bytes: Buffer | string): Behaviour =>
  (socket) =>
    socket.write(bytes);
const thenClose =
  (bytes: Buffer | string): Behaviour =>
  (socket) =>
    socket.end(bytes);

describe("what a node can answer, and what becomes of it", () => {
  it.each<[string, Behaviour, object]>([
    [
      "401",
      always(answer("401 Unauthorized", "<html>")),
      { kind: "unauthorized", detail: "answers 401", statusCode: 401 },
    ],
    ["403", always(answer("403 Forbidden", "no")), { kind: "forbidden", detail: "answers 403", statusCode: 403 }],
    [
      "503",
      always(answer("503 Service Unavailable", "<html>")),
      { kind: "http-status", detail: "answers 503", statusCode: 503 },
    ],
    [
      "302 to elsewhere, with a password in it",
      always(answer("302 Found", "", "location: https://user:hunter2@login.example/stats?token=1")),
      { kind: "http-status", detail: "answers 302 (to login.example)", statusCode: 302 },
    ],
    [
      "303 to another path",
      always(answer("303 See Other", "", "location: /;st=DENY")),
      { kind: "http-status", detail: "answers 303 (to another path)", statusCode: 303 },
    ],
    ["204", always("HTTP/1.1 204 No Content\r\n\r\n"), { kind: "http-status", detail: "answers 204", statusCode: 204 }],
    [
      "HTML instead of CSV",
      always(chunked(captured("haproxy-2.6.12-all-up.html"))),
      { kind: "not-stats", detail: "a web page (HTML) instead of CSV", statusCode: 200 },
    ],
    [
      "JSON instead of CSV",
      always(chunked(captured("haproxy-2.6.12-hostile-quotes-comma.json"))),
      { kind: "not-stats", detail: "JSON instead of CSV", statusCode: 200 },
    ],
    ["nothing at all", always(answer("200 OK")), { kind: "not-stats", detail: "an empty answer", statusCode: 200 }],
    [
      "a header line only",
      always(chunked(good.subarray(0, good.indexOf("\n") + 1))),
      { kind: "not-stats", detail: "a header line without any row", statusCode: 200 },
    ],
    [
      "half a page, properly framed",
      always(chunked(good.subarray(0, 2000))),
      { kind: "not-stats", detail: "an answer that was cut off", statusCode: 200 },
    ],
    [
      "gzip nobody asked for",
      always(answer("200 OK", gzipSync(good), "content-encoding: gzip")),
      { kind: "not-stats", detail: "a compressed answer, which was not asked for", statusCode: 200 },
    ],
    [
      "an announced 100 MB",
      always("HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n# pxname"),
      { kind: "too-large", detail: "answer larger than 1 MiB", statusCode: undefined },
    ],
    [
      "a truncated chunk",
      thenClose(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfff\r\n# pxname,svname`),
      { kind: "unreachable", detail: "connection lost in the middle of the answer", statusCode: undefined },
    ],
    [
      "less than the announced length",
      thenClose("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n# pxname"),
      { kind: "unreachable", detail: "connection lost in the middle of the answer", statusCode: undefined },
    ],
    [
      "an early close",
      (socket) => socket.end(),
      { kind: "unreachable", detail: "closed without an answer", statusCode: undefined },
    ],
    [
      "a reset",
      (socket) => socket.resetAndDestroy(),
      { kind: "unreachable", detail: "connection reset", statusCode: undefined },
    ],
    [
      "something that is not HTTP",
      always("220 mail.example ESMTP\r\n"),
      { kind: "not-stats", detail: "an answer that is not HTTP", statusCode: undefined },
    ],
    [
      "headers without end",
      (socket) => socket.write(`HTTP/1.1 200 OK\r\n${"x-filler: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(3000)}`),
      { kind: "not-stats", detail: "an answer that is not HTTP", statusCode: undefined },
    ],
    [
      "a broken chunk size",
      always("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
      { kind: "not-stats", detail: "an answer that is not HTTP", statusCode: undefined },
    ],
  ])("%s", async (_, behave, expected) => {
    expect(await failure(behave)).toEqual(expected);
  });

  it("gives up a body of 100 MB while it comes in, and closes", async () => {
    let sent = 0;
    const block = Buffer.alloc(65_536, "x");
    const server = await serve((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
      const more = () => {
        while (!socket.destroyed && sent < 1600) {
          sent += 1;
          if (!socket.write(Buffer.concat([Buffer.from("10000\r\n"), block, Buffer.from("\r\n")]))) {
            socket.once("drain", more);
            return;
          }
        }
      };
      more();
    });
    expect(await read(server.port)).toMatchObject({ ok: false, failure: { kind: "too-large" } });
    await expect.poll(() => server.openConnections()).toBe(0);
    expect(sent).toBeLessThan(400);
  });

  it("reads on over 100 Continue and 103 Early Hints", async () => {
    const server = await serve(always(Buffer.concat([Buffer.from("HTTP/1.1 103 Early Hints\r\n\r\n"), chunked(good)])));
    expect(await read(server.port)).toMatchObject({ ok: true });
  });

  it("replaces bytes that are no UTF-8, and takes out escape sequences", async () => {
    const header = "# pxname,svname,status,type,last_chk,";
    const page = Buffer.concat([
      Buffer.from(`${header}\nbe,a,DOWN,2,`),
      Buffer.from([0xff, 0xc3, 0x28]),
      Buffer.from("\x1b]0;owned\x07\x1b[2Jbad\u202e,\n"),
    ]);
    const reading = await read((await serve(always(chunked(page)))).port);
    expect(reading).toMatchObject({ ok: true, page: { rows: [{ lastCheckText: "\ufffd\ufffd(]0;owned[2Jbad" }] } });
  });
});

describe("time", () => {
  const within = (reading: { readonly ms: number }, timeoutMs: number) => {
    expect(reading.ms).toBeGreaterThan(timeoutMs - 60);
    expect(reading.ms).toBeLessThan(timeoutMs + 400);
  };

  it("is up when a node takes the connection and says nothing", async () => {
    const reading = await read((await serve()).port, 300);
    expect(reading).toMatchObject({ ok: false, failure: { kind: "timeout", detail: "no answer in time" } });
    within(reading, 300);
  });

  it("is up when a node drips, however steadily", async () => {
    const server = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${good.length}\r\n\r\n`);
      let at = 0;
      const timer = setInterval(() => socket.write(good.subarray(at, ++at)), 20);
      socket.on("close", () => clearInterval(timer));
    });
    const reading = await read(server.port, 300);
    expect(reading).toMatchObject({ failure: { kind: "timeout", detail: "the answer did not end in time" } });
    within(reading, 300);
    await expect.poll(() => server.openConnections()).toBe(0);
  });

  it("is up when headers come slowly", async () => {
    const server = await serve((socket) => {
      const head = `HTTP/1.1 200 OK\r\nx-slow: ${"y".repeat(1000)}`;
      let at = 0;
      const timer = setInterval(() => socket.write(head.slice(at, ++at)), 20);
      socket.on("close", () => clearInterval(timer));
    });
    const reading = await read(server.port, 200);
    expect(reading).toMatchObject({ failure: { kind: "timeout", detail: "no answer in time" } });
    within(reading, 200);
  });

  it("is up when connecting leads nowhere", async () => {
    const hole = await openBlackHole();
    open.push(hole);
    const reading = await read(hole.port, 300);
    expect(reading).toMatchObject({ failure: { kind: "timeout", detail: "no connection in time" } });
    within(reading, 300);
  });

  it("leaves a slow answer its time", async () => {
    const server = await serve((socket) => setTimeout(() => socket.write(chunked(good)), 250));
    expect(await read(server.port, 1_500)).toMatchObject({ ok: true });
  });
});

describe("addresses", () => {
  it("says that nothing listens", async () => {
    const server = await startBadServer();
    await server.close();
    expect(await read(server.port)).toMatchObject({ failure: { kind: "unreachable", detail: "connection refused" } });
  });

  it("says that a name is not known", async () => {
    const node = localNode(1936, {}, { address: "no-such-host.invalid", timeoutMs: 15_000 });
    const reader = await readerOf(node);
    open.unshift(reader);
    expect(await reader.read(node)).toMatchObject({ ok: false, failure: { kind: "dns" } });
  });
});
