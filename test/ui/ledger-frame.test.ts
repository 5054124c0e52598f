import { describe, expect, it } from "vitest";
import { intentsOf } from "../../src/domain/intents.ts";
import { aBegun, aStep, begunAt } from "../support/ledger.ts";
import type { NodeSays } from "../support/scene.ts";
import { look, type Situation, situation, small, textOf, usual } from "../support/screens.ts";

const nodes = ["node01", "node02", "node03", "node04", "node05", "node06"];

/** A fleet in which ops drained master-2 three hours ago because of a kernel. */
function drained(says: (node: number) => NodeSays, until?: string): Situation {
  const entries = [aBegun({ nodes, until }), ...nodes.map((node) => aStep({ node }))];
  const facts = { intents: intentsOf(entries), lastAtMs: Date.parse(begunAt) };
  return { ...situation(says), ledger: { facts, wallMs: Date.parse(begunAt) + 3 * 3_600_000 } };
}

const second = (column: string) => (master: number) => (master === 2 ? column : "UP");
const holds = drained(() => second("DRAIN"));
const drift = drained((node) => second(node === 5 ? "UP" : "DRAIN"));
const pending = drained((node) => second(node < 3 ? "DOWN" : "DRAIN"));
const expired = drained(() => second("DRAIN"), "2026-11-22T06:00:00.000Z");

describe("the fleet's screen beside a ledger", () => {
  it("says by whom a master is drained, since when and why", () => {
    expect(textOf(look(holds, usual))).toMatchInlineSnapshot(`
      "✓ OK  k8s-de1  6 nodes, 3 masters                                     k3s-lb top
        2 of 3 masters up on all 6 nodes; master-2 drained on all 6 nodes by ops 2h
        ago: kernel
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        2      ⇣ drained          .     .      6      0 -            drained on all 6…
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node02 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node03 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node04 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node05 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node06 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("puts the node that lost its drain first", () => {
    expect(textOf(look(drift, usual))).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! master-2 is not drained on node05 (1 of 6 nodes), though it should be (by
          ops 2h ago: kernel)
          → do it again there: k3s-lb drain master-2 --node node05; if it is over:
            k3s-lb enable master-2
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        2      ! drift            1     .      5      4 weak 3ms     not drained on n…
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node05 ok                ✓  ✓! ✓      12 master-2 should be drained (ops, 2h …
        node01 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node02 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node03 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node04 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node06 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("shows a drain that a DOWN hides", () => {
    expect(textOf(look(pending, usual))).toMatchInlineSnapshot(`
      "✓ OK  k8s-de1  6 nodes, 3 masters                                     k3s-lb top
        2 of 3 masters up on all 6 nodes; master-2 drained on 4 of 6 nodes (node[03-0…
          master-2 is DOWN on 2 nodes (node[01-02]) with the drain by ops 2h ago
          (kernel) pending: it comes back drained
          → that is as it was asked; HAProxy hides a drain while a server is DOWN. To
            have it serve when it is back: k3s-lb enable master-2 --node 'node[01-02]'
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        2      ⇣ drained          .     2      4      0 -            drained on 4 of …
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ✗⇣ ✓       8 master-2 down, drain pending (ops, 2…
        node02 ok                ✓  ✗⇣ ✓       8 master-2 down, drain pending (ops, 2…
        node03 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node04 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node05 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…
        node06 ok                ✓  ⇣  ✓       8 master-2 drained by ops 2h ago: kern…

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("reminds of a drain whose time is over", () => {
    expect(textOf(look(expired, small))).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning k3s-lb top
        ! master-2 is still drained on 6 nodes (node[01-06]),
          whose time was over at 06:00 UTC, 2h ago (by ops 2h ago…
          → put it back: k3s-lb enable master-2 --node 'node[01-0…
        MASTER   VERDICT           UP  DOWN   SESS CHECK
        master-1 ✓ up               6     .     24 weak 3ms
        master-2 ⇣ drained          .     .      0 -
        master-3 ✓ up               6     .     24 weak 3ms
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ⇣  ✓       8 master-2 drained…
        node02 ok                ✓  ⇣  ✓       8 master-2 drained…
        node03 ok                ✓  ⇣  ✓       8 master-2 drained…
        node04 ok                ✓  ⇣  ✓       8 master-2 drained…
        node05 ok                ✓  ⇣  ✓       8 master-2 drained…
      6/6 fresh, age <1s  every 2s      Enter open  ? help  q quit"
    `);
  });

  it("tells drift without colour and without UTF-8 too", () => {
    const text = look(drift, usual, [], { ascii: true }).lines.join("\n");
    expect(text).toContain("U  U! U");
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

describe("the screen of a master beside a ledger", () => {
  it("says node by node who asked for what", () => {
    const way = [{ kind: "pane", by: -1 }, { kind: "move", by: 1 }, { kind: "open" }] as const;
    expect(textOf(look(drift, { columns: 100, rows: 24 }, way))).toMatchInlineSnapshot(`
      "k8s-de1 › master-2                                                                         ! WARNING
        drift: not drained on node05 (1 of 6 nodes), though it should be (by ops 2h ago: kernel)
        address 10.8.1.2:6443; checks: weak 3ms; 4 sessions
        do it again there: k3s-lb drain master-2 --node node05; if it is over: k3s-lb enable master-2
      ── rows ────────────────────────────────────────────────────────────────────────────────────────────
        NODE   STATUS      CHECK      TOOK  SESS SINCE IN WORDS
      > node05 ✓ UP        L7OK/401    3ms     4   60m should be drained (ops, 2h ago); answered 401: TLS…
        node01 ⇣ DRAIN     L7OK/401    3ms     0   60m draining, no new connections; by ops 2h ago: kerne…
        node02 ⇣ DRAIN     L7OK/401    3ms     0   60m draining, no new connections; by ops 2h ago: kerne…
        node03 ⇣ DRAIN     L7OK/401    3ms     0   60m draining, no new connections; by ops 2h ago: kerne…
        node04 ⇣ DRAIN     L7OK/401    3ms     0   60m draining, no new connections; by ops 2h ago: kerne…
        node06 ⇣ DRAIN     L7OK/401    3ms     0   60m draining, no new connections; by ops 2h ago: kerne…

      6/6 fresh, age <1s  every 2s                           Esc back  Enter open  a act  / filter  ? help"
    `);
  });
});
