import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { FleetCheck } from "../../src/domain/inventory.ts";
import { UserError } from "../../src/domain/user-error.ts";
import { generateAnsible } from "../../src/generate/ansible.ts";
import type { GenerateInput } from "../../src/generate/generate-input.ts";
import { hashesFor } from "../support/any-input.ts";
import { nodeOf } from "../support/fleet.ts";
import { type InputParts, inputOf } from "../support/generate-input.ts";

type Parsed = Record<string, unknown>;

/** The generated files by their paths, read as YAML. */
function filesOf(input: GenerateInput): ReadonlyMap<string, Parsed> {
  const customTags = [{ tag: "!unsafe", resolve: (text: string) => text }];
  return new Map(
    generateAnsible(input).map(({ path, text }) => [path, parse(text, { version: "1.1", customTags }) as Parsed]),
  );
}

const textOf = (parts: InputParts): string =>
  generateAnsible(inputOf(parts))
    .map(({ text }) => text)
    .join("");

const all = "group_vars/k3s_cluster/k3s-lb.yml";
const agents = "group_vars/k3s_node/k3s-lb.yml";
const masters = "group_vars/k3s_master/k3s-lb.yml";

/** The sample's nodes, and one more. */
function withNode(node: ReturnType<typeof nodeOf>): GenerateInput {
  const input = inputOf();
  return { ...input, fleet: { ...input.fleet, nodes: [...input.fleet.nodes, node] } };
}

