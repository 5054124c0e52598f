import { describe, expect, it } from "vitest";
import { createFakeOperations, openConsole, planned } from "../support/console.ts";
import { aResult } from "../support/plan.ts";
import { look, type Situation, textOf, usual } from "../support/screens.ts";
import {
  allButOne,
  driftAfterRestart,
  forgottenDrain,
  healthy,
  lineAbsent,
  masterDead,
  nothingYet,
  passwordWrong,
  twoVersions,
} from "../support/situations.ts";

/** What stands on a screen of 80×24. */
const seen = (situation: Situation): string => textOf(look(situation, usual));

describe("the order of a fleet at a glance", () => {
  it("is calm where all is well", () => {
    expect(seen(healthy)).toMatchInlineSnapshot(`
      "✓ OK  k8s-de1  6 nodes, 3 masters                                     k3s-lb top
        all 3 masters up on all 6 nodes
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        2      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12
        node04 ok                ✓  ✓  ✓      12
        node05 ok                ✓  ✓  ✓      12
        node06 ok                ✓  ✓  ✓      12

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("says that nothing has answered yet", () => {
    expect(seen(nothingYet)).toMatchInlineSnapshot(`
      "polling  k8s-de1  6 nodes, 3 masters                                  k3s-lb top
        polling 6 nodes …
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN  ?   SESS CHECK        REASON
        1      ? unknown          .     .      .  6      - -            not known: no…
        2      ? unknown          .     .      .  6      - -            not known: no…
        3      ? unknown          .     .      .  6      - -            not known: no…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 polling           ?  ?  ?       -
        node02 polling           ?  ?  ?       -
        node03 polling           ?  ?  ?       -
        node04 polling           ?  ?  ?       -
        node05 polling           ?  ?  ?       -
        node06 polling           ?  ?  ?       -

      0/6 fresh  every 2s                  Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("says which master is left, and who took out the others", () => {
    expect(seen(allButOne)).toMatchInlineSnapshot(`
      "✓ OK  k8s-de1  6 nodes, 3 masters                                     k3s-lb top
        only master-3 up on all 6 nodes; master-1 drained on all 6 nodes by ops 2h
        ago: kernel; master-2 drained on all 6 nodes by ops 2h ago: kernel
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ⇣ drained          .     .      6      0 -            drained on all 6…
        2      ⇣ drained          .     .      6      0 -            drained on all 6…
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ⇣  ⇣  ✓       4 master-1 drained by ops 2h ago: kern…
        node02 ok                ⇣  ⇣  ✓       4 master-1 drained by ops 2h ago: kern…
        node03 ok                ⇣  ⇣  ✓       4 master-1 drained by ops 2h ago: kern…
        node04 ok                ⇣  ⇣  ✓       4 master-1 drained by ops 2h ago: kern…
        node05 ok                ⇣  ⇣  ✓       4 master-1 drained by ops 2h ago: kern…
        node06 ok                ⇣  ⇣  ✓       4 master-1 drained by ops 2h ago: kern…

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("finds the drain that a restart forgot", () => {
    expect(seen(driftAfterRestart)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! master-2 is not drained on node05 (1 of 6 nodes), though it should be (by
          ops 2h ago: kernel); HAProxy restarted there 40s ago
          → do it again there: k3s-lb drain master-2 --node node05; if it is over:
            k3s-lb enable master-2
          HAProxy restarted on node05 40s ago
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

  it("finds the node without a server line", () => {
    expect(seen(lineAbsent)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! master-3 has no server line on 2 nodes (node[02,06]), which can never fail
          over to it
          → add the line to haproxy.cfg there, or take master-3 out of the fleet file
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  ABSENT   SESS CHECK        REASON
        1      ✓ up               6     .       .     24 weak 3ms     up on all 6 nod…
        2      ✓ up               6     .       .     24 weak 3ms     up on all 6 nod…
        3      ✓ up               4     .       2     16 weak 3ms     up on all 4 nod…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node02 ok                ✓  ✓  -       8 master-3 has no server line here
        node06 ok                ✓  ✓  -       8 master-3 has no server line here
        node01 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12
        node04 ok                ✓  ✓  ✓      12
        node05 ok                ✓  ✓  ✓      12

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("tells a wrong password from a dead node", () => {
    expect(seen(passwordWrong)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! 2 of 6 nodes (node[05-06]) refused the password                      for 12s
          → Compare \`stats.username\` and \`stats.password\` with that node's \`stats
            auth\` line; was the password changed there?
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN  ?   SESS CHECK        REASON
        1      ✓ up               4     .      .  2     16 weak 3ms     up on all 4 n…
        2      ✓ up               4     .      .  2     16 weak 3ms     up on all 4 n…
        3      ✓ up               4     .      .  2     16 weak 3ms     up on all 4 n…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node05 unauthorized 12s  ?  ?  ?       - 10.8.0.15:1936 refuses user admin or…
        node06 unauthorized 12s  ?  ?  ?       - 10.8.0.16:1936 refuses user admin or…
        node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12
        node04 ok                ✓  ✓  ✓      12

      4/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("tells two versions of HAProxy", () => {
    expect(seen(twoVersions)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! HAProxy is 2.6.12 on 4 nodes (node[01-04]), but 3.0.5 on 2 nodes
          (node[05-06])
          → bring them to one version; until then the same configuration may behave in
            two ways
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        2      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12
        node04 ok                ✓  ✓  ✓      12
        node05 ok                ✓  ✓  ✓      12
        node06 ok                ✓  ✓  ✓      12

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("reminds of a drain that was forgotten for three days", () => {
    expect(seen(forgottenDrain)).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! master-2 is still drained on 6 nodes (node[01-06]), whose time was over at
          22 Nov 07:00 UTC, 2d ago (by ops 3d ago: kernel)
          → put it back: k3s-lb enable master-2 --node 'node[01-06]'; or give it more
            time: the same command as before with a new --for
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        2      ⇣ drained          .     .      6      0 -            drained on all 6…
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ⇣  ✓       8 master-2 drained by ops 3d ago: kern…
        node02 ok                ✓  ⇣  ✓       8 master-2 drained by ops 3d ago: kern…
        node03 ok                ✓  ⇣  ✓       8 master-2 drained by ops 3d ago: kern…
        node04 ok                ✓  ⇣  ✓       8 master-2 drained by ops 3d ago: kern…
        node05 ok                ✓  ⇣  ✓       8 master-2 drained by ops 3d ago: kern…
        node06 ok                ✓  ⇣  ✓       8 master-2 drained by ops 3d ago: kern…

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });
});

describe("a drain in progress at a glance", () => {
  it("says what runs, how far it is and how to stop it, over a screen that goes on", async () => {
    const operations = createFakeOperations();
    const held = openConsole(masterDead, operations);
    planned(held);
    held.press("y", "enter");
    operations.runs[0]?.step(aResult({ node: "node02" }));
    await held.clock.advance(3_000);
    expect(held.text()).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! master-2 is down on all 6 nodes: connection refused                   for 4m
          → is k3s running on master-2? There: systemctl status k3s; journalctl -u k3s
            -n 50
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      > 2      ✗ down             .     6      .      0 -            down on all 6 no…
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
        node01 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node02 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node03 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node04 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node05 ok                ✓  ✗  ✓       8 master-2 down: connection refused
        node06 ok                ✓  ✗  ✓       8 master-2 down: connection refused
      ── DRAIN master-2: running, 3s ─────────────────────────────────────────────────
        [##########....................] 1 of 3
        verified        1  node02
        waiting for     2  node[01,03]

                                Ctrl-C sends nothing more and waits for what was sent.
      ARMED 4:57  6/6 fresh, age <1s  every 2s"
    `);
  });
});
