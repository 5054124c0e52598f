import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TlsOptions } from "node:tls";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { TlsSettings } from "../../src/domain/inventory.ts";
import type { NodeReading } from "../../src/io/node-source.ts";
import { type Behaviour, chunked, startBadServer } from "../support/bad-server.ts";
import { captured } from "../support/captured.ts";
import { makeCertificate } from "../support/certificates.ts";
import { localNode, readerOf } from "../support/reading.ts";

const folder = mkdtempSync(join(tmpdir(), "k3s-lb-tls-"));
const good = makeCertificate(folder, "good");
const client = makeCertificate(folder, "client", { names: "DNS:console" });
const open: { close(): Promise<void> }[] = [];
const page: Behaviour = (socket) => socket.write(chunked(captured("haproxy-2.6.12-all-up.csv")));

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type Case = {
  readonly server?: TlsOptions | undefined;
  readonly settings?: Partial<TlsSettings> | undefined;
  readonly behave?: Behaviour;
  readonly timeoutMs?: number;
};

async function read({ server, settings, behave = page, timeoutMs = 2_000 }: Case): Promise<NodeReading> {
  const listening = await startBadServer(behave, server === undefined ? {} : { tls: server });
  const none = { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure: false };
  const tls = settings === undefined ? undefined : { ...none, ...settings };
  const node = localNode(listening.port, { tls }, { timeoutMs });
  const reader = await readerOf(node);
  open.push(reader, listening);
  await reader.read(node);
  return reader.read(node);
}

const failure = (detail: string) => ({ ok: false, failure: { kind: "tls", detail } });
const withName = { ca: good.certFile, servername: "lb.test" };

describe("https", () => {
  it.each<[string, Partial<TlsSettings>]>([
    ["the address", { ca: good.certFile }],
    ["a configured name", withName],
  ])("reads a page, the certificate verified against %s", async (_, settings) => {
    expect(await read({ server: good, settings })).toMatchObject({ ok: true });
  });

  it("takes any certificate only where the fleet file says insecure", async () => {
    const other = makeCertificate(folder, "other", { names: "DNS:elsewhere", days: -1 });
    expect(await read({ server: other, settings: { insecure: true } })).toMatchObject({ ok: true });
  });

  it("shows its certificate where one is wanted", async () => {
    const server = { ...good, ca: client.cert, requestCert: true };
    const settings = { ...withName, cert: client.certFile, key: client.keyFile };
    expect(await read({ server, settings })).toMatchObject({ ok: true });
  });

  it.each<[string, () => Case, string]>([
    ["a self-signed certificate", () => ({ server: good, settings: {} }), "self-signed certificate"],
    [
      "an expired certificate",
      () => {
        const old = makeCertificate(folder, "old", { days: -1 });
        return { server: old, settings: { ca: old.certFile } };
      },
      "certificate has expired",
    ],
    [
      "a certificate for another name",
      () => ({ server: good, settings: { ca: good.certFile, servername: "wrong.test" } }),
      "certificate is for another name",
    ],
    [
      "a certificate for another address",
      () => {
        const named = makeCertificate(folder, "named", { names: "DNS:lb.test" });
        return { server: named, settings: { ca: named.certFile } };
      },
      "certificate is for another name",
    ],
    [
      "plain http on the port",
      () => ({
        settings: withName,
        behave: () => undefined,
        server: undefined,
        timeoutMs: 300,
      }),
      "no TLS handshake in time",
    ],
  ])("tells %s", async (_, of, detail) => {
    const reading = await read(of());
    if (detail.includes("in time")) expect(reading).toMatchObject({ ok: false, failure: { kind: "timeout", detail } });
    else expect(reading).toMatchObject(failure(detail));
  });

  it("tells that the port speaks plain http when it answers the handshake", async () => {
    const greets = await startBadServer();
    await greets.close();
    const { createServer } = await import("node:net");
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    }).listen(greets.port, "127.0.0.1");
    open.push({ close: async () => void server.close() });
    const tls = { ca: good.certFile, cert: undefined, key: undefined, servername: undefined, insecure: false };
    const node = localNode(greets.port, { tls });
    const reader = await readerOf(node);
    open.push(reader);
    expect(await reader.read(node)).toMatchObject(failure("the port does not speak TLS"));
  });

  it("tells that the port speaks TLS when it answers plain http with an alert", async () => {
    expect(await read({ behave: (socket) => socket.end("\x15\x03\x01\x00\x02\x02\x46") })).toMatchObject(
      failure("the port speaks TLS"),
    );
  });

  it("leaves both causes open where the node just hangs up, as HAProxy does", async () => {
    const server = { ...good, ca: client.cert, requestCert: true };
    const cases: readonly Case[] = [{ server: good }, { server, settings: withName }];
    for (const one of cases) {
      const reading = await read(one);
      expect(reading).toMatchObject({ failure: { kind: "unreachable", detail: "closed without an answer" } });
    }
  });
});
