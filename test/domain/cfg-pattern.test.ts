import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCfg } from "../../src/domain/cfg-file.ts";
import { findPattern, healthPath, type KnownFleet } from "../../src/domain/cfg-pattern.ts";

const fleet: KnownFleet = { backend: "api", masters: [{ name: "m1", address: "m1:7443" }] };

function found(text: string, known?: KnownFleet) {
  const { backends, frontends, statsPages } = findPattern(readCfg([{ file: "a.cfg", text }]), known);
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(" ");
  return [names(backends), names(frontends), names(statsPages)];
}

describe("findPattern", () => {
  it("finds the sample's three parts", () => {
    const sample = readFileSync(new URL("../fixtures/sample-rendered.cfg", import.meta.url), "utf8");
    expect(found(sample)).toEqual(["k8s-de1-kube-api", "kubernetes_master_kube_api", "stats"]);
  });

  it.each([
    ["a health path of Kubernetes", "backend b\n option httpchk GET /livez?verbose HTTP/1.1\n server a h:1\n", "b"],
    ["a health path that is sent by a rule", "backend b\n http-check send meth GET uri /readyz\n server a h:1\n", "b"],
    ["the port of the API", "backend b\n server a h:6443\n", "b"],
    ["a template at the port of the API", "backend b\n server-template m 3 api:6443\n", "b"],
    ["the fleet's backend", "backend api\n server a h:1\n", "api"],
    ["a master of the fleet", "backend b\n server m1 h:1\n", "b"],
    ["nothing of it: another path", "backend b\n option httpchk GET /readyzz\n server a h:1\n", ""],
    ["nothing of it: HTTP", "backend b\n mode http\n option httpchk GET /healthz\n server a h:6443\n", ""],
    ["nothing of it: no server", "backend api\n", ""],
    ["nothing of it: disabled", "backend b\n disabled\n server a h:6443\n", ""],
  ])("knows a backend by %s", (_, text, names) => {
    expect(found(text, fleet)).toEqual([names, "", ""]);
  });

  it("follows default_backend and use_backend to the frontends, and leaves others alone", () => {
    const text =
      "frontend f1\n bind :1\n default_backend b\nfrontend f2\n bind :2\n use_backend b if { src 10.0.0.0/8 }\n" +
      "frontend web\n bind :80\n default_backend w\nbackend b\n server a h:6443\nbackend w\n server a h:80\n" +
      "listen l\n bind :3\n server a h:6443\n";
    expect(found(text)).toEqual(["b l", "f1 f2 l", ""]);
  });

  it("finds a page of statistics also where defaults turn it on, and not in TCP", () => {
    expect(found("defaults\n mode http\n stats uri /s\nfrontend a\n bind :1\nlisten b\n mode tcp\n")).toEqual([
      "",
      "",
      "a",
    ]);
  });

  it("tells the health path that is checked", () => {
    const cfg = readCfg([{ file: "a", text: "backend b\n option httpchk /healthz\n server a h:1\n" }]);
    expect(findPattern(cfg, undefined).backends.map(healthPath)).toEqual(["/healthz"]);
  });
});
