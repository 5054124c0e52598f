import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { generateHome } from "../support/generate-home.ts";

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** A node that tells its version at /metrics, if asked with this password where there is one. */
async function nodeOf(name: string, version: string, password?: string): Promise<string> {
  const wanted = password === undefined ? undefined : `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    const isAllowed = wanted === undefined || request.headers.authorization === wanted;
    response.statusCode = isAllowed && request.url?.startsWith("/metrics") ? 200 : 401;
    response.end(
      response.statusCode === 200
        ? `# TYPE haproxy_process_build_info gauge\nhaproxy_process_build_info{version="${version}"} 1\n`
        : "",
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return `{ name: ${name}, address: 127.0.0.1, stats: { port: ${(server.address() as AddressInfo).port} } }`;
}

/** Nobody listens there. */
const silent = "{ name: silent, address: 127.0.0.1, stats: { port: 1 } }";

async function versionFor(nodes: readonly string[], args: readonly string[] = [], env: Record<string, string> = {}) {
  const fleetFile = `masters: [{ name: m1 }]\nnodes: [${nodes.join(", ")}]\nstats: { password: { env: K3S_LB_PASSWORD } }\n`;
  const { run } = await generateHome(fleetFile, env);
  const { code, stdout, stderr } = await run("haproxy", "--no-verify", "--node", "n1", ...args);
  const [, version] = / and HAProxy (\S+) or newer/.exec(stdout) ?? [];
  return { code, version, said: stderr.replace(/^k3s-lb: /, "").trimEnd() };
}

describe("the version that generate writes for", () => {
  it("is what the nodes run, without a word where all agree", async () => {
    const nodes = [await nodeOf("n1", "3.0.11-1+deb13u4"), await nodeOf("n2", "3.0.2"), silent];
    expect(await versionFor(nodes)).toEqual({ code: 0, version: "3.0", said: "" });
  });

  it("is the oldest where they differ, and that is said", async () => {
    const nodes = [await nodeOf("n1", "3.2.0"), await nodeOf("n2", "2.6.12"), await nodeOf("n3", "3.2.4")];
    expect(await versionFor(nodes)).toEqual({
      code: 0,
      version: "2.6",
      said: "written for HAProxy 2.6; the nodes run 2.6 (n2), 3.2 (n[1,3])",
    });
  });

  it("is 2.4 at least, and that is said", async () => {
    expect(await versionFor([await nodeOf("n1", "2.2.9")])).toEqual({
      code: 0,
      version: "2.4",
      said: "written for HAProxy 2.4; the nodes run 2.2 (n1)",
    });
  });

  it("is asked with the password where it is at hand and /metrics wants it", async () => {
    const nodes = [await nodeOf("n1", "3.2.0", "s3cr3t")];
    expect((await versionFor(nodes, [], { K3S_LB_PASSWORD: "s3cr3t" })).version).toBe("3.2");
    expect((await versionFor(nodes)).version).toBe("2.8");
  });

  it("is 2.8 where no node answers, and that is said", async () => {
    expect(await versionFor(["{ name: n1, address: 127.0.0.1, stats: { port: 1 } }"])).toEqual({
      code: 0,
      version: "2.8",
      said: "written for HAProxy 2.8, as no node told its version; name one with --haproxy-version",
    });
  });

  it("is 2.8 with --offline, and nobody is asked", async () => {
    const nodes = [await nodeOf("n1", "3.2.0")];
    expect(await versionFor(nodes, ["--offline"])).toEqual({
      code: 0,
      version: "2.8",
      said: "written for HAProxy 2.8; no node was asked (--offline)",
    });
  });

  it("is what a flag says, else what the fleet file says, and nobody is asked", async () => {
    expect(await versionFor(["{ name: n1 }"], ["--haproxy-version", "2.6.12-1+deb12u4"])).toMatchObject({
      version: "2.6",
      said: "",
    });
    const { run } = await generateHome();
    expect((await run("haproxy", "--no-verify")).stdout).toContain("and HAProxy 2.6 or newer");
  });
});
