import { describe, expect, it } from "vitest";
import type { LintFleet } from "../../src/lint/rule.ts";
import { changed, cleanCfg, findingsOf, found } from "../support/lint.ts";

const fleet: LintFleet = {
  masters: [
    { name: "m1", address: "master-1:6443" },
    { name: "m2", address: "master-2:6443" },
  ],
  backend: "masters",
  frontend: { name: "api", bind: "127.0.0.1:16443" },
  check: { expect: 200, intervalMs: 1000, rise: 2, fall: 2, ca: undefined, cert: undefined },
};

const expecting = (words: string) => changed("expect status 200", `expect ${words}`);

describe("LB030 and LB031, what a check takes for healthy", () => {
  it.each([
    ["status 401", ["LB030 backend masters: the check wants 401"]],
    ["status 200,401", ["LB030 backend masters: the check takes 401 beside 200"]],
    ["min-recv 1 comment x rstatus ^(2..|401)$", ["LB030 backend masters: the check takes 401 beside 200"]],
    ["status 200-299", []],
    ["! rstatus ^[345]", []],
    ["string ok", []],
    ["rstatus (?<bad", []],
    ["status 100-599", ["LB031 backend masters: http-check expect takes any answer"]],
    ["! status 401", ["LB031 backend masters: http-check expect takes any answer"]],
    ["rstatus .", ["LB031 backend masters: http-check expect takes any answer"]],
    ["rstring .*", ["LB031 backend masters: http-check expect takes any answer"]],
  ])("judges expect %s", (words, findings) => {
    expect(found(expecting(words))).toEqual(findings);
  });

  it("takes 401 beside 200 for what is meant while the fleet file says migrate", () => {
    const migrating = { ...fleet, check: { ...fleet.check, expect: "migrate" as const } };
    expect(found(expecting("status 200,401"), { fleet: migrating })).toEqual([]);
    expect(found(expecting("status 401"), { fleet: migrating })).toHaveLength(1);
  });

  it.each([
    [/ {2}option httpchk.*\n/, "", "no option httpchk: the check only connects"],
    [
      / {2}option httpchk.*\n/,
      "  option ssl-hello-chk\n",
      "option ssl-hello-chk: the check asks for nothing of Kubernetes",
    ],
    [/ {2}http-check.*\n/, "", "no http-check expect: the check takes every 2xx and 3xx"],
    [/ {2}http-check.*\n/, "  option tcp-check\n", "option tcp-check: the check asks for nothing of Kubernetes"],
  ])("misses what %s was", (from, to, words) => {
    expect(found(changed(from, to))).toEqual([`LB031 backend masters: ${words}`]);
  });

  it.each<[string, string, string | undefined]>([
    [" check-ssl verify none", "default-server check-ssl verify none, ", undefined],
    [" check-ssl verify none", "default-server check-ssl verify required ca-file /ca.crt, ", "/ca.crt"],
    ["", "", undefined],
  ])("says to write what keeps masters of k3s up (%j is not there)", (lost, tls, caAtHand) => {
    const text = changed(/ {2}option httpchk.*\n {2}http-check.*\n/, "  option tcp-check\n").replaceAll(lost, "");
    expect(findingsOf(text, { caAtHand }).find(({ id }) => id === "LB031")?.fix).toBe(
      `option httpchk GET /readyz, ${tls}http-check expect status 200,401; 200 alone when every master answers it: k3s-lb generate change-over`,
    );
  });

  it("asks for no second TLS where http-check connect has it", () => {
    const text = changed("  http-check expect status 200\n", "  http-check connect ssl\n").replaceAll(
      " check-ssl verify none",
      "",
    );
    expect(findingsOf(text)[0]?.fix).toMatch(/^option httpchk GET \/readyz, http-check expect/);
  });
});

