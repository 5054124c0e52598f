import { describe, expect, it } from "vitest";
import { TARGETS } from "../../src/commands/generate-targets.ts";
import { FLEET_FILE, generateHome } from "../support/generate-home.ts";
import { runCli } from "../support/run-cli.ts";

describe("generate", () => {
  it.each(TARGETS.map(({ name }) => [name]))(
    "prints %s, twice the same, with nothing to say about it",
    async (name) => {
      const { run } = await generateHome();
      const [first, second] = await Promise.all([run(name, "--no-verify"), run(name, "--no-verify")]);
      expect(first).toMatchObject({ code: 0, stderr: "" });
      expect(first.stdout.length).toBeGreaterThan(100);
      expect(second).toEqual(first);
    },
  );

  it.each([...TARGETS.map(({ name }) => name), "all"])(
    "has help with examples for %s, in plain ASCII",
    async (name) => {
      const { code, stdout } = await runCli(["generate", name, "--help"], { cwd: "/" });
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: k3s-lb generate ${name} [\\x20-\\x7e\n]+$`));
      expect(stdout).toContain(`Examples:\n  k3s-lb generate ${name}`);
      expect(stdout).toContain("Exit codes: 0 done");
    },
  );

  it("prints one file as it is, and several below a line with the path of each", async () => {
    const { run } = await generateHome();
    expect((await run("haproxy", "--no-verify")).stdout).not.toContain("# ----");
    const several = await run("firewall", "--no-verify", "--vpn-interface", "wg0");
    expect(several.stdout.match(/^# ---- .*$/gm)).toEqual(["# ---- k3s-lb.nft", "# ---- k3s-lb-ufw.sh"]);
  });

  it("lays the flags over the fleet file", async () => {
    const { run } = await generateHome(FLEET_FILE.replace("haproxy: {", "haproxy: { without: [slowstart, contstats],"));
    const flags = ["--check", "200", "--check-ca", "/etc/ca.pem", "--admin", "from:10.8.0.1,10.8.0.0/24"];
    const fixes = ["--with", "slowstart", "--without", "keepalive,tcplog", "--without", "redispatch"];
    const { code, stdout } = await run("haproxy", "--no-verify", "--node", "node02", ...flags, ...fixes);
    expect(code).toBe(0);
    const has = (text: string) => stdout.includes(text);
    expect(
      ["expect status 200", "ca-file /etc/ca.pem", "10.8.0.0/24", " slowstart ", "node node02"].filter(has),
    ).toHaveLength(5);
    expect(["option contstats", "option tcplog", "option redispatch", "clitcpka"].filter(has)).toEqual([]);
  });

  it("needs no password, and gives none away", async () => {
    const { run } = await generateHome(FLEET_FILE, { K3S_LB_PASSWORD: "a-password-of-the-tests" });
    for (const secrets of ["env", "hash"]) {
      const { code, stdout, stderr } = await run("haproxy", "--no-verify", "--secrets", secrets);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).not.toContain("a-password-of-the-tests");
    }
  });

  it("makes no hash for Ansible, whose vault has it, and so needs no password there", async () => {
    const { run } = await generateHome();
    const { code, stdout, stderr } = await run("ansible", "--secrets", "hash");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("vault_k3s_lb_stats_hash");
  });

  it("gives nodes whose listeners differ a file each, and says which is for whom", async () => {
    const { run } = await generateHome(
      `${FLEET_FILE.replace("nodes: [", "nodes: [{ name: edge-1, stats: { port: 8404 } }, ")}`,
    );
    const { code, stdout, stderr } = await run("haproxy", "--no-verify");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "k3s-lb: haproxy-edge-1.cfg is for edge-1\nk3s-lb: haproxy-node01.cfg is for node[01-03]\n",
    });
    expect(stdout.match(/^# ---- .*$|^ {2}bind .*:(?:1936|8404)$/gm)).toEqual([
      "# ---- haproxy-edge-1.cfg",
      "  bind 0.0.0.0:8404",
      "# ---- haproxy-node01.cfg",
      "  bind 0.0.0.0:1936",
    ]);
    expect((await run("haproxy", "--no-verify", "--node", "edge-1")).stdout).toContain("bind 0.0.0.0:8404");
  });

  it("leaves systemd out of all where the fleet file wants no state file", async () => {
    const { run } = await generateHome(FLEET_FILE.replace("haproxy: {", "haproxy: { without: [state-file],"));
    const { code, stderr } = await run("all", "--no-verify", "-O", "out", "--vpn-interface", "wg0");
    expect(code).toBe(0);
    expect(stderr).toContain("k3s-lb: systemd is left out: the fleet file leaves the state file out\n");
  });
});

describe("a fleet with host names and no VPN interface", () => {
  it("has everything of all but the firewall, which says why when it is asked for", async () => {
    const named = FLEET_FILE.replace("nodes: [", "nodes: [{ name: edge-1, address: edge-1.vpn }, ");
    const { run } = await generateHome(named);
    const { code, stderr } = await run("all", "--no-verify", "-O", "out");
    expect(code).toBe(0);
    expect(stderr).toContain(
      "k3s-lb: firewall is left out: rules go by addresses, and edge-1 has a name; --vpn-interface",
    );
    expect(stderr).not.toContain("k3s-lb.nft");
    const alone = await run("firewall", "--no-verify");
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain("edge-1");
  });
});

describe("generate all", () => {
  it("writes every target, for nodes that differ too, and then finds nothing to change", async () => {
    const other =
      "nodes: [{ name: edge-1, address: edge-1.vpn, stats: { port: 8404 }, admin: { socket: /run/h.sock } }, ";
    const { run } = await generateHome(FLEET_FILE.replace("nodes: [", other), { K3S_LB_PASSWORD: "x" });
    const args = ["all", "--no-verify", "--vpn-interface", "wg0", "--secrets", "hash"];
    const first = await run(...args, "-O", "out");
    expect(first.code).toBe(0);
    const written = first.stderr.match(/^written .*$/gm) ?? [];
    expect(written.map((line) => line.replace(/^written {2}out\//, ""))).toEqual(
      expect.arrayContaining([
        "haproxy-edge-1.cfg",
        "haproxy-node01.cfg",
        "haproxy.service.d/k3s-lb-node01.conf",
        "group_vars/k3s_cluster/k3s-lb.yml",
        "k3s/config.yaml.d/k3s-lb.yaml",
        "rbac.yaml",
        "change-over.txt",
        "k3s-lb.nft",
        "prometheus/k3s-lb.rules.yml",
        "grafana/k3s-lb.json",
      ]),
    );
    expect(await run(...args, "--diff", "out")).toMatchObject({ code: 0, stdout: "" });
    expect((await run(...args, "-O", "out")).stderr).not.toContain("written");
    expect((await run(...args, "--check", "200", "-O", "out")).code).toBe(0);
  });

  it("says which target a mistake is about", async () => {
    const { run } = await generateHome(FLEET_FILE);
    const { code, stderr } = await run("all", "--no-verify", "-O", "out", "--admin", "from:0.0.0.0/0");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^k3s-lb: firewall: .*everybody/);
  });
});

describe("the flags of generate", () => {
  it.each([
    [["haproxy", "--haproxy-version", "2.2"], '--haproxy-version: "2.2" should be a version from 2.4 on, such as 2.8.'],
    [["haproxy", "--check", "204"], '--check: "204" should be 401, 200 or migrate.'],
    [["haproxy", "--check-ca", "ca.pem"], '--check-ca: "ca.pem" should be the absolute path of a PEM file'],
    [["haproxy", "--without", "slowstrat"], 'there is no fix "slowstrat"; did you mean "slowstart"?'],
    [["haproxy", "--without", "slowstart", "--with", "slowstart"], "ask for opposite things"],
    [["haproxy", "--admin", "all"], '--admin: "all" should be localhost, group, or from:<address,address>.'],
    [["haproxy", "--admin", "from:10.8"], '--admin: "10.8" should be an IP address'],
    [["haproxy", "--admin", "from:"], '--admin: "" should be an IP address'],
    [["haproxy", "--node", "node1"], '--node: there is no node "node1"; did you mean "node01"?'],
    [["haproxy", "--node", "node*"], '--node: there is no node "node*"'],
    [["haproxy", "--overwrite"], "it goes with -O or --write"],
    [["haproxy", "--secrets", "plain"], "Allowed choices are env, hash."],
    [["haproxy", "--secrets", "hash"], "the environment variable K3S_LB_PASSWORD is not set"],
    [["haproxy", "-O", "out", "--diff", "old"], "cannot be used with option '--diff <old>'"],
    [["haproxy", "--diff", "old", "--write", "new"], "cannot be used with option '--write <file>'"],
    [["firewall", "--vpn-interface", "wg 0"], '--vpn-interface: "wg 0" should be the name of an interface'],
    [["k3s", "--kubernetes-version", "2.0"], '--kubernetes-version: "2.0" should be a version such as 1.32'],
    [["k3s", "--sections"], "unknown option '--sections'"],
    [["all"], "generate all makes many files, so it needs a folder for them (-O)"],
    [["everything"], "unknown command 'everything'"],
  ])("%j are refused in words, with exit code 2", async (args, words) => {
    const { run } = await generateHome();
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });

  it.each([
    ["a variable", "{ env: K3S_LB_PASSWORD }", { K3S_LB_PASSWORD: "yoursupersecretpassword" }],
    ["the fleet file", '"yoursupersecretpassword"', {}],
  ])("refuse the sample's password from %s, in either form", async (_, password, env) => {
    const { run } = await generateHome(FLEET_FILE.replace("{ env: K3S_LB_PASSWORD }", password), env);
    for (const secrets of ["env", "hash"]) {
      const { code, stdout, stderr } = await run("haproxy", "--secrets", secrets);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("the stats password is the one of the published sample");
      expect(stderr).not.toContain("yoursuper");
    }
  });

  it("take the second user's password for a hash from a variable, and never the sample's", async () => {
    const args = ["haproxy", "--no-verify", "--secrets", "hash", "--admin", "group"];
    const withAdmin = async (password: string | undefined) => {
      const env = { K3S_LB_PASSWORD: "one", ...(password === undefined ? {} : { K3S_LB_ADMIN_PASSWORD: password }) };
      return (await generateHome(FLEET_FILE, env)).run(...args);
    };
    expect(await withAdmin(undefined)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("K3S_LB_ADMIN_PASSWORD"),
    });
    expect(await withAdmin("yoursupersecretpassword")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("the password in K3S_LB_ADMIN_PASSWORD is the one of the published sample"),
    });
    const { code, stdout, stderr } = await withAdmin("two");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.match(/^ {2}user .*password \$6\$.*$/gm)).toHaveLength(2);
    const same = await withAdmin("one");
    expect(same).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        /^k3s-lb: warning: k3s-lb-admin, who may give orders, has the same password as admin/,
      ),
    });
    expect(same.stderr.split("\n")).toHaveLength(2);
  });
});
