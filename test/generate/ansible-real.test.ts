import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { generateAnsible } from "../../src/generate/ansible.ts";
import type { GenerateInput } from "../../src/generate/generate-input.ts";
import { generateHaproxy } from "../../src/generate/haproxy.ts";
import { adminUser } from "../../src/generate/haproxy-users.ts";
import { playbook, renderWithRole, skipsAnsible, writeFiles } from "../support/ansible.ts";
import { anyInput, hashesFor, type Pems } from "../support/any-input.ts";
import { makeCertificate } from "../support/certificates.ts";
import { nodeOf } from "../support/fleet.ts";
import { type InputParts, inputOf } from "../support/generate-input.ts";
import { checkConfig } from "../support/haproxy-check.ts";
import { installedHaproxy, skipsRealHaproxy } from "../support/real-haproxy.ts";
import { tempDir } from "../support/temp-dir.ts";

const isSkipped = skipsAnsible() || skipsRealHaproxy();

const passwords = { K3S_LB_STATS_PASSWORD: 'it\'s a "#1" $HOME\\', K3S_LB_ADMIN_PASSWORD: "{{ no }} template" };

/** What the vault holds; the braces of a password would be a template if it did not say otherwise. */
function vaultOf({ secrets, fleet }: GenerateInput): Record<string, unknown> {
  if (secrets.kind === "env") {
    return {
      vault_k3s_lb_stats_password: passwords.K3S_LB_STATS_PASSWORD,
      vault_k3s_lb_admin_password: { __ansible_unsafe: passwords.K3S_LB_ADMIN_PASSWORD },
    };
  }
  // As `openssl passwd -6 | ansible-vault encrypt_string` leaves it.
  const hashOf = (user: string) => `${secrets.hashes[user]}\n`;
  return {
    vault_k3s_lb_stats_hash: hashOf(fleet.nodes[0]?.stats.username ?? ""),
    vault_k3s_lb_admin_hash: hashOf(adminUser),
  };
}

/** The same fleet with node names that no other case has. */
function named(input: GenerateInput, at: number): GenerateInput {
  const nodes = input.fleet.nodes.map((node) => ({ ...node, name: `case${at}-${node.name}` }));
  return { ...input, fleet: { ...input.fleet, nodes } };
}

