import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { Fleet } from "../../src/domain/inventory.ts";
import { generateChangeOver } from "../../src/generate/change-over.ts";
import { fleetOf, nodeOf } from "../support/fleet.ts";
import { type InputParts, inputOf } from "../support/generate-input.ts";
import { textOf } from "../support/generated-text.ts";

const changeOver = (fleet: Partial<Fleet> = {}, over: InputParts = {}) =>
  textOf(generateChangeOver(inputOf({ fleet, ...over })), "change-over.txt");
const titles = (text: string) => text.split("\n").filter((line) => /^(\d+\. |FROM|BACK)/.test(line));
/** The lines to be copied into a shell. */
const commands = (text: string) =>
  text
    .split("\n")
    .filter((line) => /^ {6}\S/.test(line))
    .map((line) => line.trim());
const withCert = { check: { ...fleetOf().check, cert: "/etc/haproxy/k3s-lb-check.pem" } };

describe("generateChangeOver", () => {
  it("has both answers taken first, then each master by its name, then the check tightened, and the same way back", () => {
    expect(titles(changeOver())).toEqual([
      "FROM 401 TO 200",
      "1. Before",
      "2. HAProxy takes both answers, on every node",
      "3. The files for the masters",
      "4. master-1 (10.8.1.1:6443)",
      "5. master-2 (10.8.1.2:6443)",
      "6. master-3 (10.8.1.3:6443)",
      "7. RBAC: anonymous users see the paths of health and nothing else",
      "8. HAProxy takes 200 only, on every node",
      "BACK, FROM 200 TO 401",
      "1. HAProxy takes both answers, on every node",
      "2. master-1 (10.8.1.1:6443)",
      "3. master-2 (10.8.1.2:6443)",
      "4. master-3 (10.8.1.3:6443)",
      "5. RBAC as Kubernetes has it",
      "6. HAProxy takes 401 only, on every node",
    ]);
  });

  it("takes a master out, changes it, and puts it back, each with its proof", () => {
    const step = changeOver().split(/^\d+\. /m)[4] ?? "";
    expect(step).toMatchInlineSnapshot(`
      "master-1 (10.8.1.1:6443)
         Not the next master before this one is back.

            k3s-lb drain --reason '401 to 200' --for 1h --grace 60s --kill master-1

         Proof:

            k3s-lb status -o json master-1 | jq -c '.masters[0] | [.verdict, .sessions]'
              -> ["drained",0]

            # on 10.8.1.1:
            install -D -m 600 k3s/authentication.yaml /etc/rancher/k3s/authentication.yaml
            install -D -m 600 k3s/config.yaml.d/k3s-lb.yaml /etc/rancher/k3s/config.yaml.d/k3s-lb.yaml
            systemctl restart k3s

         Proof:

            k3s kubectl get --raw /readyz          # on 10.8.1.1
              -> ok
            curl -sk -o /dev/null -w '%{http_code}\\n' https://127.0.0.1:6443/readyz          # on 10.8.1.1
              -> 200
            curl -sk -o /dev/null -w '%{http_code}\\n' https://10.8.1.1:6443/readyz          # on a node
              -> 200

            k3s-lb enable --wait master-1

         Proof:

            k3s-lb status -o json master-1 | jq -c '.masters[0] | [.verdict, .check]'
              -> ["up","ready"]

      "
    `);
  });

  it("installs what generate k3s writes for that release", () => {
    const installs = (minor: number) =>
      new Set(
        commands(changeOver({}, { kubernetes: { major: 1, minor } })).filter((line) => line.startsWith("install")),
      );
    expect([...installs(31)]).toEqual([
      "install -D -m 600 k3s/config.yaml.d/k3s-lb.yaml /etc/rancher/k3s/config.yaml.d/k3s-lb.yaml",
    ]);
    expect(installs(32).size).toBe(2);
  });

  it("leaves the masters alone where the nodes have a client certificate", () => {
    const text = changeOver(withCert);
    expect(titles(text)).toEqual([
      "FROM 401 TO 200",
      "1. Before",
      "2. The certificate, on every node",
      "3. HAProxy takes both answers, on every node",
      "4. Wait until every master is ready from every node",
      "5. HAProxy takes 200 only, on every node",
      "BACK, FROM 200 TO 401",
      "1. HAProxy takes both answers, on every node",
      "2. HAProxy shows no certificate any more, on every node",
      "3. HAProxy takes 401 only, on every node",
    ]);
    expect(text).toContain("--cert /etc/haproxy/k3s-lb-check.pem https://10.8.1.2:6443/readyz");
    expect(text).not.toMatch(/k3s-lb drain|systemctl restart/);
  });

  it("drains no only master, which no guard would let pass, and says what its restart means", () => {
    const text = changeOver({ masters: fleetOf({ masters: 1 }).masters });
    expect(text).toContain("The only master: the API is away while k3s restarts");
    expect(text).not.toMatch(/k3s-lb (drain|enable)/);
  });

  it("names the nodes as ssh takes them", () => {
    const nodes = [
      nodeOf("a", { ssh: "ops@edge-1" }),
      nodeOf("b", { address: "fd00::9" }),
      nodeOf("c", { ssh: "o'x" }),
    ];
    expect(commands(changeOver({ nodes }))[0]).toBe("NODES='ops@edge-1 fd00::9 o'\\''x'");
  });

  it("is made of lines that a shell takes, whatever the names are", () => {
    const masters = [
      { name: "-m;1", address: "[fd00::1]:6443" },
      { name: "m'2 $(x)", address: "master-2:6443" },
    ];
    for (const text of [changeOver({ masters }), changeOver({ masters, ...withCert })]) {
      const input = commands(text).join("\n");
      expect(spawnSync("sh", ["-n"], { input, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    }
    expect(commands(changeOver({ masters }))).toEqual(
      expect.arrayContaining([
        "k3s-lb enable --wait -- '-m;1'",
        "k3s-lb enable --wait 'm'\\''2 $(x)'",
        "curl -sk -o /dev/null -w '%{http_code}\\n' 'https://[fd00::1]:6443/readyz'          # on a node",
      ]),
    );
  });

  it("looks into the file of every node by words that grep finds there, also through a second shell", () => {
    const lines = commands(changeOver()).filter((line) => line.startsWith("for node"));
    const found = lines.map((line) => {
      // Stands for ssh: runs its last argument by a shell of its own, on a file made here.
      const ssh = `ssh() { printf '%s\\n' "$CFG" | sh -c "$(printf %s "$2" | sed 's# /etc/haproxy/haproxy.cfg##')"; }`;
      const run = (status: string) =>
        spawnSync("sh", ["-c", `${ssh}\nNODES=n1\n${line}`], {
          env: { ...process.env, CFG: `  http-check expect status ${status}` },
          encoding: "utf8",
        }).stdout.trim();
      return ["200,401", "200", "401"].filter((status) => run(status) === "");
    });
    expect(found).toEqual([["200,401"], ["200"], ["200,401"], ["401"]]);
  });
});
