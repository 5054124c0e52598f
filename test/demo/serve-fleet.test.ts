import { createConnection } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { DemoFleet } from "../../src/demo/demo-fleet.ts";
import type { HaproxyVersion } from "../../src/demo/haproxy-version.ts";
import { type ServedFleet, type ServeSettings, serveFleet } from "../../src/demo/serve-fleet.ts";
import { readCsv } from "../support/page-shape.ts";
import { exchange, splitAnswers } from "../support/raw-http.ts";

let served: ServedFleet | undefined;

afterEach(async () => {
  await served?.close();
  served = undefined;
});

describe("serveFleet", () => {
  it("answers the polls of 200 nodes at once, each with its own page", async () => {
    const fleet = await serve(200);
    const pages = await Promise.all(
      fleet.endpoints.map(async (endpoint) => {
        const { text } = await exchange({ host: endpoint.address, port: endpoint.port }, poll);
        return readCsv(splitAnswers(text)[0]?.body ?? "");
      }),
    );
    expect(pages).toHaveLength(200);
    for (const { rows } of pages) expect(rows).toHaveLength(7);
    const ages = new Set(pages.map(({ rows }) => rows[1]?.["lastchg"]));
    expect(ages.size).toBeGreaterThan(150);
  });

  it("gives every node a port of its own where the system has one loopback address", async () => {
    const { endpoints } = await serve(5, { spread: "ports" });
    expect(new Set(endpoints.map(({ port }) => port)).size).toBe(5);
    for (const { address, port } of endpoints) {
      expect(address).toBe("127.0.0.1");
      expect(splitAnswers((await exchange({ host: address, port }, poll)).text)[0]?.status).toBe(200);
    }
  });

  it.each([
    ["2.8.0", 1],
    ["3.0.0", 0],
  ] as const)("on %s answers %i POST whose body comes in a segment of its own", async (version, answers) => {
    const { fleet, endpoints } = await serve(1, {}, version);
    const [only] = endpoints;
    if (only === undefined) throw new Error("one node has one endpoint");
    const listener = () => fleet.visit(only.node).listener;
    const head = `POST / HTTP/1.1\r\nHost: node\r\nAuthorization: Basic ${btoa("admin:pw")}\r\nContent-Length: 3\r\n\r\n`;
    const socket = createConnection(only.port, only.address);
    socket.write(head);
    await expect.poll(() => listener().bytesIn).toBe(head.length);
    socket.write("x=y");
    await expect.poll(() => listener().bytesIn).toBe(head.length + 3);
    expect(listener().finished).toBe(answers);
    socket.destroy();
  });

  it("refuses connections to a closed node, and opens it again at the same place", async () => {
    const { fleet, endpoints } = await serve(2);
    const [first] = endpoints;
    if (first === undefined) throw new Error("two nodes have two endpoints");
    const target = { host: first.address, port: first.port };
    const refused = (): Promise<boolean> =>
      exchange(target, poll).then(
        () => false,
        (error) => error.code === "ECONNREFUSED",
      );
    fleet.reach(first.node, "closed");
    await expect.poll(refused).toBe(true);
    fleet.reach(first.node, "open");
    await expect.poll(refused).toBe(false);
  });

  it("accepts and says nothing on a silent node", async () => {
    const { fleet, endpoints } = await serve(1);
    const [only] = endpoints;
    if (only === undefined) throw new Error("one node has one endpoint");
    fleet.reach(only.node, "silent");
    const socket = createConnection(only.port, only.address);
    let answered = false;
    // Being dropped may read as a reset.
    socket.on("error", () => socket.destroy());
    socket.on("data", () => {
      answered = true;
    });
    await new Promise((resolve) => socket.write(poll, resolve));
    // The counter of open connections tells that it was accepted; the next mode drops it without a byte.
    await expect.poll(() => fleet.visit(only.node).listener.open).toBe(1);
    const closed = new Promise((resolve) => socket.on("close", resolve));
    fleet.reach(only.node, "open");
    await closed;
    expect(answered).toBe(false);
  });

  it("drops the connections of a node that restarts", async () => {
    const { fleet, endpoints } = await serve(1);
    const [only] = endpoints;
    if (only === undefined) throw new Error("one node has one endpoint");
    const socket = createConnection(only.port, only.address);
    socket.on("error", () => socket.destroy());
    await new Promise((resolve) => socket.on("connect", resolve));
    const closed = new Promise((resolve) => socket.on("close", resolve));
    await expect.poll(() => fleet.visit(only.node).listener.open).toBe(1);
    fleet.restart(only.node);
    await closed;
    expect(fleet.visit(only.node).listener.connections).toBe(0);
  });
});

const poll = `GET /;csv;norefresh HTTP/1.1\r\nHost: node\r\nAuthorization: Basic ${btoa("admin:pw")}\r\nConnection: close\r\n\r\n`;

async function serve(
  nodes: number,
  settings: Partial<ServeSettings> = {},
  version: HaproxyVersion = "3.5-dev5",
): Promise<ServedFleet & { readonly fleet: DemoFleet }> {
  const fleet = new DemoFleet(
    { nodes, masters: 3, version, seed: 1, uptimeMs: 7_200_000 },
    { now: () => 1_800_000_000_000 },
  );
  served = await serveFleet(fleet, { username: "admin", password: "pw", isConsoleLocal: true, ...settings });
  return { fleet, ...served };
}
