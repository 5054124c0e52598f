import { describe, expect, it } from "vitest";
import { emptyRecord, type NodeRecord } from "../../src/domain/fleet.ts";
import type { NodeSays } from "../support/scene.ts";
import { look, situation, textOf, usual } from "../support/screens.ts";

const up = () => "UP";
const path = situation((node) => (master) => (master === 2 && node > 3 ? "DOWN" : "UP"));
const cutOff = situation((node) => (node === 5 ? () => "DOWN" : up));
const dead = situation((node): NodeSays => (node > 4 ? { fails: "unreachable", detail: "connection refused" } : up));

describe("the screen of a master", () => {
  it("lists what every node says of it, in plain words", () => {
    const given = situation(
      (node) => (master) =>
        master === 2 && node > 4 ? { column: "DOWN", checkStatus: "L7STS", checkCode: 200, lastCheckText: "OK" } : "UP",
    );
    const way = [{ kind: "pane", by: -1 }, { kind: "move", by: 1 }, { kind: "open" }] as const;
    expect(textOf(look(given, { columns: 100, rows: 24 }, way))).toMatchInlineSnapshot(`
      "k8s-de1 › master-2                                                                         ! WARNING
        path: down on 2 of 6 nodes (node[05-06]): answered 200, the check wants 401
        address 10.8.1.2:6443; checks: weak 3ms; 16 sessions
        first set \`http-check expect status 200,401\` on every node, then change the masters one by one,
        then tighten the check
      ── rows ────────────────────────────────────────────────────────────────────────────────────────────
        NODE   STATUS      CHECK      TOOK  SESS SINCE IN WORDS
      > node05 ✗ DOWN      L7STS/200   3ms     0   60m answered 200, the check wants 401
        node06 ✗ DOWN      L7STS/200   3ms     0   60m answered 200, the check wants 401
        node01 ✓ UP        L7OK/401    3ms     4   60m answered 401: TLS and HTTP work, readiness is not …
        node02 ✓ UP        L7OK/401    3ms     4   60m answered 401: TLS and HTTP work, readiness is not …
        node03 ✓ UP        L7OK/401    3ms     4   60m answered 401: TLS and HTTP work, readiness is not …
        node04 ✓ UP        L7OK/401    3ms     4   60m answered 401: TLS and HTTP work, readiness is not …

      6/6 fresh, age <1s  every 2s                           Esc back  Enter open  a act  / filter  ? help"
    `);
  });

  it("shows bytes per second on a wide screen, and none where bytes stand still while sessions are open", () => {
    const { fleet, records } = situation(() => () => "UP", 2);
    const withBytes = (name: string, bytes: number): NodeRecord => {
      const record = records.get(name) ?? emptyRecord(name);
      const { good } = record;
      if (good === undefined) return record;
      const at = (atMs: number, bytesOut: number) => ({
        ...good,
        atMs,
        rows: good.rows.map((row) => ({ ...row, bytesIn: 0, bytesOut })),
      });
      return { ...record, previous: at(good.atMs - 1000, 7), good: at(good.atMs, 7 + bytes) };
    };
    const given = {
      fleet,
      records: new Map([
        ["node01", withBytes("node01", 3_400_000)],
        ["node02", withBytes("node02", 0)],
      ]),
    };
    const way = [{ kind: "pane", by: -1 }, { kind: "open" }] as const;
    const wide = textOf(look(given, { columns: 120, rows: 24 }, way));
    expect(wide).toContain("SESS  IN/S OUT/S SINCE");
    expect(wide).toMatch(/node01 .* {2}4 {4}0B {2}3\.4M {3}60m/);
    expect(wide).toMatch(/node02 .* {2}4 {5}- {5}- {3}60m/);
    expect(textOf(look(given, { columns: 119, rows: 24 }, way))).not.toContain("OUT/S");
  });
});

describe("the screen of a master that is drained in part", () => {
  it("tells that once, with what to do", () => {
    const half = situation((node) => (master) => (master === 2 && node > 3 ? "DRAIN" : "UP"));
    const way = [{ kind: "pane", by: -1 }, { kind: "move", by: 1 }, { kind: "open" }] as const;
    const text = textOf(look(half, usual, way)).replaceAll(/\s+/g, " ");
    expect(text.match(/still in service/g)).toHaveLength(1);
    expect(text).toContain("finish it: k3s-lb drain master-2");
  });
});

describe("the screen of a node", () => {
  it("says why it does not answer and what to do", () => {
    expect(textOf(look(dead, usual, [{ kind: "open" }]))).toMatchInlineSnapshot(`
      "k8s-de1 › node05                                                       ! WARNING
        Cannot connect to 10.8.0.15:1936: connection refused. For 12s, 4 polls in a
        row.
        The node answers, but nothing listens on port 1936: is haproxy running there
        (systemctl status haproxy), and is \`stats.port\` right?
        unreachable 12s, 10.8.0.15:1936, site=b, HAProxy's version is not known, no
        answer yet
      ── rows ────────────────────────────────────────────────────────────────────────
        NAME                 STATUS      CHECK      SESS IN WORDS
        nothing is known of its HAProxy before it answers

      4/6 fresh, age <1s  every 2s                          Esc back  / filter  ? help"
    `);
  });

  it("lists every row of its HAProxy", () => {
    expect(textOf(look(cutOff, { columns: 100, rows: 24 }, [{ kind: "open" }]))).toMatchInlineSnapshot(`
      "k8s-de1 › node05                                                                          ✗ CRITICAL
        No master is usable from here while other nodes have one: look at this node's network first.
        no master, 10.8.0.15:1936, site=b, HAProxy's version is not known, read from the stats page,
        answered 0s ago
      ── rows ────────────────────────────────────────────────────────────────────────────────────────────
        NAME                 STATUS      CHECK      TOOK  SESS SINCE IN WORDS
      > master-1             ✗ DOWN      L4CON       3ms     0   60m connection refused
        master-2             ✗ DOWN      L4CON       3ms     0   60m connection refused
        master-3             ✗ DOWN      L4CON       3ms     0   60m connection refused

      6/6 fresh, age <1s  every 2s                           Esc back  Enter open  a act  / filter  ? help"
    `);
  });
});

describe("the screen of a problem", () => {
  it("gives the whole text, what to do, and the nodes it is about", () => {
    const way = [{ kind: "pane", by: 1 }, { kind: "open" }] as const;
    expect(textOf(look(path, usual, way))).toMatchInlineSnapshot(`
      "k8s-de1 › master-path                                                  ! WARNING
        WARNING: master-2 is down on 3 of 6 nodes (node[04-06]), all site=b:
        connection refused, for 60m
        others reach master-2: suspect the path from these nodes to it (VPN, route,
        firewall), not the master
      ── rows ────────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node04 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node05 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node06 ok                ✓  ✗  ✓       8 master-2 down: connection refused

      6/6 fresh, age <1s  every 2s       Esc back  Enter open  a act  / filter  ? help"
    `);
  });
});