describe("LB032, verify none", () => {
  it("is found where the authority is at hand, on the servers or on their default", () => {
    const caAtHand = "/ca.crt";
    const words = "LB032 backend masters: verify none on 2 servers, though /ca.crt is at hand";
    expect(found(cleanCfg, { caAtHand })).toEqual([words]);
    const common = cleanCfg
      .replaceAll(" check-ssl verify none", "")
      .replace("check inter", "check-ssl verify none check inter");
    expect(found(common, { caAtHand })).toEqual([words]);
    expect(found(cleanCfg.replaceAll("verify none", "verify required ca-file /ca.crt"), { caAtHand })).toEqual([]);
    expect(found(cleanCfg.replaceAll(" check-ssl", ""), { caAtHand })).toEqual([]);
  });
});

describe("LB040 and LB041, the fleet file", () => {
  it("finds nothing where names and addresses agree", () => {
    expect(found(cleanCfg, { fleet })).toEqual([]);
    const template = changed(
      / {2}server m1.*\n {2}server m2.*\n/,
      "  server-template m 2 api:6443 check-ssl verify none\n",
    );
    expect(found(template, { fleet })).toEqual([]);
  });

  it("tells missing, unknown and moved servers, each once", () => {
    const text = cleanCfg
      .replace("m1 master-1", "m1 MASTER-1")
      .replace("m2 master-2:6443", "m3 h:1")
      .concat("  server m4 h:2 check\n");
    expect(found(text, { fleet })).toEqual([
      "LB040 backend masters: no server line for m2",
      "LB040 backend masters: not in the fleet file: m3 and m4",
    ]);
    expect(found(changed("master-2:6443", "10.8.0.2:6443"), { fleet })).toEqual([
      "LB040 backend masters: m2 is 10.8.0.2:6443 here and master-2:6443 in the fleet file",
    ]);
  });

  it("wants the backend and the frontend by their names", () => {
    const renamed = { ...fleet, backend: "kube", frontend: { name: "front", bind: "127.0.0.1:16443" } };
    expect(found(cleanCfg, { fleet: renamed })).toEqual([
      "LB041 frontend api: there is no frontend front",
      "LB041 backend masters: there is no backend kube",
    ]);
    expect(found("global\n", { fleet }).filter((line) => line.startsWith("LB041"))).toHaveLength(2);
  });

  it("takes a listen for both", () => {
    const listen = changed("\nfrontend api\n", "\nlisten masters\n")
      .replace("  default_backend masters\n", "")
      .replace("\nbackend masters\n", "");
    expect(found(listen, { fleet })).toEqual([]);
  });
});

describe("LB050, where the API can be reached", () => {
  const bound = (address: string) => changed("127.0.0.1:16443", address);

  it.each([
    ["0.0.0.0:16443", "every address of the machine"],
    [":16443", "every address of the machine"],
    ["*:16443", "every address of the machine"],
    [":::16443", "every address of the machine"],
    ["[::]:16443", "every address of the machine"],
    ["203.0.113.7:16443", "a public address"],
    ["[2001:470::1]:16443", "a public address"],
  ])("finds %s", (address, words) => {
    expect(found(bound(address))).toEqual([`LB050 frontend api: bind ${address}: ${words}`]);
  });

  it("finds it among others on one line", () => {
    expect(found(bound("127.0.0.1:16443,198.51.100.1:1"))).toEqual([
      "LB050 frontend api: bind 198.51.100.1:1: a public address",
    ]);
  });

  it.each([
    ["[::1]:16443"],
    ["10.8.0.1:16443"],
    ["100.64.0.1:1"],
    ["[fd00::1]:1"],
    ["/run/api.sock"],
    [":1 interface wg0"],
    ["lb.internal:1"],
    ['"$ADDR:1"'],
  ])("lets %s be", (address) => {
    expect(found(bound(address))).toEqual([]);
  });

  it("finds an address of the VPN where the fleet file has one of the machine itself", () => {
    expect(found(bound("10.8.0.1:16443"), { fleet })).toEqual([
      "LB050 frontend api: bind 10.8.0.1:16443: others reach it too, and the fleet file has 127.0.0.1:16443",
    ]);
    const open = { ...fleet, frontend: { name: "api", bind: "10.8.0.1:16443" } };
    expect(found(bound("10.8.0.1:16443"), { fleet: open })).toEqual([]);
  });
});
