import { describe, expect, it, vi } from "vitest";
import { skipsSocat } from "../support/generated-haproxy.ts";
import { type Scene, stage } from "../support/generated-stage.ts";
import { skipsRealHaproxy } from "../support/real-haproxy.ts";

const isSkipped = skipsRealHaproxy();

describe.skipIf(isSkipped)("a real HAProxy with what is generated", () => {
  it.each<[string, Scene, string]>([
    ["401", {}, "weak"],
    ["200", { check: () => "expect: 200", masters: { isOpen: true } }, "ready"],
    ["either while changing over", { check: () => "expect: migrate" }, "weak"],
    [
      "200 to a client certificate, by their authority",
      { check: (by) => `expect: 200, ca: ${by.ca}, cert: ${by.pair("client")}` },
      "ready",
    ],
  ])("is well by the same fleet file where masters answer %s", async (_, scene, check) => {
    const { until, k3sLb } = await stage(scene);
    await until({ severity: "OK", masters: Array(3).fill({ verdict: "up", check }) });
    expect((await k3sLb(["status"])).code).toBe(0);
  });

  it("asks masters for the name of k3s' own certificate, and takes no other", async () => {
    const check: Scene["check"] = (by) => `expect: 401, ca: ${by.ca}`;
    const good = await stage({ check });
    await good.until({ severity: "OK" });
    expect([...(good.masters[0]?.askedFor ?? [])]).toEqual(["kubernetes"]);
    const { until } = await stage({ check, masters: { name: "somebody-else" } });
    const bad = await until({ severity: "CRITICAL" });
    expect(bad.nodes[0]?.servers[0]).toMatchObject({ health: "down", check_status: "L6RSP" });
  });

  it("gives the page and /metrics to who has the password only", async () => {
    const { fetchStats, until } = await stage();
    await until({ severity: "OK" });
    for (const path of ["/metrics", "/;csv"]) {
      const codes = [
        await fetchStats(path),
        await fetchStats(path, "admin:wrong"),
        await fetchStats(path, "admin:a-password"),
      ];
      expect(codes.map(({ status }) => status)).toEqual([401, 401, 200]);
    }
    const page = await fetchStats("/", "admin:a-password");
    expect(page.text).toContain("node1");
  });

  it("is read by https where the fleet file says so", async () => {
    const { until } = await stage({
      stats: ({ ca }) => `tls: { ca: ${ca}, servername: lb.internal }`,
      haproxy: (authority) => `stats_crt: ${authority.pair("lb.internal")}`,
    });
    await until({ severity: "OK" });
  });

  it("lets nobody in with an empty password", async () => {
    const refused = /did not come up/;
    const staged = await stage({ passwords: { K3S_LB_STATS_PASSWORD: "" } }).catch((error: Error) => error);
    if (staged instanceof Error) {
      expect(staged.message).toMatch(refused);
      return;
    }
    expect((await staged.fetchStats("/;csv", "admin:")).status).toBe(403);
    expect((await staged.fetchStats("/metrics", "admin:")).status).toBe(403);
  });

  it("takes orders from the user in group admin only, where the fleet file says so", async () => {
    const { k3sLb, until } = await stage({ haproxy: () => "admin: group" });
    await until({ severity: "OK" });
    const drain = ["drain", "k8s-de1-master-1", "--yes", "--via", "http"];
    const denied = await k3sLb(drain);
    expect(denied.code).toBe(1);
    expect(denied.stdout).toContain("denied");
    const asAdmin = { K3S_LB_STATS_USERNAME: "k3s-lb-admin", LAB_PASSWORD: "another" };
    expect((await k3sLb(drain, asAdmin)).code).toBe(0);
  });
});

describe.skipIf(isSkipped || skipsSocat())("the drop-in for systemd, beside a real HAProxy", () => {
  it("keeps a drain over a reload", async () => {
    const { k3sLb, until, running } = await stage();
    await until({ severity: "OK" });
    expect((await k3sLb(["drain", "k8s-de1-master-2", "--yes"])).code).toBe(0);
    await running.reload();
    await until({ severity: "OK", masters: [{ verdict: "up" }, { verdict: "drained" }, { verdict: "up" }] });
    expect((await k3sLb(["enable", "k8s-de1-master-2", "--yes"])).code).toBe(0);
    await running.reload();
    await vi.waitFor(async () => expect(await running.ask("show servers state")).not.toMatch(/master-2 \S+ \d 8 /));
  });
});
