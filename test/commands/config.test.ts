import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadFleetFile } from "../../src/io/fleet-file.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const FILE = `cluster: de1
masters: [{ name: "m[1:2]" }]
nodes:
  - { name: "n[1:2]", labels: { site: a } }
  - { name: edge, stats: { port: 1937, tls: {} } }
stats:
  password: { command: [pass, show, hunter2] }
`;

async function directoryWith(text: string): Promise<string> {
  const cwd = await tempDir();
  await writeFile(join(cwd, "k3s-lb.yaml"), text);
  return cwd;
}

describe("config validate", () => {
  it("says what a sound file describes and exits 0", async () => {
    const cwd = await directoryWith(FILE);
    expect(await runCli(["config", "validate"], { cwd })).toEqual({
      code: 0,
      stdout: "k3s-lb.yaml: no mistakes; 2 masters and 3 nodes in cluster de1\n",
      stderr: "",
    });
  });

  it("prints every mistake on stderr, nothing on stdout, and exits 2", async () => {
    const cwd = await directoryWith(`${FILE}poll: { intervall: 2s, timeout: 3 }\n`);
    const { code, stdout, stderr } = await runCli(["config", "validate"], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatchInlineSnapshot(`
      "k3s-lb: k3s-lb.yaml has 2 mistakes:
      k3s-lb.yaml:8:9: unknown key "intervall" in poll; expected interval, timeout, source; did you mean "interval"?
      k3s-lb.yaml:8:33: poll.timeout is the number 3; expected a duration with its unit: 3s or 3ms
        README, "Fleet file", shows every key; k3s-lb schema prints the schema for editors.
      "
    `);
  });

  it("checks the file that is named, before --config", async () => {
    const cwd = await directoryWith("nonsense: 1\n");
    await mkdir(join(cwd, "fleet"));
    await writeFile(join(cwd, "fleet", "a.yaml"), FILE);
    const { code, stdout } = await runCli(["--config", "k3s-lb.yaml", "config", "validate", "fleet/a.yaml"], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "fleet/a.yaml: no mistakes; 2 masters and 3 nodes in cluster de1\n",
    });
  });

  it("reads the passwords too with --secrets, and never shows one", async () => {
    const cwd = await directoryWith(
      `masters: [{ name: m }]\nnodes: [{ name: n }, { name: o, stats: { password: { file: pw } } }]\nstats: { password: { env: LB } }\n`,
    );
    await writeFile(join(cwd, "pw"), "hunter3");
    const missing = await runCli(["config", "validate", "--secrets"], { cwd });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("the environment variable LB is not set");
    expect(missing.stderr).toContain(`the password file ${join(cwd, "pw")} is open to others (mode 0644)`);
    await chmod(join(cwd, "pw"), 0o600);
    const sound = await runCli(["config", "validate", "--secrets"], { cwd, env: { LB: "hunter2" } });
    expect(sound.code).toBe(0);
    expect(JSON.stringify([missing, sound])).not.toContain("hunter");
  });

  it("warns of a misspelt override and still exits 0", async () => {
    const cwd = await directoryWith(FILE);
    const { code, stderr } = await runCli(["config", "validate"], { cwd, env: { K3S_LB_STATS_PROT: "1" } });
    expect(code).toBe(0);
    expect(stderr).toBe("k3s-lb: warning: K3S_LB_STATS_PROT overrides nothing; did you mean K3S_LB_STATS_PORT?\n");
  });

  it("lists where it looked when there is no file", async () => {
    const cwd = await tempDir();
    const { code, stderr } = await runCli(["config", "validate"], { cwd, env: { HOME: cwd } });
    expect(code).toBe(2);
    expect(stderr).toContain(`  ${cwd}/k3s-lb.yaml\n  ${cwd}/.config/k3s-lb/k3s-lb.yaml\n  /etc/k3s-lb/k3s-lb.yaml\n`);
  });
});

describe("config view", () => {
  it("shows every value in force with its origin, and no secret", async () => {
    const cwd = await directoryWith(FILE);
    const env = { K3S_LB_POLL_INTERVAL: "1s" };
    const { code, stdout } = await runCli(["config", "view", "--show-origin"], { cwd, env });
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "cluster: de1 # k3s-lb.yaml:1:10
      masters:
        - name: m1 # k3s-lb.yaml:2:19
          address: m1:6443 # default
        - name: m2 # k3s-lb.yaml:2:19
          address: m2:6443 # default
      nodes:
        - name: n1 # k3s-lb.yaml:4:13
          address: n1 # default
          labels:
            site: a # k3s-lb.yaml:4:39
        - name: n2 # k3s-lb.yaml:4:13
          address: n2 # default
          labels:
            site: a # k3s-lb.yaml:4:39
        - name: edge # k3s-lb.yaml:5:13
          address: edge # default
          stats:
            port: 1937 # k3s-lb.yaml:5:34
            tls: {} # k3s-lb.yaml:5:45
      backend: de1-kube-api # default
      frontend:
        name: kubernetes_master_kube_api # default
        bind: 127.0.0.1:16443 # default
      check:
        expect: 401 # default
        interval: 1s # default
        rise: 2 # default
        fall: 2 # default
      stats:
        port: 1936 # default
        path: / # default
        username: admin # default
        password:
          command: [pass, (not shown), (not shown)] # k3s-lb.yaml:7:24
      admin:
        via: auto # default
        socket: /run/haproxy/admin.sock # default
        master_socket: /run/haproxy-master.sock # default
        locked: true # default
        read_only: false # default
      poll:
        interval: 1s # K3S_LB_POLL_INTERVAL
        timeout: 1s # default
        source: auto # default
      haproxy:
        without: [] # default
        admin: localhost # default
        stats_bind: 0.0.0.0 # default
        stats_crt: /etc/haproxy/k3s-lb-stats.pem # default
      events:
        min_severity: warning # default
        debounce: 10s # default
        bell: false # default
      "
    `);
  });

  it("prints a fleet file that describes the same fleet", async () => {
    const cwd = await directoryWith(FILE.replace(/password: .*/, "password: { env: LB }"));
    const { stdout } = await runCli(["config", "view"], { cwd });
    await writeFile(join(cwd, "again.yaml"), stdout);
    const first = await loadFleetFile({ cwd, env: {} });
    const again = await loadFleetFile({ cwd, env: {}, config: "again.yaml" });
    expect(again.fleet).toEqual(first.fleet);
  });

  it("prints JSON, with origins by path", async () => {
    const cwd = await directoryWith(
      `${FILE}poll: { timeout: 1s }\n`.replace("{ command: [pass, show, hunter2] }", "hunter2"),
    );
    const { stdout } = await runCli(["config", "view", "-o", "json", "--show-origin"], { cwd });
    const { config, origins } = JSON.parse(stdout);
    expect(config.stats.password).toBe("(not shown)");
    expect(config.nodes[2]).toEqual({ name: "edge", address: "edge", stats: { port: 1937, tls: {} } });
    expect(origins["nodes[1].labels.site"]).toBe("k3s-lb.yaml:4:39");
    expect(origins["nodes[2].address"]).toBe("default");
    expect(origins["poll.timeout"]).toBe("k3s-lb.yaml:8:18");
    const bare = await runCli(["config", "view", "-o", "json"], { cwd });
    expect(JSON.parse(bare.stdout)).toEqual(config);
  });

  it("tells the variable that a password comes from, never its value", async () => {
    const cwd = await directoryWith(
      "masters: [{ name: m1 }]\nnodes: [{ name: n1 }]\nstats: { password: { env: OTHER } }\n",
    );
    const env = { K3S_LB_STATS_PASSWORD: "s3cret" };
    const { stdout } = await runCli(["config", "view", "-o", "json", "--show-origin"], { cwd, env });
    expect(JSON.parse(stdout).origins["stats.password.env"]).toBe("K3S_LB_STATS_PASSWORD");
    expect(stdout).not.toContain("s3cret");
  });

  it("refuses a format that it has not", async () => {
    const { code, stderr } = await runCli(["config", "view", "-o", "xml"], { cwd: await directoryWith(FILE) });
    expect(code).toBe(2);
    expect(stderr).toContain("Allowed choices are yaml, json");
  });
});

describe("config path", () => {
  it("prints the file in force", async () => {
    const cwd = await directoryWith(FILE);
    expect(await runCli(["config", "path"], { cwd })).toEqual({ code: 0, stdout: `${cwd}/k3s-lb.yaml\n`, stderr: "" });
  });

  it("exits 2 when a named file is not there", async () => {
    const { code, stderr } = await runCli(["config", "path", "--config", "none.yaml"], {
      cwd: await directoryWith(FILE),
    });
    expect(code).toBe(2);
    expect(stderr).toContain("none.yaml (--config): there is no such file");
  });
});
