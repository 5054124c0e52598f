// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of HAProxy's, none of JavaScript's
import { describe, expect, it } from "vitest";
import { changed, cleanCfg, findingsOf, found } from "../support/lint.ts";

const admin = (condition: string, acls = "") =>
  changed("stats admin if LOCALHOST", `stats admin ${condition}`).replace(
    "  stats enable\n",
    `${acls}  stats enable\n`,
  );

const ALWAYS = "LB021 listen stats: stats admin under a condition that is always true";
const NOBODY = "LB021 listen stats: stats admin under a condition that asks neither for the address nor for a group";

describe("LB021, who may give orders", () => {
  it.each([
    ["unless !LOCALHOST"],
    ["if { src 10.8.0.1 10.8.0.0/24 127.0.0.0/8 }"],
    ["if { src 203.0.113.7 }"],
    ["if { src -f /etc/haproxy/admins }"],
    ["if { http_auth_group(people) admin }"],
    ["if { http_auth(others) }"],
    ["if METH_POST LOCALHOST or { src fd00::/8 }"],
    ["if FALSE"],
  ])("lets %s be", (condition) => {
    expect(found(admin(condition))).toEqual([]);
  });

  it.each([
    ["if TRUE", ALWAYS],
    ["if LOCALHOST or TRUE", ALWAYS],
    ["if !FALSE", NOBODY],
    ["if !LOCALHOST", NOBODY],
    ["unless LOCALHOST", NOBODY],
    ["if { hdr(x) -m str s3cret }", NOBODY],
    ["if { http_auth(people) }", NOBODY],
    ["if unknown_acl", NOBODY],
    ["if { src 0.0.0.0/0 }", "LB021 listen stats: stats admin takes orders from 0.0.0.0/0"],
    ["if { src 10.8.0.1 192.168.0.0/8 }", "LB021 listen stats: stats admin takes orders from 192.168.0.0/8"],
    ["if { src ::/0 }", "LB021 listen stats: stats admin takes orders from ::/0"],
  ])("finds %s", (condition, words) => {
    expect(found(admin(condition))).toEqual([words]);
  });

  it.each(["http-request", "stats http-request"])("knows by an acl's name too who sees the page (%s)", (keyword) => {
    const asks = `  acl known http_auth(people)\n  ${keyword} auth unless known\n`;
    const page = (condition: string): string =>
      admin(condition)
        .replace(/ {2}http-request use-service.*\n/, "")
        .replace(/ {2}http-request auth.*\n/, asks);
    expect(found(page("if known"))).toEqual([NOBODY]);
    expect(found(page("if { http_auth(people) }"))).toEqual([NOBODY]);
    expect(found(page("if { http_auth(others) }"))).toEqual([]);
  });

  it("follows the names of conditions, whose lines add up", () => {
    const near = "  acl near src 10.8.0.0/16\n";
    expect(found(admin("if near", near))).toEqual([]);
    expect(found(admin("if near", `${near}  acl near src 0.0.0.0/1\n`))).toEqual([
      "LB021 listen stats: stats admin takes orders from 0.0.0.0/1",
    ]);
  });
});

const AUTH = "  http-request auth realm k3s-lb unless { http_auth(people) }\n";
const EXPORTER = "  http-request use-service prometheus-exporter if { path /metrics }\n";

