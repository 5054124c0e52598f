import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { fleetText } from "../../src/init/fleet-text.ts";
import { type Found, type FoundNode, found } from "../../src/init/found.ts";
import { soundFound } from "../../src/init/sound-entries.ts";
import { readFleetText } from "../../src/io/fleet-file.ts";

const OPTIONS = { passwordVariable: "K3S_LB_PASSWORD" };

function load(text: string) {
  return readFleetText(text, { path: "/fleet/k3s-lb.yaml", name: "k3s-lb.yaml", env: {} });
}

function node(name: string, more: Partial<FoundNode> = {}): FoundNode {
  return { name, address: undefined, ssh: undefined, labels: {}, statsPort: undefined, ...more };
}

function small(more: Partial<Found> = {}): Found {
  return found("hosts.ini", { masters: [{ name: "m1", address: "10.0.0.1" }], nodes: [node("n1")], ...more });
}

describe("fleetText", () => {
  it("writes every section with what it is and what its default is", () => {
    const text = fleetText(
      small({
        backend: "k8s-de1-kube-api",
        nodes: Array.from({ length: 12 }, (_, i) =>
          node(`n${i + 1}`, { address: `10.8.0.${i + 11}`, labels: { site: "yes" } }),
        ),
        check: { expect: "migrate", interval: "1s" },
        notes: ["One thing was guessed."],
      }),
      OPTIONS,
    );
    expect(text).toMatchInlineSnapshot(`
      "# The fleet file of k3s-lb, written by k3s-lb init from hosts.ini.
      # After a change: k3s-lb config validate
      #
      # Left out or guessed, to be looked at:
      # - One thing was guessed.

      # A name for this cluster; its ledger and the default of backend go by it.
      cluster: k8s-de1  # default: k3s

      # The masters: HAProxy's server lines, by exactly the names that they have there. Port 6443 by default.
      masters:
        - { name: m1, address: 10.0.0.1 }

      # The machines that run a HAProxy. "node[01:38]" with "10.8.0.[11:48]" are 38 of them.
      # address: host name or IP address, without a port; the name by default. ssh: the destination for ssh;
      # the address by default. labels: for --node @site=a, and to name what failing nodes have in common.
      nodes:
        - { name: "n[1:12]", address: "10.8.0.[11:22]", labels: { site: "yes" } }

      # The backend that holds the masters on every node.
      backend: k8s-de1-kube-api

      # What agents connect to on their own node.
      # frontend:
      #   name: kubernetes_master_kube_api  # the default
      #   bind: 127.0.0.1:16443  # the default

      # The health check of the masters. expect: what /readyz must answer: 401 (TLS and HTTP work), 200 (ready),
      # or migrate (both, while changing over).
      check:
        expect: migrate  # default: 401
        interval: 1s
        # rise: 2  # the default
        # fall: 2  # the default

      # The stats listener of every node. path: its \`stats uri\`. username: of its \`stats auth\`.
      stats:
        # port: 1936  # the default
        # path: /  # the default
        # username: admin  # the default
        # The password is in no file: this variable of the environment has to hold it. Or
        # { file: ~/.k3s-lb-password } (mode 0600), or { command: [pass, show, lb] }.
        password: { env: K3S_LB_PASSWORD }

      # More sections, with defaults that fit most fleets: admin (how orders reach a node), poll, and haproxy
      # (what generate writes). See README, "Fleet file"; k3s-lb config view shows all that is in force.
      "
    `);
  });

  it("comments a section of which nothing is known, so that it can be uncommented as it stands", () => {
    const text = fleetText(small(), OPTIONS);
    expect(text).toContain("\n# check:\n#   expect: 401  # the default\n");
    const all = text
      .replace(/^# ((?:frontend|check|cluster|backend):.*| {2}\w+:.*)$/gm, "$1")
      .replace(/^ {2}# (\w+: [^{].*)$/gm, "  $1");
    expect(all).toContain("\ncheck:\n  expect: 401  # the default\n");
    expect(load(all).fleet).toEqual(load(text).fleet);
  });

  it("names the password's variable, and no password where the page asks for none", () => {
    expect(load(fleetText(small(), OPTIONS)).fleet.nodes[0]?.stats.password).toEqual({
      kind: "env",
      name: "K3S_LB_PASSWORD",
    });
    expect(load(fleetText(small(), { passwordVariable: undefined })).fleet.nodes[0]?.stats.password).toBeUndefined();
  });

  it("keeps a port of a node's own, https and the stats listener's address", () => {
    const text = fleetText(
      small({
        nodes: [node("n1"), node("n2", { statsPort: 1937 })],
        stats: { port: 1936, path: "/s?x", username: "o'neil #1", tls: true, crt: "/etc/a.pem", bind: "fd00::1" },
      }),
      OPTIONS,
    );
    const { fleet } = load(text);
    expect(fleet.nodes.map(({ stats }) => stats.port)).toEqual([1936, 1937]);
    expect(fleet.nodes[0]?.stats).toMatchObject({ path: "/s?x", username: "o'neil #1", tls: { insecure: false } });
    expect(fleet.haproxy).toMatchObject({ statsBind: "fd00::1", statsCrt: "/etc/a.pem" });
  });

  it("lets no note or source end its comment", () => {
    const evil = "x\nmasters: [] \u2028nodes: []\r\ncluster: evil \u001b[31m";
    const text = fleetText({ ...small({ notes: [evil] }), source: evil }, OPTIONS);
    expect(load(text).fleet.cluster).toBe("k3s");
    expect(text).not.toContain("\u001b");
  });

  it("reads back to exactly the nodes that were found, whatever their names", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,12}$/);
    const evil = fc.constantFrom(
      "yes",
      "null",
      "1e3",
      "0x1f",
      "~",
      "a: b",
      "{{ x }}",
      "#",
      "'",
      '"',
      "[1:3]",
      "n[1:3]",
      "\u0000",
      "<<",
      "10",
      "-",
      "",
    );
    const text = fc.oneof({ weight: 3, arbitrary: word }, evil, fc.string({ maxLength: 6 }));
    const scattered = fc.array(
      fc.record({
        name: text,
        address: fc.option(text, { nil: undefined }),
        ssh: fc.option(text, { nil: undefined }),
        labels: fc.dictionary(text, text, { maxKeys: 3 }),
        statsPort: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
      }),
      { maxLength: 6 },
    );
    const rows = fc
      .tuple(fc.nat(200), fc.nat(30), fc.constantFrom("a", "b"))
      .map(([first, count, site]) =>
        Array.from({ length: count }, (_, i) =>
          node(`node${String(first + i).padStart(3, "0")}`, { address: `10.8.${site.length}.${i}`, labels: { site } }),
        ),
      );
    fc.assert(
      fc.property(scattered, rows, rows, (some, one, other) => {
        const sound = soundFound(small({ nodes: [node("always"), ...some, ...one, ...other] }));
        const { fleet } = load(fleetText(sound, OPTIONS));
        expect(byName(fleet.nodes.map(taken))).toEqual(byName(sound.nodes.map(expected)));
      }),
    );
  });
});

type Flat = { readonly name: string; readonly [key: string]: unknown };

function taken({ name, address, ssh, labels, stats }: FleetNode): Flat {
  return { name, address, ssh, labels, port: stats.port };
}

function expected({ name, address, ssh, labels, statsPort }: FoundNode): Flat {
  return { name, address: (address ?? name).replace(/^\[(.*)\]$/, "$1"), ssh, labels, port: statsPort ?? 1936 };
}

function byName(nodes: readonly Flat[]): readonly Flat[] {
  return nodes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
