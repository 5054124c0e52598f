import { describe, expect, it } from "vitest";
import { haproxyFixes } from "../../src/domain/haproxy-fixes.ts";
import { inputOf } from "../support/generate-input.ts";
import { linesOf, linesWith } from "../support/haproxy-lines.ts";

const everything = haproxyFixes.map(({ id }) => id);
const [first] = inputOf().fleet.masters;

describe("backendSection", () => {
  it.each([
    [{ expect: 401 }, "http-check expect status 401", "check check-ssl verify none"],
    [{ expect: "migrate" }, "http-check expect status 200,401", "check check-ssl verify none"],
    [{ expect: 200, cert: "/p.pem" }, "http-check expect status 200", "check check-ssl verify none crt /p.pem"],
    [
      { expect: 200, ca: "/ca.crt" },
      "http-check expect status 200",
      "check check-ssl verify required ca-file /ca.crt verifyhost kubernetes check-sni kubernetes",
    ],
  ] as const)("checks %j", (check, rule, words) => {
    const input = inputOf({ check });
    expect(linesWith(input, "backend", "http-check")).toEqual([rule]);
    expect(linesWith(input, "backend", "server master-1")).toEqual([`server master-1 10.8.1.1:6443 ${words}`]);
  });

  it("allows the findings that the fleet file chose", () => {
    const allowed = (check: object) => linesWith(inputOf({ check }), "backend", "allow").map((line) => line.slice(2));
    expect(allowed({})).toEqual([
      "k3s-lb: allow LB030 the fleet file says check.expect: 401",
      "k3s-lb: allow LB032 the fleet file names no check.ca",
    ]);
    expect(allowed({ expect: 200, ca: "/ca.crt" })).toEqual([]);
  });

  it("refuses to expect 401 of a check that shows a client certificate", () => {
    expect(() => linesOf(inputOf({ check: { cert: "/p.pem" } }), "backend")).toThrow(/every master would go down/);
  });

  it.each([
    ["2.4", "inter 1s rise 2 fall 2 slowstart 10s on-marked-down shutdown-sessions"],
    ["3.0", "inter 1s rise 2 fall 2 slowstart 10s on-marked-down shutdown-sessions"],
    ["3.1", "inter 1s rise 2 fall 2 slowstart 10s on-marked-down shutdown-sessions init-state down"],
    ["3.5", "inter 1s rise 2 fall 2 slowstart 10s on-marked-down shutdown-sessions init-state down"],
  ])("gives servers what HAProxy %s has", (version, words) => {
    expect(linesWith(inputOf({ version }), "backend", "default-server")).toEqual([`default-server ${words}`]);
  });

  it("starts without names that do not resolve, and asks libc before the state file for their addresses", () => {
    const masters = [{ name: "m1", address: "master-1:6443" }, first ?? { name: "", address: "" }];
    const [line] = linesWith(inputOf({ fleet: { masters } }), "backend", "default-server");
    expect(line).toMatch(/ init-addr libc,last,none$/);
  });

  it("spares a lone master nothing: nobody else would take it", () => {
    const input = inputOf({ fleet: { masters: inputOf().fleet.masters.slice(0, 1) } });
    expect(linesWith(input, "backend", "slowstart")).toEqual([]);
    expect(linesWith(input, "backend", "LB015")).toHaveLength(1);
  });

  it("writes what is left of the sample where every fix is left out", () => {
    const lines = linesOf(inputOf({ haproxy: { without: everything } }), "backend");
    expect(lines.filter((line) => !line.startsWith("#"))).toEqual([
      "description backend with all kubernetes masters",
      "mode tcp",
      "balance roundrobin",
      "option httpchk GET /readyz",
      "http-check expect status 401",
      "timeout connect 5s",
      "timeout server 50s",
      "default-server inter 1s rise 2 fall 2",
      "server master-1 10.8.1.1:6443 check check-ssl verify none",
      "server master-2 10.8.1.2:6443 check check-ssl verify none",
      "server master-3 10.8.1.3:6443 check check-ssl verify none",
    ]);
  });

  it.each([
    [1_500, "1500ms"],
    [60_000, "60s"],
    [0.4, "1ms"],
  ])("writes an interval of %d ms as HAProxy reads it", (intervalMs, text) => {
    expect(linesWith(inputOf({ check: { intervalMs } }), "backend", "inter")[0]).toContain(`inter ${text} `);
  });

  it.each(["a b", "a#b", 'a"b', "a\nserver x 192.0.2.1:1"])("refuses %j for a master's name", (name) => {
    const fleet = { masters: [{ name, address: "10.8.1.1:6443" }] };
    expect(() => linesOf(inputOf({ fleet }), "backend")).toThrow(/a master's name is/);
  });
});
