import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadFleetFile } from "../../src/io/fleet-file.ts";
import { makeCertificate } from "../support/certificates.ts";
import { kubeNode, sendJson, startKubeServer } from "../support/kube-server.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const HOSTS =
  "[k3s_master]\nm[1:3] ansible_host=10.0.0.1\n[k3s_node]\nn[01:05] site=a\n[k3s_node:vars]\nansible_password=hunter2\n";
const sample = await readFile(new URL("../fixtures/sample-rendered.cfg", import.meta.url), "utf8");

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await tempDir();
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  return cwd;
}

describe("init", () => {
  it("writes nodes of an inventory with the masters of a haproxy.cfg, and no password", async () => {
    const cwd = await folderWith({ hosts: HOSTS, "haproxy.cfg": sample });
    const run = await runCli(
      ["init", "--from-ansible", "hosts", "--from-haproxy-cfg", "haproxy.cfg", "--label", "site", "--no-try"],
      { cwd },
    );
    expect(run).toEqual({
      code: 0,
      stdout: "",
      stderr:
        "k3s-lb: warning: k3s-lb.yaml:17:3: m[1-3] have the same address 10.0.0.1:1936: one HAProxy would count 3 times\n" +
        "k3s-lb: wrote k3s-lb.yaml: 3 masters and 8 nodes in cluster k8s-de1\nk3s-lb: next: k3s-lb doctor examines every node, k3s-lb top shows the fleet\n",
    });
    const { fleet } = await loadFleetFile({ cwd, env: {} });
    expect(fleet.masters.map(({ address }) => address)).toEqual(["master-1:6443", "master-2:6443", "master-3:6443"]);
    expect(fleet.nodes.map(({ name, labels }) => `${name} ${labels["site"] ?? "-"}`)).toEqual([
      ...["m1 -", "m2 -", "m3 -"],
      ...[1, 2, 3, 4, 5].map((n) => `n0${n} a`),
    ]);
    const text = await readFile(join(cwd, "k3s-lb.yaml"), "utf8");
    expect(text).toContain('  - { name: "n[01:05]", labels: { site: a } }\n');
    expect(text).not.toMatch(/hunter2|yoursuper/);
    expect(await readdir(cwd)).toEqual(["haproxy.cfg", "hosts", "k3s-lb.yaml"]);
  });

  it("never overwrites without --force, and says so before it reads a source", async () => {
    const cwd = await folderWith({ hosts: HOSTS, "k3s-lb.yaml": "old\n" });
    expect(await runCli(["init", "--from-ansible", "gone"], { cwd })).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "k3s-lb: k3s-lb.yaml is there already, nothing was written\n  Replace it with --force, or name another file with -O.\n",
    });
    expect(await readFile(join(cwd, "k3s-lb.yaml"), "utf8")).toBe("old\n");
    expect((await runCli(["init", "--from-ansible", "hosts", "--no-try", "--force"], { cwd })).code).toBe(0);
    expect(await readFile(join(cwd, "k3s-lb.yaml"), "utf8")).toContain('name: "n[01:05]"');
  });

  it("prints the file with -O -, and what the other commands need of it", async () => {
    const cwd = await folderWith({ hosts: HOSTS });
    const { code, stdout, stderr } = await runCli(
      ["init", "--from-ansible", "hosts", "-O", "-", "--no-try", "--cluster", "de1"],
      { cwd },
    );
    expect([code, await readdir(cwd)]).toEqual([0, ["hosts"]]);
    await writeFile(join(cwd, "k3s-lb.yaml"), stdout);
    expect((await runCli(["config", "validate"], { cwd })).stdout).toBe(
      "k3s-lb.yaml: no mistakes; 3 masters and 8 nodes in cluster de1\n",
    );
    expect(stderr).toContain("k3s-lb: printed: 3 masters and 8 nodes in cluster de1\n");
  });

  it("does nothing without a source and a terminal, and shows what to type", async () => {
    const { code, stdout, stderr } = await runCli(["init", "--yes"], { cwd: await tempDir() });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      "k3s-lb: init needs a source: --yes asks nothing, and no --from-… was given\n" +
        "  For example: k3s-lb init --from-ansible inventory/hosts.yml --from-haproxy-cfg /etc/haproxy/haproxy.cfg\n" +
        "  or: k3s-lb init --from-kubeconfig /etc/rancher/k3s/k3s.yaml\n",
    );
  });

  it("writes no file that the loader would refuse, and tells the mistake", async () => {
    const vars = "haproxy_backend: [{ name: 'kube api', server: [{ name: m1, listen: 'm1:6443' }] }]\n";
    const cwd = await folderWith({ hosts: "n1\n", "vars.yml": vars });
    const run = await runCli(["init", "--from-ansible", "hosts", "--from-role-vars", "vars.yml"], { cwd });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(
      'k3s-lb: nothing was written, as the file would have mistakes:\nk3s-lb.yaml:21:10: backend is "kube api"; expected a name that HAProxy takes',
    );
    expect(await readdir(cwd)).toEqual(["hosts", "vars.yml"]);
  });

  it("takes the role's variables where the nodes have them, though the masters come first", async () => {
    const role = "haproxy_backend=[{'name': 'kb', 'server': [{'name': 'k8s-m1', 'listen': 'm1:6443'}]}]";
    const hosts = `[k3s_master]\nm1\n[k3s_node]\nn1\n[k3s_node:vars]\n${role}\n[all:vars]\nk3s_master_port=7443\n`;
    const cwd = await folderWith({ hosts });
    const { code, stdout } = await runCli(["init", "--from-ansible", "hosts", "-O", "-", "--no-try"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("masters:\n  - { name: k8s-m1, address: m1:6443 }\n");
    expect(stdout).toContain("\nbackend: kb  # default");
  });

  it("leaves out hosts that no fleet file takes, with a note", async () => {
    const cwd = await folderWith({
      "hosts.json": JSON.stringify({ k3s_master: ["m1"], k3s_node: ["ok", "{{ x }}", "a b", "n[1:3]", "\u001b[31m"] }),
    });
    const { code, stdout, stderr } = await runCli(["init", "--from-ansible", "hosts.json", "-O", "-", "--no-try"], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("nodes:\n  - { name: m1 }\n  - { name: ok }\n\n");
    expect(stderr).toContain("left out, as its name is none that the fleet file takes");
    expect(stdout + stderr).not.toContain("\u001b");
  });

  it("tells why no node is left before it gives up", async () => {
    const cwd = await folderWith({ "hosts.json": '{"k3s_node": ["a b"]}' });
    const { code, stderr } = await runCli(["init", "--from-ansible", "hosts.json"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('note: "a b": left out, as its name is none that the fleet file takes.\n');
    expect(stderr).toContain("k3s-lb: there are no nodes in hosts.json, nothing was written\n");
  });

  it.each([
    [["--from-ansible", "hosts", "--label", "ansible_password"], "--label: ansible_password is named like a secret"],
    [["--from-ansible", "gone"], "gone: there is no such file"],
    [["--from-haproxy-cfg", "haproxy.cfg"], "there are no nodes in"],
    [["--from-ansible", "plain", "--no-try"], "no source knows the masters, nothing was written"],
    [["--from-kubeconfig"], "--from-kubeconfig: there is no kubeconfig"],
    [
      ["--from-ansible", "hosts", "-O", "gone/x.yaml", "--no-try"],
      "gone/x.yaml: its folder is not there, nothing was written",
    ],
  ])("exits 2 for %j, in words", async (flags, message) => {
    const cwd = await folderWith({ hosts: HOSTS, plain: "n1\n", "haproxy.cfg": sample });
    const { code, stdout, stderr } = await runCli(["init", ...flags], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("takes nodes and masters from the API of a kubeconfig", async () => {
    const folder = await tempDir();
    const { cert, key } = makeCertificate(folder, "server");
    const zone = { "topology.kubernetes.io/zone": "a" };
    const items = [
      kubeNode("m1", "10.0.0.1", { ...zone, "node-role.kubernetes.io/control-plane": "true" }),
      ...[1, 2, 3].map((n) => kubeNode(`n${n}`, `10.0.1.${n}`, zone)),
    ];
    const server = await startKubeServer((_, response) => sendJson(response, { items }), { cert, key });
    const config = {
      "current-context": "c",
      clusters: [{ name: "de1", cluster: { server, "certificate-authority-data": cert.toString("base64") } }],
      users: [{ name: "u", user: { token: "t0ken" } }],
      contexts: [{ name: "c", context: { cluster: "de1", user: "u" } }],
    };
    const cwd = await folderWith({ config: JSON.stringify(config) });
    const env = { KUBECONFIG: `${cwd}/gone:${cwd}/config` };
    const { code, stdout, stderr } = await runCli(["init", "--from-kubeconfig", "-O", "-", "--no-try"], { cwd, env });
    expect([code, stderr]).toEqual([
      0,
      "k3s-lb: note: The masters' names are those of Kubernetes; HAProxy's server lines may have others.\n" +
        "k3s-lb: printed: 1 master and 4 nodes in cluster de1\n",
    ]);
    expect(stdout).toContain("  - { name: m1, address: 10.0.0.1, labels: { role: control-plane, site: a } }\n");
    expect(stdout).toContain('  - { name: "n[1:3]", address: "10.0.1.[1:3]", labels: { site: a } }\n');
    expect(stdout).not.toContain("t0ken");
  });
});
