import { describe, expect, it } from "vitest";
import { textWidth } from "../../src/output/width.ts";
import type { NodeSays } from "../support/scene.ts";
import { large, look, situation, small, textOf, usual } from "../support/screens.ts";

const up = () => "UP";
const healthy = situation(() => up);
const masterDown = situation(() => (master) => (master === 2 ? "DOWN" : "UP"));
const path = situation((node) => (master) => (master === 2 && node > 3 ? "DOWN" : "UP"));
const cutOff = situation((node) => (node === 5 ? () => "DOWN" : up));
const dead = situation((node): NodeSays => (node > 4 ? { fails: "unreachable", detail: "connection refused" } : up));
const drained = situation(() => (master) => (master === 1 ? "DRAIN" : "UP"));
const silent = situation(() => "silent");
const allDead = situation((): NodeSays => ({ fails: "timeout", detail: "no answer within 1500 ms" }));

describe("the fleet's screen", () => {
  it("is calm where all is well", () => {
    expect(textOf(look(healthy, usual))).toMatchInlineSnapshot(`
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

  it("names a master that is down everywhere, and what to do", () => {
    expect(textOf(look(masterDown, usual))).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! master-2 is down on all 6 nodes: connection refused                  for 60m
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

  it("tells a broken path from a broken master", () => {
    expect(textOf(look(path, small))).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning k3s-lb top
        ! master-2 is down on 3 of 6 nodes                 for 60m
          (node[04-06]), all site=b: connection refused
          → others reach master-2: suspect the path from these no…
        MASTER   VERDICT           UP  DOWN   SESS CHECK
        master-1 ✓ up               6     .     24 weak 3ms
        master-2 ! path             3     3     12 weak 3ms
        master-3 ✓ up               6     .     24 weak 3ms
        NODE   STATE             1  2  3    SESS
      > node04 ok                ✓  ✗  ✓       8 master-2 down: c…
        node05 ok                ✓  ✗  ✓       8 master-2 down: c…
        node06 ok                ✓  ✗  ✓       8 master-2 down: c…
        node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
      6/6 fresh, age <1s  every 2s      Enter open  ? help  q quit"
    `);
  });

  it("puts a node that sees no master first", () => {
    expect(textOf(look(cutOff, usual))).toMatchInlineSnapshot(`
      "✗ CRITICAL  k8s-de1  6 nodes, 3 masters  1 critical                   k3s-lb top
        ✗ node05 has no usable master, though other nodes do                   for 60m
          → other nodes see masters: look at this node's own network and VPN first
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN  ?   SESS CHECK        REASON
        1      ✓ up               5     .      .  1     20 weak 3ms     up on all 5 n…
        2      ✓ up               5     .      .  1     20 weak 3ms     up on all 5 n…
        3      ✓ up               5     .      .  1     20 weak 3ms     up on all 5 n…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node05 no master         ✗  ✗  ✗       0 master-1 down: connection refused
        node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12
        node04 ok                ✓  ✓  ✓      12
        node06 ok                ✓  ✓  ✓      12

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("shows nodes that do not answer apart from masters that are down", () => {
    expect(textOf(look(dead, usual))).toMatchInlineSnapshot(`
      "! WARNING  k8s-de1  6 nodes, 3 masters  1 warning                     k3s-lb top
        ! 2 of 6 nodes (node[05-06]) cannot be reached (connection refused)    for 12s
          → The node answers, but nothing listens on port 1936: is haproxy running
            there (systemctl status haproxy), and is \`stats.port\` right?
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN  ?   SESS CHECK        REASON
        1      ✓ up               4     .      .  2     16 weak 3ms     up on all 4 n…
        2      ✓ up               4     .      .  2     16 weak 3ms     up on all 4 n…
        3      ✓ up               4     .      .  2     16 weak 3ms     up on all 4 n…
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node05 unreachable 12s   ?  ?  ?       - Cannot connect to 10.8.0.15:1936: co…
        node06 unreachable 12s   ?  ?  ?       - Cannot connect to 10.8.0.16:1936: co…
        node01 ok                ✓  ✓  ✓      12
        node02 ok                ✓  ✓  ✓      12
        node03 ok                ✓  ✓  ✓      12
        node04 ok                ✓  ✓  ✓      12

      4/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("shows a drain as on purpose", () => {
    expect(textOf(look(drained, usual))).toMatchInlineSnapshot(`
      "✓ OK  k8s-de1  6 nodes, 3 masters                                     k3s-lb top
        2 of 3 masters up on all 6 nodes; master-1 drained on all 6 nodes
      ── masters master-* ────────────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ⇣ drained          .     .      6      0 -            drained on all 6…
        2      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
        3      ✓ up               6     .      .     24 weak 3ms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ⇣  ✓  ✓       8 master-1 draining, no new connections
        node02 ok                ⇣  ✓  ✓       8 master-1 draining, no new connections
        node03 ok                ⇣  ✓  ✓       8 master-1 draining, no new connections
        node04 ok                ⇣  ✓  ✓       8 master-1 draining, no new connections
        node05 ok                ⇣  ✓  ✓       8 master-1 draining, no new connections
        node06 ok                ⇣  ✓  ✓       8 master-1 draining, no new connections

      6/6 fresh, age <1s  every 2s         Enter open  a act  / filter  ? help  q quit"
    `);
  });

  it("says that it is polling while nothing has answered", () => {
    expect(textOf(look(silent, usual))).toMatchInlineSnapshot(`
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

  it("says what keeps every node from answering", () => {
    expect(textOf(look(allDead, small))).toMatchInlineSnapshot(`
      "? UNKNOWN  k8s-de1  6 nodes, 3 masters  1 unknown k3s-lb top
        ? all 6 nodes timed out (no answer within 1500     for 12s
          ms): nothing is known of any master
          → is this machine in the VPN? The node takes connection…
        MASTER   VERDICT           UP  DOWN  ?   SESS CHECK
        master-1 ? unknown          .     .  6      - -
        master-2 ? unknown          .     .  6      - -
        master-3 ? unknown          .     .  6      - -
        NODE   STATE             1  2  3    SESS
      > node01 timeout 12s       ?  ?  ?       - 10.8.0.11:1936: …
        node02 timeout 12s       ?  ?  ?       - 10.8.0.12:1936: …
        node03 timeout 12s       ?  ?  ?       - 10.8.0.13:1936: …
        node04 timeout 12s       ?  ?  ?       - 10.8.0.14:1936: …
        node05 timeout 12s       ?  ?  ?       - 10.8.0.15:1936: …
      0/6 fresh  every 2s        Enter open  a act  ? help  q quit"
    `);
  });

  it("says at the top that certificates are not checked", () => {
    const tls = { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure: true };
    const { fleet } = healthy;
    const nodes = fleet.nodes.map((node) => ({ ...node, stats: { ...node.stats, tls } }));
    expect(textOf(look({ ...healthy, fleet: { ...fleet, nodes } }, usual)).split("\n")[0]).toContain("TLS unverified");
    expect(textOf(look(healthy, usual))).not.toContain("TLS unverified");
  });

  it("draws with ASCII only where it has to", () => {
    const text = look(path, usual, [], { ascii: true }).lines.join("\n");
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(text).toContain("U  X  U");
  });
});

describe("every frame", () => {
  const situations = { healthy, masterDown, path, cutOff, dead, drained, silent, allDead };
  const sizes = [
    small,
    usual,
    large,
    { columns: 300, rows: 100 },
    { columns: 61, rows: 16 },
    { columns: 97, rows: 19 },
  ];
  const ways = [
    [],
    [{ kind: "open" }],
    [{ kind: "pane", by: -1 }, { kind: "open" }],
    [{ kind: "pane", by: 1 }, { kind: "open" }],
    [{ kind: "help" }],
    [{ kind: "filter" }, { kind: "type", text: "node0[12]" }],
  ] as const;

  it.each(Object.entries(situations))("fits its screen: %s", (_, given) => {
    for (const size of sizes) {
      for (const way of ways) {
        const { lines } = look(given, size, way);
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) expect(textWidth(line), line).toBeLessThanOrEqual(size.columns);
      }
    }
  });

  it("shows the end of a long filter, where the typing goes on", () => {
    const { lines } = look(healthy, usual, [
      { kind: "filter" },
      { kind: "type", text: `${"node0[12]|".repeat(9)}end` },
    ]);
    expect(lines.at(-1)).toMatch(/^\/…[^ ]*node0\[12\]\|end_ .*2 of 6 {2}Enter keeps {2}Esc drops$/);
  });

  it("says so where the screen is too small", () => {
    expect(look(masterDown, { columns: 50, rows: 10 }).lines).toMatchInlineSnapshot(`
      [
        "WARNING: master-2 is down on all 6 nodes: connect…",
        "k3s-lb top needs 60x15; this is 50x10.",
        "Make the window larger; q quits.",
      ]
    `);
  });

  it("has the same words with colour as without", () => {
    for (const given of Object.values(situations)) {
      const coloured = look(given, usual, [], { colour: true }).lines.map((line) =>
        line.replace(/\u001b\[[\d;]*m/g, "").trimEnd(),
      );
      expect(coloured).toEqual(look(given, usual).lines.map((line) => line.trimEnd()));
    }
  });

  it("uses the sixteen colours of the terminal only", () => {
    const codes = look(cutOff, usual, [], { colour: true })
      .lines.join("")
      .matchAll(/\u001b\[([\d;]*)m/g);
    for (const [, code] of codes) expect(code).toMatch(/^(0|2|7|27|1;31|3[1-6])$/);
  });
});
