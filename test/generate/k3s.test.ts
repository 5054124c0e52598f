import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { FleetCheck } from "../../src/domain/inventory.ts";
import { generateK3s } from "../../src/generate/k3s.ts";
import { inputOf } from "../support/generate-input.ts";
import { textOf } from "../support/generated-text.ts";

const DROP_IN = "config.yaml.d/k3s-lb.yaml";

function k3sFor(check: Partial<FleetCheck>, minor = 34) {
  return generateK3s(inputOf({ check, kubernetes: { major: 1, minor } }));
}

describe("generateK3s", () => {
  it("opens three paths to anonymous users, and nothing else, from Kubernetes 1.32 on", () => {
    const files = k3sFor({ expect: 200 });
    expect(files.map(({ path }) => path)).toEqual(["k3s/authentication.yaml", `k3s/${DROP_IN}`]);
    expect(parse(textOf(files, "authentication.yaml"))).toEqual({
      apiVersion: "apiserver.config.k8s.io/v1",
      kind: "AuthenticationConfiguration",
      anonymous: { enabled: true, conditions: [{ path: "/livez" }, { path: "/readyz" }, { path: "/healthz" }] },
    });
    expect(parse(textOf(files, DROP_IN))).toEqual({
      "kube-apiserver-arg+": ["authentication-config=/etc/rancher/k3s/authentication.yaml"],
    });
  });

  it("asks masters for the same while both answers are taken", () => {
    expect(k3sFor({ expect: "migrate" })).toEqual(k3sFor({ expect: 200 }));
  });

  it("writes the version of the format that the release knows, and which k3s of 1.32 and 1.33 is too old", () => {
    const versions = [32, 33, 34, 36].map((minor) => {
      const files = k3sFor({ expect: 200 }, minor);
      const { apiVersion } = parse(textOf(files, "authentication.yaml")) as { apiVersion: string };
      return [minor, apiVersion, textOf(files, DROP_IN).includes("v1.32.5+k3s1 and v1.33.1+k3s1")];
    });
    expect(versions).toEqual([
      [32, "apiserver.config.k8s.io/v1beta1", true],
      [33, "apiserver.config.k8s.io/v1beta1", true],
      [34, "apiserver.config.k8s.io/v1", false],
      [36, "apiserver.config.k8s.io/v1", false],
    ]);
  });

  it("lets anonymous users in as a whole before 1.32, and says what that opens", () => {
    const files = k3sFor({ expect: 200 }, 31);
    expect(files.map(({ path }) => path)).toEqual([`k3s/${DROP_IN}`]);
    expect(parse(textOf(files, DROP_IN))).toEqual({ "kube-apiserver-arg+": ["anonymous-auth=true"] });
    expect(textOf(files, DROP_IN)).toContain("What that opens: all that the cluster grants to system:anonymous");
  });

  it("never sets anonymous-auth beside an authentication-config, as the API server refuses both", () => {
    const args = [30, 31, 32, 33, 34].map((minor) => {
      const list = (parse(textOf(k3sFor({ expect: 200 }, minor), DROP_IN)) as Record<string, string[]>)[
        "kube-apiserver-arg+"
      ];
      return list?.length;
    });
    expect(args).toEqual([1, 1, 1, 1, 1]);
  });

  it("sets nothing for 401, in a file that takes an older one back", () => {
    const files = k3sFor({ expect: 401 });
    expect(files.map(({ path }) => path)).toEqual([`k3s/${DROP_IN}`]);
    expect(parse(textOf(files, DROP_IN))).toBeNull();
    expect(textOf(files, DROP_IN)).toContain("for that k3s needs nothing");
  });

  it("sets nothing on masters for a client certificate, and says how to make its file and what ends it", () => {
    const files = k3sFor({ expect: 200, cert: "/etc/haproxy/k3s-lb-check.pem" });
    expect(files.map(({ path }) => path)).toEqual([`k3s/${DROP_IN}`, "k3s-lb-check-pem.sh"]);
    expect(parse(textOf(files, DROP_IN))).toBeNull();
    const script = textOf(files, "k3s-lb-check-pem.sh");
    expect(script).toContain("pem=/etc/haproxy/k3s-lb-check.pem\n");
    expect(script).toContain("umask 077\n");
    expect(script).toContain("within 120 days of its end");
    expect(script).not.toContain("check.expect is 401, and with");
  });

  it("warns where 401 is expected of masters that are shown a certificate", () => {
    const script = textOf(k3sFor({ expect: 401, cert: "/etc/haproxy/c.pem" }), "k3s-lb-check-pem.sh");
    expect(script).toContain("check.expect is 401, and with this certificate the masters answer 200");
  });

  it("writes a script that a shell takes, whatever the path is", () => {
    const script = textOf(k3sFor({ expect: 200, cert: "/etc/a b'; touch /tmp/x; '.pem" }), ".sh");
    expect(script).toContain("pem='/etc/a b'\\''; touch /tmp/x; '\\''.pem'\n");
    expect(spawnSync("sh", ["-n"], { input: script, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });
});
