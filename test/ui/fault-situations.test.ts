import { describe, expect, it } from "vitest";
import { look, type Situation, textOf, usual } from "../support/screens.ts";
import {
  allUnreachable,
  changeOver,
  masterDead,
  masterHung,
  nodeCutOff,
  siteCutOff,
  someUnreachable,
} from "../support/situations.ts";

/** What stands on a screen of 80×24. */
const seen = (situation: Situation): string => textOf(look(situation, usual));

describe("a fault at a glance", () => {
  it("says of a dead master that it is the master, since when, and where to look", () => {
    expect(seen(masterDead)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! master-2 is down on all 6 nodes: connection refused                   for 4m
          → is k3s running on master-2? There: systemctl status k3s; journalctl -u k3s
            -n 50
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        2      ✗ down             .     6      .      0 -            down on all 6 no…
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node02 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node03 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node04 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node05 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node06 ok                ✓  ✗  ✓       8 master-2 down: connection refused

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("tells a master that hangs, and what still hangs on it", () => {
    expect(seen(masterHung)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  2 warnings                    k3s-lb top
        ! master-2 is down on all 6 nodes: TLS works, then no answer in time    for 9m
          → master-2 takes connections and does not answer: look at its load, its disk
            and etcd (journalctl -u k3s)
        ! 42 sessions are still attached to master-2 on 6 nodes (node[01-06]), where …
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN   SESS  PINNED CHECK        REASON
        1      ✓ up               6     .     24       . weak 3ms     up on all 6 nod…
        2      ✗ down             .     6     42      42 -            down on all 6 n…
        3      ✓ up               6     .     24       . weak 3ms     up on all 6 nod…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ✗  ✓      15 master-2 down: TLS works, then no an…
        node02 ok                ✓  ✗  ✓      15 master-2 down: TLS works, then no an…
        node03 ok                ✓  ✗  ✓      15 master-2 down: TLS works, then no an…
        node04 ok                ✓  ✗  ✓      15 master-2 down: TLS works, then no an…
        node05 ok                ✓  ✗  ✓      15 master-2 down: TLS works, then no an…
        node06 ok                ✓  ✗  ✓      15 master-2 down: TLS works, then no an…

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("names the site that is cut off", () => {
    expect(seen(siteCutOff)).toMatchInlineSnapshot(`
      "✗ CRITICAL  k8s-de1  6 nodes, 3 masters  1 critical                   k3s-lb top
        ✗ 3 nodes (node[04-06]), all site=b, have no usable master, though     for 90s
          other nodes do
          → other nodes see masters: look at these nodes' own network and VPN first
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN  ?   SESS CHECK        REASON
        1      ✓ up               3     .      .  3     12 weak 3ms     up on all 3 n…
        2      ✓ up               3     .      .  3     12 weak 3ms     up on all 3 n…
        3      ✓ up               3     .      .  3     12 weak 3ms     up on all 3 n…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node04 no master         ✗  ✗  ✗       0 master-1 down: no answer to connecti…
        node05 no master         ✗  ✗  ✗       0 master-1 down: no answer to connecti…
        node06 no master         ✗  ✗  ✗       0 master-1 down: no answer to connecti…
        node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("puts one node that is cut off first, and blames no master", () => {
    expect(seen(nodeCutOff)).toMatchInlineSnapshot(`
      "✗ CRITICAL  k8s-de1  6 nodes, 3 masters  1 critical                   k3s-lb top
        ✗ node05 has no usable master, though other nodes do                   for 90s
          → other nodes see masters: look at this node's own network and VPN first
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN  ?   SESS CHECK        REASON
        1      ✓ up               5     .      .  1     20 weak 3ms     up on all 5 n…
        2      ✓ up               5     .      .  1     20 weak 3ms     up on all 5 n…
        3      ✓ up               5     .      .  1     20 weak 3ms     up on all 5 n…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node05 no master         ✗  ✗  ✗       0 master-1 down: no answer to connecti…
        node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12
        node04 ok                ✓  ✓  ✓      12
        node06 ok                ✓  ✓  ✓      12

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("counts nodes that cannot be reached, and still judges the masters by the others", () => {
    expect(seen(someUnreachable)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  10 nodes, 3 masters  1 warning                    k3s-lb top
        ! 3 of 10 nodes (node[03,06,09]) timed out (no answer within 1500      for 12s
          ms)
          → The node takes connections but answers too slowly: is HAProxy overloaded?
            If the path is just slow, raise \`poll.timeout\`.
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN  ?   SESS CHECK        REASON
        1      ✓ up               7     .      .  3     28 weak 3ms     up on all 7 n…
        2      ✓ up               7     .      .  3     28 weak 3ms     up on all 7 n…
        3      ✓ up               7     .      .  3     28 weak 3ms     up on all 7 n…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node03 timeout 12s       ✓  ✓  ✓      12 10.8.0.13:1936: no answer within 150…
        node06 timeout 12s       ✓  ✓  ✓      12 10.8.0.16:1936: no answer within 150…
        node09 timeout 12s       ✓  ✓  ✓      12 10.8.0.19:1936: no answer within 150…
        node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node04 ok                ✓  ✓  ✓      12
        node05 ok                ✓  ✓  ✓      12
        node07 ok                ✓  ✓  ✓      12
        node08 ok                ✓  ✓  ✓      12
        node10 ok                ✓  ✓  ✓      12

      7/10 fresh, age <1s  every 2s        Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("sees a change of the check's answer half done", () => {
    expect(seen(changeOver)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  2 warnings                    k3s-lb top
        ! master-1 answers 200 and master-2, master-3 answer 401: a change-over half
          done takes masters down
          → first set \`http-check expect status 200,401\` on every node, then change
            the masters one by one, then tighten the check
        ! master-1 is down on 3 of 6 nodes (node[04-06]), all site=b: answe…   for 10m
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ! path             3     3      .     12 ready 3ms    down on 3 of 6 n…
        2      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node04 ok                ✗  ✓  ✓       8 master-1 down: answered 200, the che…
        node05 ok                ✗  ✓  ✓       8 master-1 down: answered 200, the che…
        node06 ok                ✗  ✓  ✓       8 master-1 down: answered 200, the che…
        node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("says that it is this machine where nobody can be reached", () => {
    expect(seen(allUnreachable)).toMatchInlineSnapshot(`
      "? UNKNOWN  k8s-de1  6 nodes, 3 masters  1 unknown                     k3s-lb top
        ? all 6 nodes cannot be reached (no route to host): nothing is known   for 12s
          of any master
          → is this machine in the VPN? The node is off or the path to it is gone:
            check the VPN and the routes from here.
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN  ?   SESS CHECK        REASON
        1      ? unknown          .     .      .  6      - -            not known: no…
        2      ? unknown          .     .      .  6      - -            not known: no…
        3      ? unknown          .     .      .  6      - -            not known: no…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 unreachable 12s   ✓  ✓  ✓      12 Cannot connect to 10.8.0.11:1936: no…
        node02 unreachable 12s   ✓  ✓  ✓      12 Cannot connect to 10.8.0.12:1936: no…
        node03 unreachable 12s   ✓  ✓  ✓      12 Cannot connect to 10.8.0.13:1936: no…
        node04 unreachable 12s   ✓  ✓  ✓      12 Cannot connect to 10.8.0.14:1936: no…
        node05 unreachable 12s   ✓  ✓  ✓      12 Cannot connect to 10.8.0.15:1936: no…
        node06 unreachable 12s   ✓  ✓  ✓      12 Cannot connect to 10.8.0.16:1936: no…

      0/6 fresh  every 2s                  Enter open  a act  / filter  ? help  q quit"
    `);
  });
});
