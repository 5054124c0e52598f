import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clientPemFile } from "../../src/generate/k3s-client-pem.ts";
import { tempDir } from "../support/temp-dir.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.warn("SKIPPED: openssl is not installed, so the script that makes check.cert is not run");

/** A node with a kubelet's certificate, and a systemctl that notes how it was called. */
async function nodeWith(days: number) {
  const folder = await tempDir();
  const [agent, bin] = [join(folder, "agent"), join(folder, "bin")];
  mkdirSync(agent);
  mkdirSync(bin);
  const files = ["-keyout", join(agent, "client-kubelet.key"), "-out", join(agent, "client-kubelet.crt")];
  const subject = ["-subj", "/O=system:nodes/CN=system:node:node01", "-days", String(days)];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", ...files, ...subject],
    { stdio: "pipe" },
  );
  writeFileSync(join(bin, "systemctl"), `#!/bin/sh\necho "$*" >>${folder}/calls\n`);
  chmodSync(join(bin, "systemctl"), 0o755);
  writeFileSync(join(folder, "calls"), "");
  const pem = join(folder, "check.pem");
  const script = clientPemFile(pem, 200).text.replace("from=/var/lib/rancher/k3s/agent", `from=${agent}`);
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
  return {
    pem,
    agent,
    run: () => spawnSync("sh", [], { input: script, encoding: "utf8", env }),
    calls: () => readFileSync(join(folder, "calls"), "utf8").split("\n").filter(Boolean),
  };
}

describe.skipIf(!hasOpenssl)("the script that makes check.cert", () => {
  it("writes certificate and key for root alone, and reloads HAProxy only where they changed", async () => {
    const node = await nodeWith(30);
    expect(node.run()).toMatchObject({ status: 0, stderr: "" });
    const parts = ["client-kubelet.crt", "client-kubelet.key"].map((name) =>
      readFileSync(join(node.agent, name), "utf8"),
    );
    expect(readFileSync(node.pem, "utf8")).toBe(parts.join(""));
    expect(statSync(node.pem).mode & 0o777).toBe(0o600);
    expect(node.run()).toMatchObject({ status: 0, stderr: "" });
    expect(node.calls()).toEqual(["is-active --quiet haproxy", "reload haproxy"]);
  });

  it("keeps the file that is there where the kubelet's certificate is about to end, and says what renews it", async () => {
    const node = await nodeWith(1);
    writeFileSync(node.pem, "the old one");
    expect(node.run()).toMatchObject({ status: 1, stderr: expect.stringContaining("restart k3s") });
    expect(readFileSync(node.pem, "utf8")).toBe("the old one");
    expect(node.calls()).toEqual([]);
  });
});
