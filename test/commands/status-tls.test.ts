import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BadServer, chunked, startBadServer } from "../support/bad-server.ts";
import { captured } from "../support/captured.ts";
import { makeCertificate } from "../support/certificates.ts";
import { runProgram } from "../support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "k3s-lb-tls-"));
const certificate = makeCertificate(folder, "lb");
let server: BadServer;
beforeAll(async () => {
  const page = captured("haproxy-2.6.12-all-up.csv");
  server = await startBadServer((socket) => socket.write(chunked(page)), { tls: certificate });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function statusOver(tls: string) {
  const config = join(folder, "k3s-lb.yaml");
  writeFileSync(
    config,
    `masters: [{ name: k8s-de1-master-1 }, { name: k8s-de1-master-2 }, { name: k8s-de1-master-3 }]
nodes: [{ name: node01, address: 127.0.0.1 }]
backend: k8s-de1-kube-api
stats: { port: ${server.port}, tls: ${tls} }
poll: { source: stats }
`,
  );
  return runProgram(["status", "--config", config]);
}

// Node's TLS comes to the built program by a way of its own (.ci/launcher.cjs), so the sources prove nothing here.
describe("the built program over https", () => {
  it("reads a node whose certificate the fleet file's CA vouches for", async () => {
    const run = await statusOver(`{ ca: ${certificate.certFile} }`);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("all 3 masters up");
  });

  it("takes the system's CAs without a file, and names what is wrong with a certificate of none of them", async () => {
    const run = await statusOver("{}");
    expect(run).toMatchObject({ code: 3, stderr: "" });
    expect(run.stdout).toContain("failed at TLS (self-signed certificate)");
    expect(run.stdout).toContain("Put the certificate (or its issuer's) into `stats.tls.ca`.");
  });

  it("says which file is no certificate", async () => {
    const run = await statusOver(`{ cert: ${certificate.keyFile}, key: ${certificate.certFile} }`);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain(`OpenSSL does not accept ${certificate.keyFile}, ${certificate.certFile}`);
  });
});
