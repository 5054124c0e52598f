import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateSystemd } from "../../src/generate/systemd.ts";
import { commandsOf, scriptOf } from "../support/drop-in.ts";
import { nodeOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { tempDir } from "../support/temp-dir.ts";

const [dropIn] = generateSystemd(inputOf());
const text = dropIn?.text ?? "";

describe("generateSystemd", () => {
  it("writes a drop-in that says what to know of it", () => {
    expect(dropIn).toMatchObject({ path: "haproxy.service.d/k3s-lb.conf", check: undefined, comment: "#" });
    const comments = text.split("\n").filter((line) => line.startsWith("#"));
    for (const trap of ["socat", "chroot", "old worker", "renamed", "first start", "crash", "ports"]) {
      expect(comments.join("\n")).toContain(trap);
    }
  });

  it("saves between the check of the configuration and the reload, and before a stop", () => {
    const short = (command: string) => command.replace(/ -c ".*"$/, "");
    expect(commandsOf(text, "ExecReload").map(short)).toEqual([
      "",
      "/usr/sbin/haproxy -Ws -f $CONFIG -c -q $EXTRAOPTS",
      "-/bin/sh",
      "-/usr/bin/find /var/lib/k3s-lb-haproxy -name servers -mmin +60 -delete",
      "/bin/kill -USR2 $MAINPID",
    ]);
    expect(scriptOf(text, "ExecStop")).toBe(scriptOf(text, "ExecReload"));
    expect(commandsOf(text, "StateDirectory")).toEqual(["k3s-lb-haproxy"]);
  });

  it("asks the socket that the fleet file names", () => {
    const node = nodeOf("n1", { admin: { ...nodeOf("n1").admin, socket: "/run/other.sock" } });
    expect(scriptOf(generateSystemd(inputOf({ node }))[0]?.text ?? "", "ExecStop")).toContain(
      "UNIX-CONNECT:/run/other.sock |",
    );
  });

  it.each(["/run/a,b.sock", "/run/a;b", "/run/a b", "/run/a`b`", "/run/a|b", "/run/a'b"])(
    "refuses %s for a socket",
    (socket) => {
      const node = nodeOf("n1", { admin: { ...nodeOf("n1").admin, socket } });
      expect(() => generateSystemd(inputOf({ node }))).toThrow(/admin\.socket is/);
    },
  );

  it("has nothing to save where the state file is left out", () => {
    expect(() => generateSystemd(inputOf({ haproxy: { without: ["state-file"] } }))).toThrow(
      /nothing for systemd to save/,
    );
  });

  it.skipIf(!existsSync("/usr/bin/systemd-analyze"))("is a drop-in without a mistake to systemd", async () => {
    const folder = await tempDir();
    mkdirSync(join(folder, "haproxy.service.d"));
    writeFileSync(join(folder, "haproxy.service"), "[Service]\nType=exec\nExecStart=/bin/true\nExecReload=/bin/true\n");
    writeFileSync(join(folder, dropIn?.path ?? ""), text.replaceAll("/usr/sbin/haproxy", "/bin/true"));
    const args = ["verify", "--man=no", join(folder, "haproxy.service")];
    const { stderr } = spawnSync("systemd-analyze", args, {
      encoding: "utf8",
      env: { SYSTEMD_UNIT_PATH: `${folder}:` },
    });
    expect(stderr.split("\n").filter((line) => line.includes("k3s-lb.conf"))).toEqual([]);
  });
});

describe("the command that saves the state", () => {
  const header = `1\n# be_id be_name srv_id srv_name${" x".repeat(21)}\n`;
  const line = (name: string, port: number) =>
    `3 api 1 ${name} 10.8.1.1 2 8 1 1 9 15 3 4 6 0 0 0 - ${port} - 0 0 - - 0\n`;

  /** Runs it against an answer of the socket, in place of socat, and returns what is in the file then. */
  async function save(answer: string, before = "old"): Promise<{ readonly code: number; readonly file: string }> {
    const folder = await tempDir();
    const at = (name: string): string => join(folder, name);
    const script = scriptOf(text, "ExecReload").replaceAll("/var/lib/k3s-lb-haproxy", folder);
    writeFileSync(at("answer"), answer);
    writeFileSync(at("socat"), `#!/bin/sh\ncat >/dev/null\ncat ${at("answer")}\n`, { mode: 0o755 });
    writeFileSync(at("servers"), before);
    writeFileSync(
      at("haproxy.cfg"),
      "backend api\n  server m1 10.8.1.1:6443 check\n  server m2 [fd00::2]:6444 check\n",
    );
    const env = { PATH: `${folder}:/usr/bin:/bin`, CONFIG: at("haproxy.cfg") };
    const { status } = spawnSync("/bin/sh", ["-c", script], { env });
    return { code: status ?? -1, file: execFileSync("cat", [at("servers")], { encoding: "utf8" }) };
  }

  it("keeps the answer, with the ports of haproxy.cfg", async () => {
    const servers = (m1: number, m2: number) => `${header}${line("m1", m1)}${line("m2", m2)}${line("m3", 7)}\n`;
    expect(await save(servers(1, 2))).toEqual({ code: 0, file: servers(6443, 6444) });
  });

  it.each([
    ["an empty one", ""],
    ["one that is cut off", `${header}${line("m1", 6443)}3 api 2 m2 10.8`],
    ["one without servers", `${header}\n`],
    ["a refusal", "Permission denied\n\n"],
    ["a page", "HTTP/1.0 400 Bad request\n\n\n\n\n"],
  ])("keeps the old file when the answer is %s", async (_, answer) => {
    const { code, file } = await save(answer);
    expect(file).toBe("old");
    expect(code).not.toBe(0);
  });
});
