import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { generateRbac, rolePatch, roleRestore } from "../../src/generate/rbac.ts";
import { inputOf } from "../support/generate-input.ts";
import { textOf } from "../support/generated-text.ts";

const role = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: {
    name: "system:public-info-viewer",
    annotations: { "rbac.authorization.kubernetes.io/autoupdate": "false" },
    labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
  },
  rules: [{ nonResourceURLs: ["/livez", "/readyz", "/healthz"], verbs: ["get"] }],
};

const builtIn = {
  ...role,
  metadata: { ...role.metadata, annotations: { "rbac.authorization.kubernetes.io/autoupdate": "true" } },
  rules: [{ nonResourceURLs: ["/livez", "/readyz", "/healthz", "/version", "/version/"], verbs: ["get"] }],
};

const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
if (!hasKubectl) console.warn("SKIPPED: kubectl is not installed, so the patches of the ClusterRole are not tried");

/** What kubectl makes of an object by a command of ours, without any cluster. */
function patched(command: string, object: unknown): unknown {
  const local = command.replace(/clusterrole \S+/, "--local -f - -o json");
  // A home of its own: no kubeconfig of this machine is to be asked.
  const env = { ...process.env, KUBECONFIG: "/dev/null" };
  const { stdout } = spawnSync("sh", ["-c", local], { input: JSON.stringify(object), encoding: "utf8", env });
  return JSON.parse(stdout);
}

describe("generateRbac", () => {
  it("is the role with the three paths, which no start of an API server puts back", () => {
    const files = generateRbac(inputOf());
    expect(files.map(({ path, comment, check }) => [path, comment, check])).toEqual([["rbac.yaml", "#", undefined]]);
    expect(parse(textOf(files, "rbac.yaml"))).toEqual(role);
  });

  it("says what it is for, by what the masters are asked", () => {
    const textFor = (expected: 401 | 200) =>
      textOf(generateRbac(inputOf({ check: { expect: expected } })), "rbac.yaml");
    expect(textFor(200)).toContain("It is the second lock behind what k3s-lb generate k3s writes");
    expect(textFor(401)).toContain("nobody anonymous is let in, and this changes nothing yet");
  });

  it.skipIf(!hasKubectl)("tells patches that do the same, and the way back, as kubectl reads them", () => {
    expect(patched(rolePatch(), builtIn)).toEqual(role);
    expect(patched(roleRestore(), role)).toEqual(builtIn);
    const text = textOf(generateRbac(inputOf()), "rbac.yaml");
    expect([rolePatch(), roleRestore()].every((command) => text.includes(`#   ${command}\n`))).toBe(true);
  });
});
