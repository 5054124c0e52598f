import { describe, expect, it } from "vitest";
import { createAdminRoutes, type Ways } from "../../src/app/admin-auto.ts";
import type { AdminRoute, RouteMemory } from "../../src/app/admin-route.ts";
import type { Way } from "../../src/domain/describe-reply.ts";
import type { FleetNode } from "../../src/domain/inventory.ts";
import type { RouteName, RouteReply } from "../../src/domain/outcome.ts";
import { nodeOf } from "../support/fleet.ts";

const denied: RouteReply = { kind: "answered", st: "DENY" };
const done: RouteReply = { kind: "answered", st: "DONE" };
const noKey: RouteReply & { readonly hint: string } = {
  kind: "not-sent",
  failure: { kind: "unreachable", detail: "ssh: permission denied", statusCode: undefined },
  hint: "See it with: ssh -v ops@edge-1 true",
};
const order = { node: "node01", backend: "b", server: "m1", action: "drain" } as const;

/** Routes that answer what a test says, and note each use as "way send" or "way read". */
function world(answers: Partial<Record<Way, RouteReply>>, remembered?: RouteName, isHere = false) {
  const uses: string[] = [];
  const kept = new Map<string, RouteName>();
  const route = (way: Way): AdminRoute => ({
    name: way === "loopback" ? "http" : way,
    async send() {
      uses.push(`${way} send`);
      const answer = answers[way];
      if (answer === undefined) throw new Error(`nobody expected ${way}`);
      return answer;
    },
    async read() {
      uses.push(`${way} read`);
      return { ok: true, page: { source: "stats", rows: [] }, process: undefined };
    },
    async close() {
      uses.push(`${way} close`);
    },
  });
  const ways: Ways = {
    loopback: route("loopback"),
    http: route("http"),
    ssh: route("ssh"),
    socket: route("socket"),
  };
  const memory: RouteMemory = {
    get: (node) => kept.get(node) ?? remembered,
    set: (node, name) => kept.set(node, name),
  };
  const auto = createAdminRoutes({ ways, memory, via: undefined, isHere: async () => isHere });
  const node: FleetNode = nodeOf("node01", { ssh: "ops@edge-1" });
  return { auto, node, uses, kept, send: () => auto.send(node, order, 1_000) };
}

describe("createAdminRoutes", () => {
  it("goes by ssh where http is denied, remembers it, and reads by it too", async () => {
    const { auto, node, send, uses, kept } = world({ http: denied, ssh: done });
    expect(await send()).toEqual({
      reply: done,
      route: "ssh",
      tried: ["http to 10.8.0.11:1936: DENY", "ssh to ops@edge-1: DONE"],
    });
    expect(kept.get("node01")).toBe("ssh");
    await auto.read(node, "ssh", 1_000);
    await send();
    expect(uses).toEqual(["http send", "ssh send", "ssh read", "ssh send"]);
  });

  it("asks before a second way whether the order may still go, as the first one may have waited", async () => {
    const { auto, node, uses } = world({ ssh: noKey, http: done }, "ssh");
    const sent = await auto.send(node, order, 1_000, async () => false);
    expect([sent.reply, uses]).toEqual([{ kind: "not-sent", failure: noKey.failure }, ["ssh send"]]);
    expect((await auto.send(node, order, 1_000, async () => true)).reply).toEqual(done);
  });

  it("says no with the node's own word, and advises on the way that would have been open", async () => {
    const { send, kept } = world({ http: denied, ssh: noKey });
    expect(await send()).toEqual({
      reply: denied,
      route: "http",
      tried: ["http to 10.8.0.11:1936: DENY", "ssh to ops@edge-1: ssh: permission denied"],
      hint: "See it with: ssh -v ops@edge-1 true",
    });
    expect(kept.size).toBe(0);
  });

  it("says the same when the remembered way is the one that fails", async () => {
    const { send } = world({ http: denied, ssh: noKey }, "ssh");
    expect(await send()).toMatchObject({ reply: denied, route: "http", hint: "See it with: ssh -v ops@edge-1 true" });
  });

  it("tries nothing else once an order may have been carried out", async () => {
    const lost: RouteReply = {
      kind: "no-answer",
      failure: { kind: "timeout", detail: "no answer in time", statusCode: undefined },
    };
    const { send, uses } = world({ http: lost });
    expect(await send()).toMatchObject({
      reply: { kind: "no-answer" },
      route: "http",
      tried: ["http to 10.8.0.11:1936"],
    });
    expect(uses).toEqual(["http send"]);
  });

  it("takes loopback on this machine, and its own address where nothing listens there", async () => {
    const closed: RouteReply = {
      kind: "not-sent",
      failure: { kind: "unreachable", detail: "connection refused", statusCode: undefined },
    };
    const { send, uses } = world({ loopback: closed, http: done }, undefined, true);
    expect(await send()).toMatchObject({ reply: done, route: "http" });
    expect(uses).toEqual(["loopback send", "http send"]);
  });

  it("reads by the loopback what was done by the loopback", async () => {
    const { auto, node, send, uses } = world({ loopback: done }, undefined, true);
    expect(await send()).toEqual({ reply: done, route: "http", tried: [] });
    await auto.read(node, "http", 1_000);
    expect(uses).toEqual(["loopback send", "loopback read"]);
  });

  it("uses the node's own route where the fleet file names one", async () => {
    const { auto, uses } = world({ socket: { kind: "said", means: "permission", text: "Permission denied" } });
    const admin = { ...nodeOf("x").admin, via: "socket" } as const;
    const answer = await auto.send(nodeOf("node02", { admin }), order, 1_000);
    expect(answer).toMatchObject({
      reply: { kind: "said" },
      route: "socket",
      hint: expect.stringContaining("level admin"),
    });
    expect(uses).toEqual(["socket send"]);
  });

  it("closes every route", async () => {
    const { auto, uses } = world({});
    await auto.close();
    expect(uses).toEqual(["loopback close", "http close", "ssh close", "socket close"]);
  });
});
