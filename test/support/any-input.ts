import fc from "fast-check";
import { haproxyFixes } from "../../src/domain/haproxy-fixes.ts";
import type { AdminRule, FleetCheck } from "../../src/domain/inventory.ts";
import type { SecretForm } from "../../src/generate/generate-input.ts";
import { adminUser } from "../../src/generate/haproxy-users.ts";
import { fleetOf } from "./fleet.ts";
import { type InputParts, inputOf } from "./generate-input.ts";

/** PEM files that are there: HAProxy reads them while it checks a configuration. */
export type Pems = { readonly ca: string; readonly pair: string };

const name = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,30}$/);
const port = fc.integer({ min: 1, max: 65_535 });
const host = fc.constantFrom("10.8.1.1", "192.0.2.250", "[fd00::9]", "[::ffff:10.8.1.1]", "localhost");
const address = fc.tuple(host, port).map(([where, at]) => `${where}:${at}`);
// All that the fleet file takes in these, and that a line of HAProxy's could stumble over.
const hostile = fc.constantFrom(
  ...("abc \"'\\#$^{}[]()%,;|&*!?äß漢😀".match(/./gu) ?? []),
  "$" + "{HOME}",
  "{{ x }}",
  "%%",
  "$$",
);
const text = fc.array(hostile, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(""));
const rule: fc.Arbitrary<AdminRule> = fc.oneof(
  fc.constant({ kind: "localhost" } as const),
  fc.constant({ kind: "group" } as const),
  fc
    .array(fc.constantFrom("10.8.0.1", "10.8.0.0/24", "fd00::1", "fd00::/64"), { minLength: 1, maxLength: 130 })
    .map((addresses) => ({ kind: "from", addresses }) as const),
);

/** What every valid fleet file may say of HAProxy, in a form for `inputOf`; the version is for the caller to give. */
export function anyInput(pems: Pems): fc.Arbitrary<InputParts> {
  const check = fc
    .record({
      expect: fc.constantFrom<FleetCheck["expect"]>(401, 200, "migrate"),
      intervalMs: fc.constantFrom(1, 250, 1_000, 1_500, 60_000, 3_600_000),
      rise: fc.integer({ min: 1, max: 100 }),
      fall: fc.integer({ min: 1, max: 100 }),
      ca: fc.constantFrom(undefined, pems.ca),
      cert: fc.constantFrom(undefined, pems.pair),
    })
    .filter(({ expect, cert }) => expect !== 401 || cert === undefined);
  const masters = fc.uniqueArray(fc.record({ name, address }), {
    selector: (one) => one.name,
    minLength: 1,
    maxLength: 5,
  });
  const fleet = fc
    .record({
      cluster: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/),
      masters,
      backend: fc.oneof(name, fc.constant("stats")),
      frontend: fc.record({
        name: fc.oneof(name, fc.constant("stats")),
        bind: fc.constantFrom("127.0.0.1:16443", "[::1]:16443", "*:16443", ":16443", "0.0.0.0:6443", "localhost:16443"),
      }),
    })
    .filter(({ backend, frontend }) => backend !== frontend.name);
  const stats = fc.record({
    port,
    path: fc.oneof(
      fc.constant("/"),
      text.map((part) => `/${part.replace(/[\s;#]/g, "")}`),
    ),
    username: text.filter((user) => user !== adminUser),
    tls: fc.constantFrom(undefined, {
      ca: undefined,
      cert: undefined,
      key: undefined,
      servername: undefined,
      insecure: true,
    }),
  });
  const haproxy = fc.record({
    without: fc.subarray(haproxyFixes.map(({ id }) => id)),
    admin: rule,
    statsBind: fc.constantFrom("0.0.0.0", "127.0.0.1", "::", "::1", "fd00::9"),
    statsCrt: fc.constant(pems.pair),
  });
  return fc
    .record({
      fleet,
      check,
      stats,
      haproxy,
      sectionsOnly: fc.boolean(),
      isHashed: fc.boolean(),
      nodeName: fc.option(name),
    })
    .map(({ isHashed, nodeName, ...parts }) => {
      const [node] = inputOf({ stats: parts.stats }).fleet.nodes;
      const secrets: SecretForm = isHashed ? hashesFor(parts.stats.username) : { kind: "env" };
      return {
        ...parts,
        fleet: { ...fleetOf({ nodes: 2 }), ...parts.fleet },
        secrets,
        node: nodeName === null || node === undefined ? undefined : { ...node, name: nodeName },
      };
    });
}

/** Hashes of "secret" by openssl passwd -5, of few rounds: from 3.4 on HAProxy warns of one that takes it 10 ms. */
export function hashesFor(username: string): SecretForm {
  const hash = "$5$rounds=1000$saltsalt$eKLZU9t9OoPWrqOQsoTIKG0aYkZ5rGOoOQhiIvoSWX2";
  return { kind: "hash", hashes: { [username]: hash, [adminUser]: hash } };
}
