import { describe, expect, it } from "vitest";
import { createHttpRoute } from "../../src/io/admin-http.ts";
import { describeHaproxy } from "../support/describe-haproxy.ts";
import { type HaproxySubject, masterRow } from "../support/haproxy-subject.ts";
import { localNode, readerOf } from "../support/reading.ts";

async function withRoute(
  subject: HaproxySubject,
  run: (route: ReturnType<typeof createHttpRoute>, node: ReturnType<typeof localNode>) => Promise<void>,
  password = subject.password,
) {
  const node = localNode(subject.port, { password: { kind: "literal", value: password } }, { address: subject.host });
  const reader = await readerOf(node);
  try {
    await run(createHttpRoute(reader), node);
  } finally {
    await reader.close();
  }
}

const inTime = () => performance.now() + 5_000;
const order = { node: "node01", backend: "k8s-de1-kube-api", server: "k8s-de1-master-2" } as const;

describeHaproxy("orders from loopback", (get) => {
  it("are carried out, and show on the page that the same route reads next", async () => {
    await withRoute(get(), async (route, node) => {
      const steps = [
        ["drain", /^DRAIN/],
        ["maint", /^MAINT$/],
        ["ready", /^(UP|DRAIN)/],
      ] as const;
      for (const [action, status] of steps) {
        expect(await route.send(node, { ...order, action }, inTime())).toEqual({ kind: "answered", st: "DONE" });
        const reading = await route.read(node, inTime());
        if (!reading.ok) throw new Error(reading.failure.detail);
        expect(reading.page.rows.find(({ name }) => name === order.server)?.status.text).toMatch(status);
      }
    });
  });

  it("that name what is not there are answered so", async () => {
    await withRoute(get(), async (route, node) => {
      const wrong = [
        { ...order, action: "drain", server: "no-such-master" },
        { ...order, action: "drain", backend: "no-such-backend" },
      ] as const;
      for (const one of wrong) expect(await route.send(node, one, inTime())).toEqual({ kind: "answered", st: "ERRP" });
    });
  });

  it("may be given from here, which an empty form finds out and changes nothing", async () => {
    const before = masterRow(await get().rows(), 2)["status"];
    await withRoute(get(), async (route, node) => expect(await route.probe(node, inTime())).toBe("allowed"));
    expect(masterRow(await get().rows(), 2)["status"]).toBe(before);
  });

  it("with a wrong password are rejected", async () => {
    await withRoute(
      get(),
      async (route, node) => {
        expect(await route.send(node, { ...order, action: "drain" }, inTime())).toEqual({
          kind: "rejected",
          statusCode: 401,
        });
        expect(await route.probe(node, inTime())).toBe("unauthorized");
      },
      "wrong",
    );
  });
});

describeHaproxy(
  "orders from another host",
  (get) => {
    it("are denied and change nothing", async () => {
      await withRoute(get(), async (route, node) => {
        expect(await route.send(node, { ...order, action: "drain" }, inTime())).toEqual({
          kind: "answered",
          st: "DENY",
        });
        expect(await route.probe(node, inTime())).toBe("denied");
      });
      expect(masterRow(await get().rows(), 2)["status"]).toMatch(/^UP/);
    });
  },
  { isAdmin: false },
);

describe("an embedded HAProxy of 3.0.0, which loses orders in two pieces", () => {
  it("takes ours", async () => {
    const { DemoFleet } = await import("../../src/demo/demo-fleet.ts");
    const { serveFleet } = await import("../../src/demo/serve-fleet.ts");
    const clock = { now: () => 1_800_000_000_000 };
    const fleet = new DemoFleet({ nodes: 1, masters: 3, version: "3.0.0", seed: 3, uptimeMs: 0 }, clock);
    const served = await serveFleet(fleet, { username: "admin", password: "pw", isConsoleLocal: true });
    const [{ address, port } = { address: "", port: 0 }] = served.endpoints;
    const node = localNode(port, { password: { kind: "literal", value: "pw" } }, { address });
    const reader = await readerOf(node);
    const [server = ""] = fleet.masters;
    const reply = await createHttpRoute(reader).send(
      node,
      { node: "node01", backend: "k8s-de1-kube-api", server, action: "drain" },
      inTime(),
    );
    await reader.close();
    await served.close();
    expect(reply).toEqual({ kind: "answered", st: "DONE" });
  });
});
