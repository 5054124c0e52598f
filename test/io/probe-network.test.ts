import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TlsOptions } from "node:tls";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { loadTls } from "../../src/io/node-tls.ts";
import { probeCertificate, probeConnect, resolveHost } from "../../src/io/probe-network.ts";
import { startBadServer } from "../support/bad-server.ts";
import { openBlackHole } from "../support/black-hole.ts";
import { makeCertificate } from "../support/certificates.ts";

const folder = mkdtempSync(join(tmpdir(), "k3s-lb-probe-"));
const good = makeCertificate(folder, "good");
const open: { close(): Promise<void> }[] = [];
const running = new AbortController().signal;

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function listen(tls?: TlsOptions) {
  const server = await startBadServer(undefined, tls === undefined ? {} : { tls });
  open.push(server);
  return { host: "127.0.0.1", port: server.port, tls: undefined };
}

describe("resolveHost", () => {
  it("asks nobody about an address", async () => {
    expect(await resolveHost("10.8.0.11", 0)).toEqual({ kind: "literal" });
    expect(await resolveHost("fd00::1", 0)).toEqual({ kind: "literal" });
  });

  it("gives every address of a name, each once", async () => {
    const resolution = await resolveHost("localhost", 5_000);
    if (resolution.kind !== "found") throw new Error(resolution.kind);
    expect(resolution.addresses).toContain("127.0.0.1");
    expect(new Set(resolution.addresses).size).toBe(resolution.addresses.length);
  });

  it("says that a name is not found, or that the time was over", async () => {
    expect(await resolveHost("no-such-host.invalid", 5_000)).toMatchObject({
      kind: "failed",
      failure: { kind: "dns" },
    });
    expect(await resolveHost("no-such-host.invalid", 0)).toEqual({
      kind: "failed",
      failure: { kind: "dns", detail: "name server does not answer", statusCode: undefined },
    });
  });
});

describe("probeConnect", () => {
  it("opens a connection, says nothing over it, and hangs up", async () => {
    const server = await startBadServer();
    open.push(server);
    const target = { host: "127.0.0.1", port: server.port, tls: undefined };
    expect(await probeConnect(target, 2_000, running)).toEqual({ ok: true, ms: expect.any(Number) });
    expect(server.requests).toEqual([]);
  });

  it("says that nothing listens", async () => {
    const target = await listen();
    await open.pop()?.close();
    expect(await probeConnect(target, 2_000, running)).toMatchObject({
      ok: false,
      failure: { kind: "unreachable", detail: "connection refused" },
    });
  });

  it("gives up when its time is over, or when all is stopped", async () => {
    const hole = await openBlackHole();
    open.push(hole);
    const target = { host: hole.address, port: hole.port, tls: undefined };
    const startedMs = performance.now();
    expect(await probeConnect(target, 150, running)).toMatchObject({
      failure: { kind: "timeout", detail: "no connection in time" },
    });
    const stop = new AbortController();
    const probe = probeConnect(target, 60_000, stop.signal);
    stop.abort();
    expect(await probe).toMatchObject({ failure: { detail: "this console is ending" } });
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});

describe("probeCertificate", () => {
  const settings = { ca: good.certFile, cert: undefined, key: undefined, servername: undefined, insecure: false };

  it("tells until when a trusted certificate is good", async () => {
    const found = await probeCertificate({ ...(await listen(good)), tls: await loadTls(settings) }, 5_000, running);
    if (!found.ok) throw new Error(found.failure.detail);
    expect(found.problem).toBeUndefined();
    expect((found.validToMs - Date.now()) / 86_400_000).toBeCloseTo(30, 0);
  });

  it.each([
    ["self-signed certificate", { ca: undefined }, good],
    ["certificate is for another name", { servername: "other.test" }, good],
    ["certificate has expired", { ca: join(folder, "old.crt") }, makeCertificate(folder, "old", { days: -1 })],
  ])("tells why a certificate would be refused: %s", async (detail, part, server) => {
    const target = { ...(await listen(server)), tls: await loadTls({ ...settings, ...part }) };
    expect(await probeCertificate(target, 5_000, running)).toMatchObject({
      ok: true,
      problem: { kind: "tls", detail },
    });
  });

  it("tells that nobody shakes hands", async () => {
    const target = { ...(await listen()), tls: await loadTls(settings) };
    expect(await probeCertificate(target, 150, running)).toMatchObject({
      ok: false,
      failure: { kind: "timeout", detail: "no TLS handshake in time" },
    });
  });
});
