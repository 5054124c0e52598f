import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCfg } from "../../src/domain/cfg-file.ts";
import type { Found } from "../../src/init/found.ts";
import { foundInHaproxyCfg } from "../../src/init/haproxy-cfg.ts";

const sample = readFileSync(new URL("../fixtures/sample-rendered.cfg", import.meta.url), "utf8");

function read(text: string, wanted?: string): Found {
  return foundInHaproxyCfg(readCfg([{ file: "haproxy.cfg", text }]), "haproxy.cfg", wanted);
}

const BACKEND = "backend k\n  mode tcp\n  option httpchk GET /readyz\n  http-check expect status 401\n";
const SERVER = "  server m1 10.0.0.1:6443 check check-ssl verify none\n";

describe("foundInHaproxyCfg", () => {
  it("takes all that the sample says, and not its password", () => {
    const found = read(sample);
    expect(found).toEqual({
      source: "haproxy.cfg",
      cluster: "k8s-de1",
      masters: [1, 2, 3].map((n) => ({ name: `k8s-de1-master-${n}`, address: `master-${n}:6443` })),
      nodes: [],
      backend: "k8s-de1-kube-api",
      frontend: { name: "kubernetes_master_kube_api", bind: "127.0.0.1:16443" },
      check: { expect: 401, interval: "1s", rise: 2, fall: 2 },
      stats: { port: 1936, path: "/", username: "admin" },
      notes: [],
      masterNotes: [],
    });
    expect(JSON.stringify(found)).not.toContain("yoursuper");
  });

  it.each([
    ["http-check expect status 200", 200],
    ["http-check expect status 200,401", "migrate"],
    ["http-check expect rstatus ^(200|401)$", "migrate"],
    ["http-check expect ! status 500", undefined],
    ["http-check expect string ok", undefined],
    ["", 200],
  ])("reads %j as what the check wants", (line, expected) => {
    const { check, notes } = read(`${BACKEND.replace("http-check expect status 401", line)}${SERVER}`);
    expect(check.expect).toBe(expected);
    expect(notes.some((note) => note.includes("xpect"))).toBe(expected === undefined || line === "");
  });

  it("takes HAProxy's own defaults of a check, and the files of certificates", () => {
    const tls =
      "  server m1 10.0.0.1:6443 check check-ssl verify required ca-file /etc/ca.crt crt /etc/client.pem inter 1500\n";
    expect(read(BACKEND + SERVER).check).toEqual({ expect: 401, interval: "2s", rise: 2, fall: 3 });
    expect(read(BACKEND + tls).check).toEqual({
      expect: 401,
      interval: "1500ms",
      rise: 2,
      fall: 3,
      ca: "/etc/ca.crt",
      cert: "/etc/client.pem",
    });
  });

  it("picks the backend that looks like the masters', or the one that was asked for", () => {
    const two = `backend web\n  server w1 10.0.0.9:80 check\n${BACKEND}${SERVER}`;
    expect(read(two).backend).toBe("k");
    expect(read(two, "web").masters).toEqual([{ name: "w1", address: "10.0.0.9:80" }]);
    expect(() => read(two, "wb")).toThrow('--backend: haproxy.cfg has no backend "wb" with servers');
    expect(read("backend web\n  server w1 10.0.0.9:80\n").notes).toContain(
      "No backend of haproxy.cfg looks like the masters'; --backend names it.",
    );
    const twins = `${BACKEND}${SERVER}${BACKEND.replace("backend k", "backend l")}${SERVER}`;
    expect(read(twins).notes).toContain(
      "The backends k and l both look like the masters'; k is written, --backend names another one.",
    );
  });

  it("keeps the name alone of a server whose address is none of the network's, and expands templates", () => {
    const text = `${BACKEND}  server a "\${ADDRESS}:6443" check\n  server b /run/b.sock check\n  server-template m 1-3 10.0.0.1:6443 check\n`;
    expect(read(text).masters).toEqual([
      { name: "a", address: undefined },
      { name: "b", address: undefined },
      ...[1, 2, 3].map((n) => ({ name: `m${n}`, address: "10.0.0.1:6443" })),
    ]);
  });

  it("reads the stats listener: https, another path, no password, a user of a userlist", () => {
    const page = (lines: string) => read(`listen s\n  mode http\n${lines}`).stats;
    expect(page("  bind 10.0.0.1:8404 ssl crt /etc/a.pem\n  stats enable\n  stats uri /s\n")).toEqual({
      port: 8404,
      path: "/s",
      isOpen: true,
      tls: true,
      crt: "/etc/a.pem",
      bind: "10.0.0.1",
    });
    expect(page("  bind :8404\n  stats enable\n  stats auth bob:pw\n")).toEqual({
      port: 8404,
      path: "/haproxy?stats",
      username: "bob",
    });
    const rule =
      "  bind *:1\n  stats uri /\n  http-request auth realm x unless { http_auth(l) }\nuserlist l\n  user eve insecure-password pw\n";
    expect(page(rule)).toEqual({ port: 1, path: "/", username: "eve" });
    expect(page(rule.replace("http-request", "stats http-request"))).toEqual({ port: 1, path: "/", username: "eve" });
  });

  it("says so where nothing is checked, there is no stats page, or HAProxy would not read the file", () => {
    const { notes, check } = read("backend kube\n  server m1 10.0.0.1:6443\n  oops 'x\n");
    expect(check).toEqual({});
    expect(notes).toEqual([
      "HAProxy would not read haproxy.cfg as it is: see k3s-lb lint haproxy.cfg.",
      "The configuration has no stats page: stats is left at its defaults.",
      "The servers of kube are not checked: what is written of the check is not in force there.",
    ]);
  });
});
