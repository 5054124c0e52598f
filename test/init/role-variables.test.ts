import { describe, expect, it } from "vitest";
import { asMapping, readForeignYaml } from "../../src/init/foreign-yaml.ts";
import type { Found } from "../../src/init/found.ts";
import { foundInRoleVariables } from "../../src/init/role-variables.ts";

function read(text: string, wanted?: string): Found {
  return foundInRoleVariables(asMapping(readForeignYaml(text, "vars.yml")) ?? {}, "vars.yml", wanted);
}

const SAMPLE = `
haproxy_listen:
  - name: stats
    bind: [{ listen: '0.0.0.0:1936' }]
    mode: http
    stats: { enable: true, uri: /, options: [hide-version], admin: if LOCALHOST, auth: [{ user: admin, passwd: s3cret }] }
haproxy_frontend:
  - name: kubernetes_master_kube_api
    bind: [{ listen: 127.0.0.1:16443 }]
    default_backend: k8s-de1-kube-api
haproxy_backend:
  - name: web
    server: [{ name: w, listen: 'w:80' }]
  - name: k8s-de1-kube-api
    option: [httpchk GET /readyz]
    http_check: expect status 401
    default_server_params: [inter 1000, rise 2, fall 2]
    server:
      - { name: k8s-de1-master-1, listen: 'master-1:6443', param: [check, check-ssl, verify none] }
      - { name: k8s-de1-master-2, listen: '{{ m2 }}:6443', param: [check] }
`;

const LISTS = "haproxy_userlists: [{ name: people, users: [{ name: eve, insecure_password: s3cret }] }]\n";

describe("foundInRoleVariables", () => {
  it("takes masters, check, stats and frontend, and neither templates nor passwords", () => {
    const found = read(SAMPLE);
    expect(found).toEqual({
      source: "vars.yml",
      cluster: "k8s-de1",
      masters: [
        { name: "k8s-de1-master-1", address: "master-1:6443" },
        { name: "k8s-de1-master-2", address: undefined },
      ],
      nodes: [],
      backend: "k8s-de1-kube-api",
      frontend: { name: "kubernetes_master_kube_api", bind: "127.0.0.1:16443" },
      check: { expect: 401, interval: "1s", rise: 2, fall: 2 },
      stats: { port: 1936, path: "/", username: "admin" },
      notes: ["The address of k8s-de1-master-2 is a template or no plain text: left out."],
      masterNotes: [],
    });
    expect(JSON.stringify(found)).not.toContain("s3cret");
  });

  it("knows a page that asks by a rule with a userlist, and one that asks for nothing", () => {
    const page = (rest: string) =>
      read(`haproxy_listen: [{ name: s, stats: { enable: true }, ${rest} }]\n${LISTS}`).stats;
    const rule = "http_request: [{ action: auth, param: realm x, cond: 'unless { http_auth(people) }' }]";
    expect(page(rule)).toEqual({ path: "/", username: "eve" });
    expect(page("http_request: [{ action: deny, cond: 'if !{ http_auth(others) }' }]")).toEqual({ path: "/" });
    expect(page("http_request: [{ action: use-service, param: prometheus-exporter }]")).toEqual({
      path: "/",
      isOpen: true,
    });
  });

  it("takes the backend that was asked for", () => {
    expect(read(SAMPLE, "web").masters).toEqual([{ name: "w", address: "w:80" }]);
  });

  it("takes where the k3s role sends the agents, where no frontend says it", () => {
    expect(read("k3s_master_ip: 127.0.0.1\nk3s_master_port: 16443\n").frontend).toEqual({ bind: "127.0.0.1:16443" });
  });

  it("survives variables of any other shape, and says where there is nothing", () => {
    expect(read("haproxy_backend: { a: [1] }\nhaproxy_listen: 7\nhaproxy_frontend: ['x', ~, [1]]\n")).toMatchObject({
      masters: [],
      stats: {},
    });
    expect(read("x: 1\n").notes).toEqual([
      "vars.yml has none of haproxy_listen, haproxy_frontend, haproxy_backend: nothing was taken from it.",
    ]);
  });
});
