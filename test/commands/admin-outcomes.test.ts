import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { AdminRoutes } from "../../src/app/admin-route.ts";
import type { AdminRun } from "../../src/app/admin-run.ts";
import type { NodeReader } from "../../src/app/reader.ts";
import { createStore } from "../../src/app/store.ts";
import { type AdminConsole, openAdminConsole } from "../support/admin-console.ts";
import { describeHaproxy, makeWell } from "../support/describe-haproxy.ts";
import { silence } from "../support/fake-nodes.ts";
import { BACKEND, MASTERS } from "../support/fleet-view.ts";
import { type HaproxySubject, masterRow } from "../support/haproxy-subject.ts";
import { startLossyProxy } from "../support/lossy-proxy.ts";

const [first, second] = MASTERS;
const last = ({ results }: AdminRun) => results[results.length - 1];

async function statusOf(subject: HaproxySubject, master: 1 | 2 | 3): Promise<string | undefined> {
  return masterRow(await subject.rows(), master)["status"];
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describeHaproxy("what became of an order", (get) => {
  let console: AdminConsole;
  beforeAll(async () => {
    console = await openAdminConsole([get()]);
  });
  afterAll(() => console.close());
  beforeEach(() => makeWell(get()));

  it("is verified when the node shows it, and unchanged when it did before", async () => {
    for (const [action, status] of [
      ["drain", /^DRAIN/],
      ["maint", /^MAINT$/],
      ["drain", /^DRAIN/],
    ] as const) {
      expect(last(await console.act({ action }))).toMatchObject({
        outcome: "verified",
        st: "DONE",
        after: expect.stringMatching(status),
      });
      expect(await statusOf(get(), 1)).toMatch(status);
      expect(last(await console.act({ action }))).toMatchObject({
        outcome: "unchanged",
        st: undefined,
        after: expect.stringMatching(status),
      });
    }
    expect(last(await console.act({ action: "ready" }))).toMatchObject({ outcome: "verified", route: "http" });
  });

  it("is accepted when DOWN hides a drain, which shows when the master is back", async () => {
    await get().answer(2, { kind: "refuse" });
    await get().statuses(2, "DOWN");
    const run = await console.act({ masters: [second] });
    expect(last(run)).toMatchObject({ outcome: "accepted", st: "DONE", after: "DOWN" });
    expect(run.plan.steps[0]?.warnings.join()).toContain("is DOWN, so a drain will not show");
    await get().answer(2, { kind: "status", statusCode: 401, phrase: "Unauthorized", delayMs: 0 });
    expect((await get().statuses(2, "DRAIN")).at(-1)).toBe("DRAIN");
  });

  it("is contradicted when somebody makes it ready in between", async () => {
    const { routes } = console.deps;
    const meddled: AdminRoutes = {
      ...routes,
      async send(...args) {
        const sent = await routes.send(...args);
        await get().ask("POST", "/", `s=${first}&action=ready&b=${BACKEND}`);
        return sent;
      },
    };
    expect(last(await console.act({}, { routes: meddled }))).toMatchObject({
      outcome: "contradicted",
      st: "DONE",
      after: "UP",
    });
  });

  it("is refused for a server that is not there, before and after asking HAProxy", async () => {
    const plan = await console.plan();
    const [step] = plan.steps;
    if (step === undefined) throw new Error("a plan for one node has one step");
    const nobody = { ...plan, steps: [{ ...step, server: "nobody" }] };
    const seen = await console.run(nobody);
    expect(last(seen)).toMatchObject({ outcome: "refused", st: undefined, route: undefined });
    // Where the node cannot be read the order goes out, and HAProxy itself says so.
    const unread: NodeReader = { ...console.deps.reader, read: async () => ({ ok: false, failure: silence.failure }) };
    const request = { ...plan.request, includeBlind: true };
    const run = await console.run({ ...nobody, request }, { reader: unread, store: createStore() });
    expect(last(run)).toMatchObject({ outcome: "refused", st: "ERRP", route: "http" });
  });

  it("is unreached where nothing listens, and was surely not sent", async () => {
    const nowhere = await openAdminConsole([{ port: await closedPort(), password: get().password }]);
    const run = await nowhere.act({ includeBlind: true });
    await nowhere.close();
    expect(last(run)).toMatchObject({ outcome: "unreached", st: undefined, route: undefined });
    expect(last(run)?.detail).toContain("nothing was sent: connection refused");
  });

  it("is guarded when too few masters would be left, and nothing is sent", async () => {
    const run = await console.act({ minHealthy: 3 });
    expect(last(run)).toMatchObject({ outcome: "guarded", st: undefined, route: undefined });
    expect(await statusOf(get(), 1)).toBe("UP");
    expect(last(await console.act({ minHealthy: 3, forceLast: [first] }))?.outcome).toBe("verified");
  });

  it.each(["request", "answer", "reset"] as const)(
    "when its %s is lost: sent once, and judged by what shows",
    async (loses) => {
      const proxy = await startLossyProxy(get(), loses);
      const behind = await openAdminConsole([{ port: proxy.port, password: get().password }]);
      const run = await behind.act({});
      await behind.close();
      await proxy.close();
      expect(last(run)?.outcome).toBe(loses === "request" ? "unknown" : "verified");
      expect(proxy.posts()).toBe(1);
      expect(await statusOf(get(), 1)).toBe(loses === "request" ? "UP" : "DRAIN");
    },
  );

  it("closes sessions, and shows that they are gone", async () => {
    await get().holdSessions();
    await console.act({});
    const held = Number(masterRow(await get().rows(), 1)["scur"]);
    expect(held).toBeGreaterThan(0);
    const run = await console.act({ action: "shutdown" });
    expect(last(run)).toMatchObject({ outcome: "verified", st: "DONE" });
    expect(last(run)?.detail).toBe(held === 1 ? "closed 1 session" : `closed ${held} sessions`);
    expect(masterRow(await get().rows(), 1)["scur"]).toBe("0");
    expect(last(await console.act({ action: "shutdown" }))?.outcome).toBe("unchanged");
  });
});

describeHaproxy(
  "an order to a HAProxy that takes none from here",
  (get) => {
    it("is denied, and changes nothing", async () => {
      const console = await openAdminConsole([get()]);
      const run = await console.act({});
      await console.close();
      expect(last(run)).toMatchObject({ outcome: "denied", st: "DENY", after: undefined });
      expect(last(run)?.next).toBeDefined();
      expect(await statusOf(get(), 1)).toBe("UP");
    });
  },
  { isAdmin: false },
);