describe("LB022 and LB024, who is asked for a password", () => {
  it("finds metrics that answer before the page asks", () => {
    const words = "LB022 listen stats: prometheus-exporter answers before the password of this page is asked for";
    expect(found(changed(AUTH + EXPORTER, EXPORTER + AUTH))).toEqual([words]);
    expect(found(changed(AUTH, '  stats auth "admin:${P}"\n'))).toEqual([words]);
    expect(found(changed(AUTH, `  http-request deny if { path /x }\n  stats auth "admin:\${P}"\n`))).toEqual([words]);
  });

  it.each([
    [
      "a rule that lets only some addresses on",
      '  http-request deny unless { src 10.8.0.0/24 }\n  stats auth "a:$P"\n',
    ],
    ["a rule that refuses strangers", "  acl known http_auth(people)\n  http-request deny if !known\n"],
    ["a rule that asks everybody", "  http-request auth\n"],
  ])("lets metrics behind %s be", (_, rules) => {
    expect(found(changed(AUTH, rules))).toEqual([]);
  });

  it("lets metrics be that ask by themselves", () => {
    const text = changed(AUTH + EXPORTER, `${EXPORTER.replace("}\n", "} { src 10.8.0.9 }\n")}${AUTH}`);
    expect(found(text)).toEqual([]);
  });

  it("takes rules of defaults for the first ones", () => {
    const text = changed(AUTH, "")
      .replace("  mode tcp\n", `  mode http\n${AUTH}`)
      .replace("frontend api\n", "frontend api\n  mode tcp\n");
    expect(found(text.replace("\nbackend masters\n", "\nbackend masters\n  mode tcp\n"))).toEqual([]);
  });

  it("finds a page without a password, unless a certificate or the file system asks", () => {
    const open = changed(AUTH, "");
    expect(found(open)).toEqual(["LB024 listen stats: the page of statistics asks for no password"]);
    expect(found(open.replace("0.0.0.0:1936", "127.0.0.1:1936"))).toHaveLength(1);
    expect(found(open.replace("0.0.0.0:1936", "/run/stats.sock"))).toEqual([]);
    expect(found(open.replace(":1936", ":1936 ssl crt /x.pem ca-file /y.pem verify required"))).toEqual([]);
    expect(found(open.replace("  stats enable\n", "  stats http-request auth\n"))).toEqual([
      "LB022 listen stats: prometheus-exporter answers before the password of this page is asked for",
    ]);
  });

  it.each([
    ["127.0.0.1:1936", "warning"],
    ["localhost:1936", "warning"],
    ["[::1]:1936\n  bind /run/stats.sock", "warning"],
    ["127.0.0.1:1936\n  bind 10.8.0.1:1936", "error"],
    ["*:1936", "error"],
  ])("thinks less of a page without a password that only the machine itself reaches: %j is %s", (binds, severity) => {
    const open = changed(AUTH, "").replace("0.0.0.0:1936", binds);
    expect(findingsOf(open).map((each) => [each.id, each.severity])).toEqual([["LB024", severity]]);
    const [finding] = findingsOf(open.replace("  stats admin if LOCALHOST\n", ""));
    expect(finding).toMatchObject(
      severity === "error"
        ? { severity, reason: expect.stringContaining("anybody who reaches the port") }
        : { severity: "note", reason: "everybody on this machine, though nobody else, reads all names and addresses" },
    );
  });

  it("does not take the addresses that a page lets in for a password", () => {
    expect(found(changed(AUTH, "  http-request deny unless { src 10.8.0.0/24 }\n"))).toEqual([
      "LB024 listen stats: the page of statistics asks for no password",
    ]);
  });
});

describe("LB023, known passwords", () => {
  const user = (words: string) => changed('insecure-password "${K3S_LB_STATS_PASSWORD}"', words);

  it.each([
    ["insecure-password yourSuperSecretPassword", "is the one of the sample, which is public"],
    ["insecure-password changeme groups x", "is one that is tried first"],
    ["insecure-password Admin", "is the user's name"],
    ["insecure-password", "is empty"],
    ['insecure-password "${P-haproxy}"', "is one that is tried first"],
  ])("finds %s", (words, fault) => {
    expect(found(user(words))).toEqual([`LB023 userlist people: the password of admin ${fault}`]);
  });

  it.each([
    ["stats auth admin:yoursupersecretpassword", "admin is the one of the sample, which is public"],
    ["stats auth admin:", "admin is empty"],
    ["stats auth hunter2", "a user without a name is empty"],
  ])("finds %s", (line, words) => {
    const findings = found(changed("  stats enable\n", `  ${line}\n`));
    expect(findings).toContain(`LB023 listen stats: the password of ${words}`);
    expect(findings.join()).not.toContain("hunter2");
  });

  it.each([
    ['insecure-password "${P}"'],
    ['insecure-password "x${P-changeme}"'],
    ["insecure-password tr0ub4dor"],
    ["password $6$salt$hash"],
  ])("lets %s be", (words) => {
    expect(found(user(words))).toEqual([]);
  });
});

describe("LB054, show-legends", () => {
  it("is missed on the page's own lines, which replace those of defaults", () => {
    expect(found(changed("  stats show-legends\n", ""))).toEqual(["LB054 listen stats: no stats show-legends"]);
    const inherited = changed("  stats show-legends\n", "").replace(
      "  mode tcp\n",
      "  mode tcp\n  stats show-legends\n",
    );
    expect(found(inherited)).toHaveLength(1);
    expect(found(cleanCfg)).toEqual([]);
  });
});