describe("generateAnsible", () => {
  it("makes one file for all nodes, one for the agents, and the playbook", () => {
    expect([...filesOf(inputOf()).keys()]).toEqual([all, agents, "rollout.yml"]);
  });

  it("has HAProxy reloaded for a change, and socat there for the state of the servers", () => {
    const { haproxy_version, haproxy_restart_handler_state, haproxy_install } =
      filesOf(inputOf({ version: "2.6" })).get(all) ?? {};
    expect([haproxy_version, haproxy_restart_handler_state, haproxy_install]).toEqual(["2.6", "reloaded", ["socat"]]);
  });

  it("gives a node whose listener differs the variables that differ, and no more", () => {
    const stats = { ...nodeOf("x").stats, port: 1937 };
    const own = filesOf(withNode(nodeOf("edge-1", { stats }))).get("host_vars/edge-1/k3s-lb.yml") ?? {};
    expect(Object.keys(own)).toEqual(["haproxy_listen"]);
    expect(own["haproxy_listen"]).toMatchObject([{ bind: [{ listen: "0.0.0.0:1937" }] }]);
  });

  it("gives a node whose socket differs a drop-in of systemd of its own too", () => {
    const admin = { ...nodeOf("x").admin, socket: "/run/own.sock" };
    const own = filesOf(withNode(nodeOf("edge-1", { admin }))).get("host_vars/edge-1/k3s-lb.yml") ?? {};
    expect(Object.keys(own)).toEqual(["haproxy_global_stats", "k3s_lb_drop_in"]);
  });

  it.each([
    ["127.0.0.1:16443", "127.0.0.1", 16443],
    ["*:7443", "127.0.0.1", 7443],
    [":7443", "127.0.0.1", 7443],
    ["0.0.0.0:6444", "127.0.0.1", 6444],
    ["[::1]:16443", "[::1]", 16443],
    ["[::]:16443", "[::1]", 16443],
    ["localhost:16443", "localhost", 16443],
  ])("sends agents to their own HAProxy: a frontend at %s is reached at %s port %i", (bind, host, port) => {
    const fleet = { frontend: { name: "f", bind } };
    expect(filesOf(inputOf({ fleet })).get(agents)).toEqual({ k3s_master_ip: host, k3s_master_port: port });
  });

  it.each<[string, Partial<FleetCheck>, number, readonly string[] | undefined]>([
    ["401", { expect: 401 }, 34, undefined],
    ["200 to a client certificate", { expect: 200, cert: "/etc/haproxy/check.pem" }, 34, undefined],
    ["200 before Kubernetes 1.32", { expect: 200 }, 31, ["anonymous-auth=true"]],
    ["200", { expect: 200 }, 32, ["authentication-config=/etc/rancher/k3s/authentication.yaml"]],
    ["both", { expect: "migrate" }, 34, ["authentication-config=/etc/rancher/k3s/authentication.yaml"]],
  ])("has the masters answer %s", (_, check, minor, argument) => {
    const input = { ...inputOf({ check }), kubernetes: { major: 1, minor } };
    const given = filesOf(input).get(masters)?.["k3s_master_extra_config"];
    expect(given).toEqual(argument === undefined ? undefined : { "kube-apiserver-arg": argument });
  });

  it("asks the masters before HAProxy expects 200 of them, and with its certificate where it has one", () => {
    const parts = { check: { expect: 200, cert: "/etc/haproxy/check.pem" } } as const;
    const { k3s_lb_masters, k3s_lb_check_cert } = filesOf(inputOf(parts)).get(all) ?? {};
    expect(k3s_lb_masters).toEqual(["10.8.1.1:6443", "10.8.1.2:6443", "10.8.1.3:6443"]);
    expect(k3s_lb_check_cert).toBe("/etc/haproxy/check.pem");
    expect(textOf(parts)).toContain('client_cert: "{{ k3s_lb_check_cert }}"');
    expect(textOf({ check: { expect: "migrate" } })).not.toContain("ansible.builtin.uri");
  });

  it("holds no password and no hash, but says how each gets into the vault", () => {
    const password = { kind: "literal", value: "a-secret-of-the-test" } as const;
    const admin = { admin: { kind: "group" } } as const;
    const text = textOf({ stats: { password }, haproxy: admin });
    expect(text).not.toContain(password.value);
    expect(text.match(/encrypt_string .*/g)).toEqual([
      "encrypt_string --prompt --name vault_k3s_lb_stats_password >> group_vars/k3s_cluster/vault.yml",
      "encrypt_string --prompt --name vault_k3s_lb_admin_password >> group_vars/k3s_cluster/vault.yml",
    ]);
    const hashed = textOf({ secrets: hashesFor("admin"), haproxy: admin });
    expect(hashed).not.toMatch(/\$6\$/);
    expect(hashed.match(/openssl passwd.*/g)).toEqual([
      "openssl passwd -6 | ansible-vault encrypt_string --stdin-name vault_k3s_lb_stats_hash >> group_vars/k3s_cluster/vault.yml",
      "openssl passwd -6 | ansible-vault encrypt_string --stdin-name vault_k3s_lb_admin_hash >> group_vars/k3s_cluster/vault.yml",
    ]);
  });

  it("refuses the sample's password", () => {
    const password = { kind: "literal", value: "yoursupersecretpassword" } as const;
    expect(() => generateAnsible(inputOf({ stats: { password } }))).toThrow(UserError);
  });

  it.each(["..", "a/b", "a\nb"])("refuses a node called %j, whose own file would lie elsewhere", (name) => {
    const stats = { ...nodeOf("x").stats, port: 1937 };
    expect(() => generateAnsible(withNode(nodeOf(name, { stats })))).toThrow(
      new UserError(
        `a node is called ${JSON.stringify(name.replace("\n", " "))}, which cannot be a folder of host_vars`,
        "Give it another name: letters, digits, dot, dash and underscore.",
      ),
    );
  });

  it.each<[string, InputParts]>([
    ["a master with an expression", { fleet: { masters: [{ name: "m{{x}}", address: "10.8.1.1:6443" }] } }],
    ["a master with a line end", { fleet: { masters: [{ name: "m\nx", address: "10.8.1.1:6443" }] } }],
    ["a backend with a blank", { fleet: { backend: "a b" } }],
    ["a frontend with a quote", { fleet: { frontend: { name: "a'b", bind: "127.0.0.1:16443" } } }],
    ["a user with a line end", { stats: { username: "a\nb" } }],
  ])("refuses %s, as generate haproxy does", (_, parts) => {
    expect(() => generateAnsible(inputOf(parts))).toThrow(UserError);
  });

  it("leaves global and defaults alone where only the sections are wanted, and says what global needs", () => {
    const input = inputOf({ sectionsOnly: true });
    const names = Object.keys(filesOf(input).get(all) ?? {}).filter((name) => name.startsWith("haproxy_"));
    expect(names.filter((name) => /^haproxy_(?:global|default)/.test(name))).toEqual([]);
    expect(textOf({ sectionsOnly: true })).toContain("#   server-state-file /var/lib/k3s-lb-haproxy/servers\n");
  });

  it("rolls HAProxy out before k3s, the masters one by one, and the agents last", () => {
    const plays = filesOf(inputOf()).get("rollout.yml") as unknown as readonly Parsed[];
    expect(plays.map(({ hosts, serial }) => [hosts, serial])).toEqual([
      ["k3s_cluster", [1, "25%"]],
      ["k3s_master", 1],
      ["k3s_node:!k3s_master", [1, "25%"]],
    ]);
    expect(plays.map(({ tasks }) => (tasks as readonly Parsed[]).at(-1)?.["ansible.builtin.command"])).toEqual(
      plays.map(() => ({ argv: ["k3s-lb", "status", "--node", "{{ ansible_play_batch | join(',') }}"] })),
    );
  });

  it("gives the same bytes for the same fleet file", () => {
    expect(generateAnsible(inputOf())).toEqual(generateAnsible(inputOf()));
  });
});