/** The lines of a configuration that count, with one blank between words; what is quoted stays as it is. */
function linesOf(text: string): readonly string[] {
  const lines = text
    .split("\n")
    .map((line) => line.trim().replace(/('[^']*'|"(?:\\.|[^"\\])*")| +/g, (_, word?: string) => word ?? " "));
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

/** The findings of lint that the comments of a configuration allow. */
function allowedIn(text: string): readonly string[] {
  return (text.match(/(?<=# k3s-lb: allow ).*/g) ?? []).toSorted();
}

/** What `generate haproxy` writes for a node, with the passwords where the role has them, and without their guard. */
function expectedOf(input: GenerateInput, node: FleetNode): readonly string[] {
  const [file] = generateHaproxy({ ...input, node });
  return linesOf(file?.text ?? "")
    .filter((line) => !/^\.(?:if|alert|endif)\b/.test(line) && !line.startsWith("http-request deny if { env("))
    .map((line) => line.replace(/"\$\{(K3S_LB_\w+)\}"/, (_, name: keyof typeof passwords) => quoted(passwords[name])));
}

const quoted = (password: string): string => `'${password.replaceAll("'", "'\"'\"'")}'`;

type Rendered = { readonly input: GenerateInput; readonly node: FleetNode; readonly text: string };

/** The file of some nodes of every fleet: of the first where nothing else is said. */
async function render(
  inputs: readonly GenerateInput[],
  indexes: readonly number[] = [0],
): Promise<readonly Rendered[]> {
  const cases = inputs.map((input, at) => {
    const nodes = input.fleet.nodes.filter((_, i) => indexes.includes(i));
    const hosts = nodes.map(({ name }) => name);
    return { input, nodes, group: `case${at}`, hosts, files: generateAnsible(input), extra: vaultOf(input) };
  });
  const texts = await renderWithRole(await tempDir(), cases);
  return cases.flatMap(({ input, nodes }) => nodes.map((node) => ({ input, node, text: texts.get(node.name) ?? "" })));
}

async function pemsIn(folder: string): Promise<Pems> {
  const { certFile, keyFile } = makeCertificate(folder, "lb");
  const pair = join(folder, "pair.pem");
  writeFileSync(pair, readFileSync(certFile, "utf8") + readFileSync(keyFile, "utf8"));
  return { ca: certFile, pair };
}

/** Sections alone stand behind the `global` and `defaults` of somebody else, here those of the test's role. */
function ofPattern(lines: readonly string[], { sectionsOnly }: GenerateInput): readonly string[] {
  return sectionsOnly ? lines.slice(lines.indexOf("userlist k3s-lb")) : lines;
}

describe.skipIf(isSkipped)("generateAnsible, as real Ansible reads it", () => {
  it("gives what generate haproxy gives, whatever the fleet file says", { timeout: 180_000 }, async () => {
    const pems = await pemsIn(await tempDir());
    const many: readonly InputParts[] = [
      {},
      { secrets: hashesFor("admin") },
      { haproxy: { admin: { kind: "group" } } },
      { haproxy: { admin: { kind: "group" } }, secrets: hashesFor("admin") },
      { version: "3.2", check: { expect: "migrate" } },
      { stats: { username: "a {{ 7*7 }} \"b\" 'c' #", path: "/{{7*7}}{%x%}{#" }, haproxy: { without: ["node-name"] } },
      { sectionsOnly: true, check: { expect: 200, ca: pems.ca, cert: pems.pair } },
      ...fc.sample(anyInput(pems), { numRuns: 8, seed: 4 }).map(({ node: _, ...parts }) => parts),
    ];
    for (const { input, node, text } of await render(many.map((parts, at) => named(inputOf(parts), at)))) {
      expect(ofPattern(linesOf(text), input)).toEqual(ofPattern(expectedOf(input, node), input));
      expect(allowedIn(text)).toEqual(allowedIn(generateHaproxy({ ...input, node })[0]?.text ?? ""));
      const isReadable = !input.sectionsOnly && input.version.major === 2;
      if (isReadable) expect(checkConfig(installedHaproxy?.path ?? "", text, {})).toEqual({ code: 0, complaints: [] });
    }
  });

  it("gives a node that differs its own listener and socket", { timeout: 60_000 }, async () => {
    const base = inputOf();
    const [first] = base.fleet.nodes;
    const edge = nodeOf("edge_1", {
      stats: { ...nodeOf("x").stats, port: 1937, username: "watch" },
      admin: { ...nodeOf("x").admin, socket: "/run/edge.sock" },
    });
    const input = { ...base, fleet: { ...base.fleet, nodes: [...base.fleet.nodes, edge] } };
    const rendered = await render([input], [0, 4]);
    expect(rendered.map(({ node }) => node)).toEqual([first, edge]);
    for (const { node, text } of rendered) expect(linesOf(text)).toEqual(expectedOf(input, node));
  });

  it("refuses to write a file with an empty password", { timeout: 60_000 }, async () => {
    const folder = await tempDir();
    const extra = { vault_k3s_lb_stats_password: "" };
    const written = renderWithRole(folder, [
      { group: "k3s_cluster", hosts: ["node01"], files: generateAnsible(inputOf()), extra },
    ]);
    await expect(written).rejects.toThrow("vault_k3s_lb_stats_password is empty");
  });

  it.each([
    ["as the sample checks", {}],
    [
      "with hashes, for masters that answer 200 to a certificate",
      { secrets: hashesFor("admin"), check: { expect: 200, cert: "/x" } },
    ],
    ["for masters that answer 200 to anybody", { check: { expect: 200 } }],
  ] satisfies readonly (readonly [string, InputParts])[])(
    "makes a playbook that Ansible accepts, %s",
    async (_, parts) => {
      const folder = await tempDir();
      await writeFiles(folder, [
        ...generateAnsible(inputOf(parts)),
        { path: "hosts", text: "[k3s_master]\nm1\n[k3s_node]\nnode01\n[k3s_cluster:children]\nk3s_master\nk3s_node\n" },
      ]);
      const said = await playbook(folder, ["-i", "hosts", "--syntax-check", "rollout.yml"]);
      expect(said.trim()).toBe("playbook: rollout.yml");
    },
  );
});
