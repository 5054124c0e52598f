import { describe, expect, it } from "vitest";
import type { NodeFacts } from "../../src/domain/doctor-facts.ts";
import { doctorChecks } from "../../src/domain/doctor-finding.ts";
import { diagnose } from "../../src/domain/doctor-judge.ts";
import { formatDoctor } from "../../src/output/doctor-table.ts";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import type { Style } from "../../src/output/style.ts";
import { factsOf, failureOf, pageRows } from "../support/doctor-facts.ts";
import { fleetOf } from "../support/fleet.ts";

const fleet = fleetOf({ nodes: 4 });
const moment = { nowMs: 3_000, wallMs: Date.UTC(2026, 10, 22) };
const style: Style = { colour: false, glyphs: UTF8_GLYPHS, columns: 100, headers: true, expect: 401 };

/** Four nodes: the last one is away, all others have /metrics open. */
function factsOfAll(): readonly NodeFacts[] {
  const process = { version: "3.2.4", nodeName: undefined, startedAtSeconds: 1 };
  return fleet.nodes.map((node, index) => {
    const gone = failureOf("timeout", "no connection in time");
    if (index === 3) {
      const ssh = { kind: "skipped", why: "left out (--no-ssh)" } as const;
      return factsOf({ node, connected: { ok: false, failure: gone }, page: undefined, ssh });
    }
    return factsOf({ node, metrics: { kind: "open", rows: pageRows(), process } });
  });
}

describe("formatDoctor", () => {
  it("tells the worst first, nodes alike in one line, and counts what is fine", () => {
    expect(formatDoctor(diagnose(fleet, factsOfAll(), moment), false, style)).toMatchInlineSnapshot(`
      "CRITICAL  k8s-de1: 4 nodes: 1 critical, 6 warnings, 6 notes, 46 ok, 21 not seen

      node04       critical  connect: port 1936: no connection in time
                             → The node is off, or a firewall drops the packets: check the VPN and ping
                               it.
      node[01-03]  warning   metrics: /metrics answers without a password: names of all masters, traffic
                             and version, to whoever reaches the port
      node[01-03]  warning   hide-version: the page hides the version, and /metrics tells it without a
                             password
                             → Ask for the password first: \`http-request auth … unless …\` in front of the
                               prometheus-exporter rule, as k3s-lb generate haproxy writes it.
      node[01-03]  note      tls: plain http: whoever sits on the path reads the password
                             → Inside a VPN that is common; else put \`ssl crt …\` on the stats bind and
                               \`stats.tls\` into the fleet file.
      node[01-03]  note      check: weak: master-1, master-2, master-3 answer 401, which proves TLS and
                             HTTP but no readiness
                             → HAProxy, on every node first: \`http-check expect status 200,401\` in the
                               backend. k3s, master by master: \`kube-apiserver-arg:
                               ["anonymous-auth=true"]\` in /etc/rancher/k3s/config.yaml (from Kubernetes
                               1.32 on better an AuthenticationConfiguration: k3s-lb generate k3s),
                               restart. Then HAProxy: \`http-check expect status 200\`, and \`check.expect:
                               200\` in the fleet file. All steps: k3s-lb generate change-over.
      node04       skipped   tls, auth, page, skew, backend, servers, masters, check, admin, contstats,
                             timeouts, metrics, sample-password: not asked, as the stats port cannot be
                             connected
      node04       skipped   ssh: left out (--no-ssh)
      node04       skipped   route: not by http; ssh was not tried: left out (--no-ssh)
      node[01-03]  skipped   contstats: not to be seen while no session is open
      node[01-03]  skipped   timeouts: no page of HAProxy shows its timeouts
                             → Let k3s-lb read that node's file: k3s-lb lint /etc/haproxy/haproxy.cfg.
      "
    `);
  });

  it("tells one advice once where two findings in a row have it", () => {
    const text = formatDoctor(diagnose(fleet, factsOfAll(), moment), false, { ...style, columns: undefined });
    expect(text.match(/→ Ask for the password first/g)).toHaveLength(1);
  });

  it("shows every check of every node with --all", () => {
    const [first] = factsOfAll();
    if (first === undefined) throw new Error("there are four");
    const text = formatDoctor(diagnose(fleet, [first], moment), true, { ...style, columns: undefined });
    const lines = text.split("\n").filter((line) => !line.includes("→"));
    expect(lines.slice(2, 6)).toEqual([
      "node01  10.8.0.11  HAProxy 3.2.4",
      "  ok        resolve          an address, no name",
      "  ok        connect          port 1936 takes connections, in 2 ms",
      "  note      tls              plain http: whoever sits on the path reads the password",
    ]);
    expect(lines.filter((line) => line.startsWith("  "))).toHaveLength(doctorChecks.length);
  });

  it("keeps to the terminal's width, and marks verdicts with colour beside their words", () => {
    const text = formatDoctor(diagnose(fleet, factsOfAll(), moment), false, { ...style, columns: 60 });
    expect(text.split("\n").filter((line) => line.length > 60)).toEqual([]);
    const coloured = formatDoctor(diagnose(fleet, factsOfAll(), moment), false, { ...style, colour: true });
    expect(coloured).toContain("\u001b[1;31mcritical\u001b[0m  connect");
  });
});
