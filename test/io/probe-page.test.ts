import { afterEach, describe, expect, it } from "vitest";
import { samplePassword } from "../../src/domain/sample-password.ts";
import { createPageProbes, isSilence } from "../../src/io/probe-page.ts";
import { answer, type BadServer, chunked, startBadServer } from "../support/bad-server.ts";
import { captured } from "../support/captured.ts";
import { localNode, readerOf } from "../support/reading.ts";

const csv = captured("haproxy-2.6.12-all-up.csv");
const html = captured("haproxy-2.6.12-all-up.html");
const metrics = captured("haproxy-2.6.12-all-up.metrics");
const own = "s3cr3t";
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A HAProxy whose page these passwords of `admin` open, as 2.6 does: it hangs up after a 401. */
async function world(passwords: readonly string[], hasOpenMetrics: boolean) {
  const letIn = passwords.map((password) => `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`);
  const server = await startBadServer((socket, head) => {
    const path = head.split(" ")[1] ?? "";
    const given = /^authorization: (.*)$/im.exec(head)?.[1] ?? "";
    const isLetIn = passwords.length === 0 || letIn.includes(given);
    if (!isLetIn && !(hasOpenMetrics && path.startsWith("/metrics")))
      return void socket.end(answer("401 Unauthorized"));
    socket.write(chunked(path.startsWith("/metrics") ? metrics : path.includes(";csv") ? csv : html));
  });
  const node = localNode(server.port, { password: { kind: "literal", value: own } });
  const reader = await readerOf(node);
  const probes = createPageProbes(reader);
  open.push(probes, reader, server);
  return { server, node, probes, within: () => reader.now() + 3_000 };
}

const given = ({ requests }: BadServer) => requests.filter((head) => /^authorization:/im.test(head));

describe("createPageProbes", () => {
  it("reads page and heading with the password, and is refused without", async () => {
    const { node, probes, within } = await world([own], false);
    const page = await probes.page(node, within());
    expect(page.ok && [page.rows.length, page.ms < 3_000]).toEqual([7, true]);
    expect(await probes.heading(node, within())).toEqual({ version: undefined });
    expect(await probes.bare(node, within())).toEqual({ kind: "closed" });
    expect(await probes.sample(node, within())).toBe("refused");
  });

  it("asks a closed /metrics once more with the password, for the version", async () => {
    const { node, probes, within } = await world([own], false);
    expect(await probes.metrics(node, within())).toMatchObject({
      kind: "closed",
      process: { version: "2.6.12-1+deb12u4" },
    });
  });

  it("reads an open /metrics and an open page without giving the password to anybody", async () => {
    const { server, node, probes, within } = await world([], true);
    expect(await probes.metrics(node, within())).toMatchObject({
      kind: "open",
      process: { version: "2.6.12-1+deb12u4" },
    });
    expect(await probes.bare(node, within())).toEqual({ kind: "open" });
    expect(await probes.bareAt(node, "127.0.0.1", within())).toEqual({ kind: "open" });
    expect(given(server)).toEqual([]);
  });

  it("finds the sample's password accepted, giving it once", async () => {
    const { server, node, probes, within } = await world([own, samplePassword.password], true);
    expect(await probes.sample(node, within())).toBe("accepted");
    expect(given(server)).toHaveLength(1);
  });

  it("asks all at once over two connections, one with the password and one without", async () => {
    const { server, node, probes, within } = await world([], true);
    await Promise.all([
      probes.page(node, within()),
      probes.heading(node, within()),
      probes.bare(node, within()),
      probes.metrics(node, within()),
    ]);
    expect(server.connections()).toBe(2);
  });

  it("tells silence from a port where something else answers", async () => {
    const { node, probes, within } = await world([own], true);
    const nobody = await probes.bareAt(node, "127.9.9.9", within());
    expect([nobody.kind, isSilence(nobody)]).toEqual(["failed", true]);
    const other = await startBadServer((socket) => void socket.end(answer("404 Not Found")), {
      host: "127.9.9.8",
      port: node.stats.port,
    });
    open.push(other);
    const somebody = await probes.bareAt(node, "127.9.9.8", within());
    expect([somebody.kind, isSilence(somebody)]).toEqual(["failed", false]);
  });

  it("ends by its time where nothing is ever answered", async () => {
    const server = await startBadServer();
    const node = localNode(server.port);
    const reader = await readerOf(node);
    const probes = createPageProbes(reader);
    open.push(probes, reader, server);
    const soon = () => reader.now() + 150;
    expect(await Promise.all([probes.bare(node, soon()), probes.metrics(node, soon())])).toMatchObject([
      { kind: "failed", failure: { kind: "timeout" } },
      { kind: "failed", failure: { kind: "timeout" } },
    ]);
    expect(await probes.heading(node, soon())).toBeUndefined();
    expect(await probes.sample(node, soon())).toBe("not-known");
  });
});
