import { describe, expect, it } from "vitest";
import type { Intent } from "../../src/domain/ledger.ts";
import { readHead, writeHead } from "../../src/domain/recording-fleet.ts";
import { readLedger, writeLedger } from "../../src/domain/recording-ledger.ts";
import { fleetOf, nodeOf } from "../support/fleet.ts";

const wallMs = Date.UTC(2026, 10, 26, 5, 41, 26);
const tls = { ca: "/etc/secret-ca", cert: "/etc/secret-cert", key: "/etc/secret-key", servername: "secret-name" };
const fleet = {
  ...fleetOf({ nodes: 2 }),
  check: { ...fleetOf().check, ca: "/etc/secret-check", cert: undefined },
  events: { ...fleetOf().events, onEvent: ["/usr/bin/secret-program"] as const },
  nodes: [
    nodeOf("node01", {
      labels: { site: "a" },
      ssh: "secret-login@host",
      stats: {
        port: 1936,
        path: "/secret-path",
        username: "secret-user",
        password: { kind: "literal", value: "secret-password" },
        tls: { ...tls, insecure: true },
      },
    }),
    nodeOf("node02", { stats: { ...nodeOf("node02").stats, password: { kind: "command", argv: ["secret-command"] } } }),
  ],
};
const line = writeHead({ fleet, isAlone: true, wallMs });

describe("the first line of a recording", () => {
  it("holds no secret, no login and no path", () => {
    expect(line).not.toMatch(/secret|password|ssh/);
  });

  it("gives back the fleet as far as the screens show it", () => {
    const read = readHead(line);
    if (read.kind !== "head") throw new Error(read.kind);
    const { check, masters, nodes, backend, cluster, frontend } = read.head.fleet;
    expect({ ...read.head, fleet: undefined }).toEqual({ fleet: undefined, isAlone: true, wallMs });
    expect({ masters, backend, cluster, frontend }).toEqual({
      masters: fleet.masters,
      backend: fleet.backend,
      cluster: fleet.cluster,
      frontend: fleet.frontend,
    });
    expect(check).toEqual({ ...fleet.check, ca: undefined });
    expect(nodes.map(({ name, address, labels, poll, stats }) => [name, address, labels, poll, stats.port])).toEqual(
      fleet.nodes.map(({ name, address, labels, poll, stats }) => [name, address, labels, poll, stats.port]),
    );
    expect(nodes.map(({ stats }) => stats.tls?.insecure)).toEqual([true, undefined]);
  });

  it("is refused where it is of another kind, or of a later version", () => {
    const of = (part: object) => readHead(JSON.stringify({ ...JSON.parse(line), ...part })).kind;
    expect([
      of({}),
      of({ kind: "FleetStatus" }),
      of({ apiVersion: "v1" }),
      of({ nodes: [] }),
      of({ nodes: [7] }),
    ]).toEqual(["head", "other", "other", "other", "other"]);
    expect([of({ apiVersion: "k3s-lb/v2" }), of({ format: 2 })]).toEqual(["later", "later"]);
    expect(["", "no json", "[]", "null"].map((text) => readHead(text).kind)).toEqual(Array(4).fill("other"));
  });

  it("is cleaned of what could steer a terminal", () => {
    const evil = "\u001b[31mred\u0007";
    const node = { name: evil, address: evil, labels: { [evil]: evil }, port: 1, intervalMs: 1000, timeoutMs: 1 };
    const read = readHead(JSON.stringify({ ...JSON.parse(line), cluster: evil, backend: evil, nodes: [node] }));
    expect(read.kind).toBe("head");
    expect(JSON.stringify(read)).not.toMatch(/\\u001b|\\u0007/);
  });
});

describe("a recorded ledger", () => {
  const intent: Intent = {
    id: "op-1",
    node: "node01",
    backend: "b",
    server: "master-1",
    state: "drain",
    who: { user: "ops", host: "desk", sshClient: undefined },
    reason: "upgrade",
    sinceMs: wallMs,
    untilMs: undefined,
    isSettled: true,
  };

  it("comes back as it was, without the nodes that were not watched", () => {
    const facts = {
      lastAtMs: wallMs,
      intents: [intent, { ...intent, server: "master-2", isSettled: false }, { ...intent, node: "elsewhere" }],
    };
    const written: unknown = JSON.parse(JSON.stringify(writeLedger(facts, new Set(["node01"]))));
    expect(readLedger(written)).toEqual({ ...facts, intents: facts.intents.slice(0, 2) });
  });

  it("is nothing where it cannot be read", () => {
    expect([readLedger({}), readLedger({ lastAtMs: 1e300, operations: [] }), readLedger(null)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
