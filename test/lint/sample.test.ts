import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LintFleet } from "../../src/lint/rule.ts";
import { findingsOf } from "../support/lint.ts";

const sample = readFileSync(new URL("../fixtures/sample-rendered.cfg", import.meta.url), "utf8");

const inShort = (...args: Parameters<typeof findingsOf>) =>
  findingsOf(...args)
    .map(({ line, severity, id, section, text }) => `${line} ${severity} ${id} ${section}: ${text}`)
    .join("\n");

describe("lint of the sample", () => {
  it("gives every finding that applies, each with its line", () => {
    const version = { major: 3, minor: 2 };
    expect(inShort(sample, { version, caAtHand: "/etc/k3s-ca.crt" })).toMatchInlineSnapshot(`
      "3 note LB055 global: no node
      6 warning LB020 global: the stats socket has level operator, the default
      14 warning LB051 global: ssl-default-bind-ciphers has no suite with ECDSA
      16 warning LB051 global: ssl-default-server-ciphers has no suite with ECDSA
      42 note LB054 listen stats: no stats show-legends
      52 error LB023 listen stats: the password of admin is the one of the sample, which is public
      53 warning LB022 listen stats: prometheus-exporter answers before the password of this page is asked for
      57 note LB011 frontend kubernetes_master_kube_api: no option clitcpka
      57 warning LB013 frontend kubernetes_master_kube_api: no option contstats
      57 note LB014 frontend kubernetes_master_kube_api: option httplog (line 24) in a TCP frontend
      63 error LB010 backend k8s-de1-kube-api: no timeout tunnel, and timeout server (line 28) cuts a session that is silent for 50 s
      63 note LB011 backend k8s-de1-kube-api: no option srvtcpka
      63 note LB016 backend k8s-de1-kube-api: no option redispatch
      63 warning LB052 backend k8s-de1-kube-api: no server-state-file in global, no load-server-state-from-file global here
      68 warning LB030 backend k8s-de1-kube-api: the check wants 401
      69 warning LB012 backend k8s-de1-kube-api: no on-marked-down shutdown-sessions: all 3 servers
      69 note LB015 backend k8s-de1-kube-api: no slowstart: all 3 servers
      69 note LB017 backend k8s-de1-kube-api: no init-state down: all 3 servers
      69 warning LB053 backend k8s-de1-kube-api: a name that has to resolve at the start: all 3 servers
      70 warning LB032 backend k8s-de1-kube-api: verify none on 3 servers, though /etc/k3s-ca.crt is at hand"
    `);
  });

  it("holds its servers and names to the fleet file", () => {
    const fleet: LintFleet = {
      masters: [
        { name: "k8s-de1-master-1", address: "master-1:6443" },
        { name: "k8s-de1-master-2", address: "10.8.0.2:6443" },
        { name: "k8s-de1-master-4", address: "master-4:6443" },
      ],
      backend: "k8s-de1-kube-api",
      frontend: { name: "api", bind: "127.0.0.1:16443" },
      check: { expect: 401, intervalMs: 1000, rise: 2, fall: 2, ca: undefined, cert: undefined },
    };
    const findings = inShort(sample, { fleet }).split("\n");
    expect(findings.filter((line) => line.includes("LB04"))).toMatchInlineSnapshot(`
      [
        "57 error LB041 frontend kubernetes_master_kube_api: there is no frontend api",
        "63 error LB040 backend k8s-de1-kube-api: no server line for k8s-de1-master-4",
        "71 error LB040 backend k8s-de1-kube-api: k8s-de1-master-2 is master-2:6443 here and 10.8.0.2:6443 in the fleet file",
        "72 error LB040 backend k8s-de1-kube-api: not in the fleet file: k8s-de1-master-3",
      ]
    `);
  });

  it("never tells the password", () => {
    expect(JSON.stringify(findingsOf(sample))).not.toContain("yoursupersecret");
  });
});
