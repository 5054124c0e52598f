import { describe, expect, it } from "vitest";
import { adminFindings } from "../../src/domain/doctor-admin.ts";
import type { NodeFacts } from "../../src/domain/doctor-facts.ts";
import type { AdminRule, AdminVia } from "../../src/domain/inventory.ts";
import { factsOf, failureOf, node, said } from "../support/doctor-facts.ts";

const localhost: AdminRule = { kind: "localhost" };
const noLogin = failureOf("unreachable", "login refused (permission denied: publickey)");
const failed = { kind: "failed", failure: noLogin, hint: "Is the right key in the agent?" } as const;
const via = (word: AdminVia) => ({ ...node, admin: { ...node.admin, via: word } });

const find = (part: Partial<NodeFacts>, check: Parameters<typeof said>[1], rule: AdminRule = localhost) =>
  said(adminFindings(factsOf(part), rule), check);

describe("adminFindings, the form", () => {
  it("finds a denial right where the rule is LOCALHOST, and worth a note where this machine was to be let in", () => {
    expect(find({}, "admin")).toEqual(["ok: takes no orders from here (DENY), as `stats admin if LOCALHOST` has it"]);
    expect(find({}, "admin", { kind: "from", addresses: ["10.8.0.1"] })[0]).toMatch(/^note: .*`haproxy.admin.from`/);
    expect(find({}, "admin", { kind: "group" })[0]).toMatch(/^note: .*http_auth_group/);
  });

  it("warns of orders taken from here against the fleet file, but not on loopback, which is local to HAProxy", () => {
    expect(find({ right: "allowed" }, "admin")[0]).toMatch(/^warning: takes orders from this machine, though/);
    const near = { right: "allowed", node: { ...node, address: "127.83.0.5" } } as const;
    expect(find(near, "admin")).toEqual(["ok: takes orders from here (the empty form answers NONE)"]);
    expect(find({ right: "allowed" }, "admin", { kind: "group" })[0]).toMatch(/^ok: /);
  });

  it("looks at the loopback where this machine is the node", () => {
    expect(find({ isHere: true, loopback: "allowed" }, "admin")[0]).toMatch(/^ok: takes orders at its own loopback/);
    expect(find({ isHere: true, loopback: "denied" }, "admin")[0]).toMatch(/^warning: takes no orders, not even/);
  });

  it("has no warning where only a group gives orders and the user is not in it, by whichever way", () => {
    const ssh = { kind: "reached", right: "denied", page: { ok: true, rows: [], ms: 90, atMs: 1_090 } } as const;
    for (const part of [{ ssh }, { ssh, isHere: true, loopback: "denied" }] as const) {
      const findings = adminFindings(factsOf(part), { kind: "group" });
      expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
        ["admin", "note"],
        ["ssh", "note"],
        ["route", "note"],
      ]);
      expect(new Set(findings.map(({ fix }) => fix)).size).toBe(1);
    }
  });

  it("warns of a form that something else answers", () => {
    expect(find({ right: "unauthorized" }, "admin")[0]).toMatch(/^warning: .*401/);
    expect(find({ right: "unknown" }, "admin")[0]).toMatch(/^warning: the form is not answered as HAProxy/);
  });
});

describe("adminFindings, ssh and the way that auto takes", () => {
  it("goes by ssh where the form is denied", () => {
    expect(find({}, "ssh")).toEqual(["ok: takes orders through ssh, at its own loopback"]);
    expect(find({}, "route")).toEqual(["ok: an order would go by ssh (auto)"]);
  });

  it("goes by http where the form is open, and by loopback on the node itself", () => {
    expect(find({ right: "allowed" }, "route")).toEqual(["ok: an order would go by http (auto)"]);
    expect(find({ isHere: true, loopback: "allowed" }, "route")).toEqual(["ok: an order would go by loopback (auto)"]);
  });

  it("says with ssh's own advice that no way is open", () => {
    expect(adminFindings(factsOf({ ssh: failed }), localhost)).toMatchObject([
      { check: "admin", verdict: "ok" },
      { check: "ssh", verdict: "note", text: `no way by ssh: ${noLogin.detail}`, fix: failed.hint },
      {
        check: "route",
        verdict: "warning",
        text: "no order can reach it (auto): a master cannot be drained on this node from here",
        fix: failed.hint,
      },
    ]);
  });

  it("keeps to the way that the fleet file forces", () => {
    expect(find({ right: "allowed", node: via("ssh") }, "route")).toEqual([
      "ok: an order would go by ssh (admin.via: ssh)",
    ]);
    expect(find({ node: via("http") }, "route")[0]).toMatch(/^warning: no order can reach it \(admin.via: http\)/);
    expect(find({ node: via("socket"), socket: { kind: "reached" } }, "route")[0]).toMatch(/^ok: its socket answers/);
    expect(find({ node: via("socket"), socket: failed }, "route")[0]).toMatch(/^warning: its socket cannot be had/);
  });

  it("blames the password and not the way, where that is wrong", () => {
    const failure = failureOf("unauthorized", "answers 401", 401);
    const part: Partial<NodeFacts> = {
      page: { ok: false, failure },
      right: undefined,
      ssh: { kind: "failed", failure, hint: undefined },
    };
    expect(find(part, "ssh")).toEqual([
      "skipped: ssh gets there, but the page does not open without the right password",
    ]);
    expect(find(part, "route")).toEqual(["skipped: not known without the right password"]);
  });

  it("warns of a node that ssh reaches and whose loopback is denied as well", () => {
    const page = { ok: true, rows: [], ms: 1, atMs: 1 } as const;
    expect(find({ ssh: { kind: "reached", right: "denied", page } }, "ssh")).toEqual([
      "warning: ssh gets there, but HAProxy takes no orders at its own loopback (DENY)",
    ]);
  });

  it("does not call a way closed that was left out", () => {
    const ssh = { kind: "skipped", why: "left out (--no-ssh)" } as const;
    expect(find({ ssh }, "ssh")).toEqual(["skipped: left out (--no-ssh)"]);
    expect(find({ ssh }, "route")).toEqual(["skipped: not by http; ssh was not tried: left out (--no-ssh)"]);
  });
});
