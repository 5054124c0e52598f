import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { checkFleetFile, fleetFileJsonSchema, overridableKeys } from "../../src/domain/fleet-schema.ts";

const SOUND = { masters: [{ name: "m1" }], nodes: [{ name: "n1" }] };

/** Every key of the definition, so that one forgotten in the JSON Schema would be refused as unknown. */
const FULL = {
  cluster: "de1",
  masters: [{ name: "m[1:3]", address: "m[1:3]:6443" }],
  nodes: [
    {
      name: "n[01:38]",
      address: "10.8.0.[11:48]",
      ssh: "ops@gate",
      labels: { site: "a", "example.org/rack": "7" },
      stats: { port: 1937, path: "/x", username: "u", password: { env: "X" }, tls: {} },
      admin: { via: "ssh", ssh_config: "~/.ssh/lb", socket: "/run/h.sock", master_socket: "/run/m.sock" },
      poll: { interval: "5s", timeout: "1s", source: "metrics" },
    },
  ],
  backend: "b",
  frontend: { name: "f", bind: "127.0.0.1:16443" },
  check: { expect: "migrate", interval: "1s", rise: 2, fall: 3, ca: "/etc/ca.crt", cert: "/etc/lb.pem" },
  stats: {
    password: { command: ["pass", "show", "lb"] },
    tls: { enabled: true, ca: "ca.pem", cert: "c.pem", key: "k.pem", servername: "s", insecure: true },
  },
  admin: { via: "socket", locked: false },
  poll: { interval: "1m30s", source: "stats" },
  haproxy: {
    version: "2.8",
    without: ["slowstart"],
    admin: { from: ["10.8.0.0/24", "fd00::1"] },
    stats_bind: "::",
    stats_crt: "/etc/haproxy/lb.pem",
    vpn_interface: "wg0",
  },
};

describe("fleetFileJsonSchema", () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(fleetFileJsonSchema());

  it.each([
    ["the smallest file", SOUND, true],
    ["every key", FULL, true],
    ["a password file", { ...SOUND, stats: { password: { file: "~/pw" } } }, true],
    ["a literal password", { ...SOUND, stats: { password: "x" } }, true],
    ["no nodes", { masters: SOUND.masters }, false],
    ["an empty list", { ...SOUND, nodes: [] }, false],
    ["an unknown key", { ...SOUND, clutser: "x" }, false],
    ["an unknown key of a node", { ...SOUND, nodes: [{ name: "n", prot: 1 }] }, false],
    ["an unknown form of password", { ...SOUND, stats: { password: { envv: "x" } } }, false],
    ["a port out of range", { ...SOUND, stats: { port: 0 } }, false],
    ["a socket that is no path", { ...SOUND, admin: { socket: "admin.sock" } }, false],
    ["a check of 403", { ...SOUND, check: { expect: 403 } }, false],
    ["a fix that there is not", { ...SOUND, haproxy: { without: ["magic"] } }, false],
    ["a list of no addresses", { ...SOUND, haproxy: { admin: { from: [] } } }, false],
    ["a path with a blank", { ...SOUND, check: { ca: "/etc/my ca.crt" } }, false],
    ["a bare duration", { ...SOUND, poll: { interval: "2" } }, false],
    ["a source to come", { ...SOUND, poll: { source: "prometheus" } }, false],
    ["a label that is a number", { ...SOUND, nodes: [{ name: "n", labels: { rack: 7 } }] }, false],
    ["a bad label name", { ...SOUND, nodes: [{ name: "n", labels: { "a=b": "x" } }] }, false],
  ])("and the check itself agree on %s", (_what, file, isSound) => {
    expect(validate(file)).toBe(isSound);
    expect(checkFleetFile(file).issues.length === 0).toBe(isSound);
  });

  it("describes every key", () => {
    const bare = (schema: unknown, path: string): string[] => {
      const { properties = {}, items, anyOf = [] } = schema as Record<string, Record<string, unknown>>;
      const inner = [...(items === undefined ? [] : [items]), ...(anyOf as unknown as unknown[])];
      return [
        ...inner.flatMap((one) => bare(one, path)),
        ...Object.entries(properties as Record<string, { description?: string }>).flatMap(([key, one]) => [
          ...(one.description === undefined && path !== "" ? [`${path}.${key}`] : []),
          ...bare(one, `${path}.${key}`),
        ]),
      ];
    };
    expect(bare(fleetFileJsonSchema(), "")).toEqual([]);
  });
});

describe("overridableKeys", () => {
  it("is every key outside masters and nodes", () => {
    expect(overridableKeys().map(({ path }) => path.join("."))).toEqual([
      "cluster",
      "color",
      "backend",
      "frontend.name",
      "frontend.bind",
      "check.expect",
      "check.interval",
      "check.rise",
      "check.fall",
      "check.ca",
      "check.cert",
      "stats.port",
      "stats.path",
      "stats.username",
      "stats.password",
      "stats.tls.enabled",
      "stats.tls.ca",
      "stats.tls.cert",
      "stats.tls.key",
      "stats.tls.servername",
      "stats.tls.insecure",
      "admin.via",
      "admin.ssh_config",
      "admin.socket",
      "admin.master_socket",
      "admin.locked",
      "admin.read_only",
      "poll.interval",
      "poll.timeout",
      "poll.source",
      "haproxy.version",
      "haproxy.without",
      "haproxy.admin",
      "haproxy.stats_bind",
      "haproxy.stats_crt",
      "haproxy.vpn_interface",
      "events.on_event",
      "events.min_severity",
      "events.debounce",
      "events.bell",
    ]);
  });
});
