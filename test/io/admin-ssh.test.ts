import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { failureDetails, networkFailure } from "../../src/domain/failure.ts";
import type { AdminSettings } from "../../src/domain/inventory.ts";
import { createHttpRoute } from "../../src/io/admin-http.ts";
import { createSshRoute, type SshSettings } from "../../src/io/admin-ssh.ts";
import { createLoginPlaces } from "../../src/io/ssh-pool.ts";
import { skipsNamespaces } from "../support/netns.ts";
import { readerOf } from "../support/reading.ts";
import { type SshNode, type SshNodeSettings, startSshNode } from "../support/ssh-node.ts";

const order = { node: "node01", backend: "k8s-de1-kube-api", server: "m1" } as const;
const within = (ms = 10_000) => performance.now() + ms;

/** The ssh processes of this test process that still live. */
function living(): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      return stat.includes("(ssh)") && Number(stat.split(") ")[1]?.split(" ")[1]) === process.pid;
    } catch {
      return false;
    }
  });
}

describe.skipIf(skipsNamespaces())("createSshRoute, to a node in a network of its own", () => {
  let there: SshNode;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    there = await startSshNode();
  });
  afterAll(() => there.stop());
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function world(of: SshNode = there, admin: Partial<AdminSettings> = {}, settings: Partial<SshSettings> = {}) {
    const node = of.node(admin);
    const reader = await readerOf(node);
    const env = { PATH: process.env["PATH"], HOME: of.folder };
    const route = createSshRoute(reader, { env, places: createLoginPlaces(), ...settings });
    open.push(route, reader);
    return { node, reader, route, http: createHttpRoute(reader) };
  }

  it("holds an order back when it may not go any more once the way is open", async () => {
    const { node, reader, route } = await world();
    const held = await route.send(node, { ...order, action: "maint" }, within(), async () => false);
    expect(held).toEqual({ kind: "not-sent", failure: networkFailure("unreachable", failureDetails.held) });
    const reading = await reader.read(node);
    if (!reading.ok) throw new Error(reading.failure.detail);
    expect(reading.page.rows.find(({ name }) => name === "m1")?.status.text).not.toBe("MAINT");
    const sent = await route.send(node, { ...order, action: "ready" }, within(), async () => true);
    expect(sent).toEqual({ kind: "answered", st: "DONE" });
  });

  it("is denied from outside, done over ssh, and shown by a direct read", async () => {
    const { node, reader, route, http } = await world();
    const drain = { ...order, action: "drain" } as const;
    expect(await http.send(node, drain, within())).toEqual({ kind: "answered", st: "DENY" });
    expect(await route.send(node, drain, within())).toEqual({ kind: "answered", st: "DONE" });
    const reading = await reader.read(node);
    if (!reading.ok) throw new Error(reading.failure.detail);
    expect(reading.page.rows.find(({ name }) => name === "m1")?.status.text).toBe("DRAIN");
    expect(await route.send(node, { ...order, action: "ready" }, within())).toEqual({ kind: "answered", st: "DONE" });
    expect(await route.read(node, within())).toMatchObject({ ok: true });
    expect(living()).toHaveLength(1);
  });

  it("finds out by an empty form whether orders are taken there, and reads the page, changing nothing", async () => {
    const { node, reader, route, http } = await world();
    expect(await http.probe(node, within())).toBe("denied");
    const probe = await route.probe(node, within());
    expect(probe).toMatchObject({ ok: true, right: "allowed", reading: { ok: true } });
    const reading = await reader.read(node);
    if (!reading.ok) throw new Error(reading.failure.detail);
    expect(reading.page.rows.find(({ name }) => name === "m1")?.status.admin).toBe("ready");
    const lost = { ...node, name: "lost", ssh: "root@192.0.2.1" };
    const strange = await readerOf(lost);
    const late = createSshRoute(strange, { env: { PATH: "/nowhere" }, places: createLoginPlaces() });
    open.push(late, strange);
    expect(await late.probe(lost, within())).toMatchObject({ ok: false, hint: expect.stringContaining("OpenSSH") });
  });

  it("leaves no process behind", async () => {
    const { node, route } = await world();
    expect(await route.read(node, within())).toMatchObject({ ok: true });
    await route.close();
    expect(living()).toEqual([]);
    expect(await route.send(node, { ...order, action: "drain" }, within())).toMatchObject({ kind: "not-sent" });
  });

  it("refuses a host key that is not known, in words", async () => {
    const empty = `${there.folder}/strange_config`;
    writeFileSync(empty, readFileSync(there.sshConfig, "utf8").replace(there.knownHosts, "/dev/null"));
    const { node, route } = await world(there, { sshConfig: empty });
    expect(await route.send(node, { ...order, action: "drain" }, within())).toMatchObject({
      kind: "not-sent",
      failure: { detail: "its host key is not known here (host key verification failed)" },
      hint: expect.stringContaining(`ssh -F ${empty} -v ${there.address} true`),
    });
    expect(living()).toEqual([]);
  });

  it("says that the key is not let in", async () => {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", `${there.folder}/stranger`]);
    const config = `${there.folder}/stranger_config`;
    writeFileSync(
      config,
      readFileSync(there.sshConfig, "utf8").replace(`${there.folder}/user`, `${there.folder}/stranger`),
    );
    const { node, route } = await world(there, { sshConfig: config });
    expect(await route.send(node, { ...order, action: "drain" }, within())).toMatchObject({
      kind: "not-sent",
      failure: { detail: `login refused for root@${there.address} (permission denied: publickey)` },
      hint: expect.stringContaining("ssh-add -l"),
    });
  });

  it("goes through a jump host of the user's own ssh config, and says when that finds nobody", async () => {
    const config = `${there.folder}/jump_config`;
    const hosts = ["gate", "inner", "lost"].map((name) => {
      const jump = name === "gate" ? "" : "  ProxyJump gate\n";
      const port = name === "lost" ? "  Port 9\n" : "";
      return `Host ${name}\n  HostName ${there.address}\n${jump}${port}`;
    });
    writeFileSync(config, `${hosts.join("")}${readFileSync(there.sshConfig, "utf8")}`);
    const { node, route } = await world(there, { sshConfig: config });
    const ready = { ...order, action: "ready" } as const;
    expect(await route.send({ ...node, ssh: "inner" }, ready, within())).toEqual({ kind: "answered", st: "DONE" });
    await route.close();
    const again = await world(there, { sshConfig: config });
    expect(await again.route.send({ ...node, ssh: "lost" }, ready, within())).toMatchObject({
      kind: "not-sent",
      failure: { detail: "the jump host cannot reach it (connection refused)" },
    });
    await again.route.close();
    expect(living()).toEqual([]);
  });

  it("says that HAProxy does not listen there, or not on that port", async () => {
    const { route } = await world();
    const closed = there.node();
    const node = { ...closed, stats: { ...closed.stats, port: 1 } };
    const reader = await readerOf(node);
    const other = createSshRoute(reader, { env: { PATH: process.env["PATH"] }, places: createLoginPlaces() });
    open.push(other, reader, route);
    expect(await other.send(node, { ...order, action: "drain" }, within())).toMatchObject({
      kind: "not-sent",
      failure: { detail: "logged in, but HAProxy cannot be reached from there (connection refused)" },
    });
  });

  it("says that ssh is not installed", async () => {
    const { node, route } = await world(there, {}, { env: { PATH: "/nowhere" } });
    expect(await route.send(node, { ...order, action: "drain" }, within())).toMatchObject({
      kind: "not-sent",
      failure: { detail: "ssh is not installed here, or not in PATH" },
    });
  });

  it("ends a login that takes too long, with its process", async () => {
    const { route } = await world();
    const node = { ...there.node(), ssh: "root@198.19.255.254" };
    const config = `${there.folder}/silent_config`;
    writeFileSync(config, `${readFileSync(there.sshConfig, "utf8")}  ProxyCommand sleep 60\n`);
    const silent = { ...node, admin: { ...node.admin, sshConfig: config } };
    expect(await route.send(silent, { ...order, action: "drain" }, within(400))).toMatchObject({
      kind: "not-sent",
      failure: { kind: "timeout" },
    });
    expect(living()).toEqual([]);
  });

  it("gives the right password's refusal back as the node's", async () => {
    const wrong = { ...there.node(), stats: { ...there.node().stats, username: "nobody" } };
    const reader = await readerOf(wrong);
    const route = createSshRoute(reader, { env: { PATH: process.env["PATH"] }, places: createLoginPlaces() });
    open.push(route, reader);
    expect(await route.send(wrong, { ...order, action: "drain" }, within())).toEqual({
      kind: "rejected",
      statusCode: 401,
    });
  });

  async function another<Result>(settings: SshNodeSettings, run: (node: SshNode) => Promise<Result>): Promise<Result> {
    const node = await startSshNode(settings);
    try {
      return await run(node);
    } finally {
      for (const one of open.splice(0)) await one.close();
      await node.stop();
    }
  }

  it("speaks https inside, to the certificate that the node's address has", async () => {
    await another({ isTls: true }, async (secure) => {
      const plain = secure.node();
      const tls = { cert: undefined, key: undefined, servername: undefined, insecure: false };
      const send = async (ca: string | undefined) => {
        const node = { ...plain, stats: { ...plain.stats, tls: { ...tls, ca } } };
        const reader = await readerOf(node);
        const route = createSshRoute(reader, { env: { PATH: process.env["PATH"] }, places: createLoginPlaces() });
        open.push(route, reader);
        return route.send(node, { ...order, action: "drain" }, within());
      };
      expect(await send(`${secure.folder}/ca.crt`)).toEqual({ kind: "answered", st: "DONE" });
      expect(await send(undefined)).toMatchObject({ kind: "not-sent", failure: { kind: "tls" } });
    });
  });

  it("says that the ssh server does not forward", async () => {
    await another({ sshd: "AllowTcpForwarding no" }, async (closed) => {
      const { node, route } = await world(closed);
      expect(await route.send(node, { ...order, action: "drain" }, within())).toMatchObject({
        kind: "not-sent",
        failure: { detail: expect.stringContaining("administratively prohibited") },
      });
    });
  });

  it("gets to all of twenty nodes behind one sshd that takes three logins at a time", async () => {
    await another({ maxStartups: "3" }, async (narrow) => {
      const nodes = Array.from({ length: 20 }, (_, i) => narrow.node({}, `node${i}`));
      const reader = await readerOf(...nodes);
      const route = createSshRoute(reader, { env: { PATH: process.env["PATH"] }, places: createLoginPlaces() });
      open.push(route, reader);
      const replies = await Promise.all(nodes.map((node) => route.send(node, { ...order, action: "drain" }, within())));
      expect(replies.filter(({ kind }) => kind !== "answered")).toEqual([]);
    });
  });
});
