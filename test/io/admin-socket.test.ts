import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AdminSettings } from "../../src/domain/inventory.ts";
import { createSocketRoute } from "../../src/io/admin-socket.ts";
import { createLoginPlaces } from "../../src/io/ssh-pool.ts";
import { skipsNamespaces } from "../support/netns.ts";
import { readerOf } from "../support/reading.ts";
import { type SshNode, startSshNode } from "../support/ssh-node.ts";

const order = { node: "node01", backend: "k8s-de1-kube-api", server: "m1", action: "drain" } as const;
const down = { ...order, server: "m3" } as const;
const within = (ms = 10_000) => performance.now() + ms;
const ok = { kind: "said", means: "ok", text: "" };
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function world(there: SshNode, isHere: boolean, admin: Partial<AdminSettings> = {}) {
  const node = there.node(admin);
  const reader = await readerOf(node);
  const env = { PATH: process.env["PATH"], HOME: there.folder };
  const route = createSocketRoute(reader, { env, places: createLoginPlaces(), isHere: async () => isHere });
  open.push(route, reader);
  return { node, reader, route };
}

async function statusOf(reading: Awaited<ReturnType<ReturnType<typeof createSocketRoute>["read"]>>, server: string) {
  if (!reading.ok) throw new Error(reading.failure.detail);
  return reading.page.rows.find(({ name }) => name === server)?.status;
}

describe.skipIf(skipsNamespaces())("createSocketRoute", () => {
  let operator: SshNode;
  let admin: SshNode;
  beforeAll(async () => {
    [operator, admin] = await Promise.all([
      startSshNode({ isMasterWorker: true }),
      startSshNode({ socketLevel: "admin" }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([operator.stop(), admin.stop()]);
  });

  describe.each([
    ["on this machine", true],
    ["over ssh", false],
  ])("%s", (_where, isHere) => {
    it("gives orders on a socket of level admin", async () => {
      const { node, reader, route } = await world(admin, isHere);
      expect(await route.send(node, order, within())).toEqual(ok);
      expect((await statusOf(await reader.read(node), "m1"))?.text).toBe("DRAIN");
      expect(await route.send(node, { ...order, action: "shutdown" }, within())).toEqual(ok);
      expect(await route.send(node, { ...order, action: "ready" }, within())).toEqual(ok);
      expect((await statusOf(await reader.read(node), "m1"))?.text).toBe("no check");
    });

    it("says what a level of operator refuses, where there is no master CLI", async () => {
      const { node, route } = await world(operator, isHere, { masterSocket: "/nowhere/master.sock" });
      expect(await route.send(node, order, within())).toEqual({
        kind: "said",
        means: "permission",
        text: "Permission denied",
      });
    });

    it("goes to the master CLI where the stats socket refuses", async () => {
      const { node, reader, route } = await world(operator, isHere);
      expect(await route.send(node, order, within())).toEqual(ok);
      expect((await statusOf(await reader.read(node), "m1"))?.text).toBe("DRAIN");
      expect(await route.send(node, { ...order, action: "ready" }, within())).toEqual(ok);
    });

    it("goes to the master CLI where there is no stats socket", async () => {
      const { node, route } = await world(operator, isHere, { socket: "/nowhere/admin.sock" });
      expect(await route.send(node, { ...order, action: "ready" }, within())).toEqual(ok);
    });

    it("shows a drain under DOWN, which the page hides", async () => {
      const { node, reader, route } = await world(admin, isHere);
      expect(await route.send(node, down, within())).toEqual(ok);
      expect(await statusOf(await reader.read(node), "m3")).toMatchObject({ text: "DOWN", admin: "unknown" });
      expect(await statusOf(await route.read(node, within()), "m3")).toMatchObject({
        text: "DOWN",
        health: "down",
        admin: "drain",
      });
      const bits = await route.readAdminBits(node, within());
      expect(bits.ok && bits.bits.find(({ server }) => server === "m3")).toMatchObject({
        forcedDrain: true,
        forcedMaint: false,
      });
      expect(await route.send(node, { ...down, action: "ready" }, within())).toEqual(ok);
      expect(await statusOf(await route.read(node, within()), "m3")).toMatchObject({ text: "DOWN", admin: "ready" });
    });

    it("says which name is not there", async () => {
      const { node, route } = await world(admin, isHere);
      for (const wrong of [
        { ...order, server: "m9" },
        { ...order, backend: "other" },
      ]) {
        expect(await route.send(node, wrong, within())).toMatchObject({ kind: "said", means: "no-such-target" });
      }
    });

    it("sends nothing where neither socket is there, and says which paths to set", async () => {
      const nowhere = { socket: "/nowhere/admin.sock", masterSocket: "/nowhere/master.sock" };
      const { node, route } = await world(admin, isHere, nowhere);
      expect(await route.send(node, order, within())).toMatchObject({
        kind: "not-sent",
        failure: { detail: expect.stringContaining("/nowhere/admin.sock") },
        hint: expect.stringContaining("admin.master_socket"),
      });
    });
  });

  it("sends no command where a name could end it early", async () => {
    const { node, route } = await world(admin, true);
    expect(await route.send(node, { ...order, server: "m1; shutdown sessions server x" }, within())).toMatchObject({
      kind: "not-sent",
    });
  });

  it("leaves neither folder nor process behind", async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("k3s-lb-") && name.length === 13);
    const { node, route } = await world(admin, false);
    expect(await route.readAdminBits(node, within())).toMatchObject({ ok: true });
    await route.close();
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith("k3s-lb-") && name.length === 13);
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
