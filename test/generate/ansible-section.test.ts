import { describe, expect, it } from "vitest";
import { type PlacedSection, sectionEntries } from "../../src/generate/ansible-section.ts";
import { formatAnsibleYaml } from "../../src/generate/ansible-yaml.ts";

/** The variables of a section, as YAML; a line may have notes. */
function variablesOf(
  keyword: PlacedSection["keyword"],
  ...lines: readonly (string | readonly [string, ...string[]])[]
): string {
  const section = lines.map((line) => {
    const [text, ...notes] = typeof line === "string" ? [line] : line;
    return { words: text.split(" "), notes };
  });
  const entries = sectionEntries({ keyword, name: "", lines: section });
  return formatAnsibleYaml([], { kind: "map", entries })
    .replace(/^---\n/, "")
    .replaceAll("\n\n", "\n");
}

describe("sectionEntries", () => {
  it("gives every line the variable of the role that writes it", () => {
    const lines = ["log /dev/log len 2048 local1 notice err", "stats socket /run/a.sock mode 660 level admin"];
    expect(variablesOf("global", ...lines, "stats timeout 30s", "daemon", "maxconn 4000", "tune.bufsize 16384")).toBe(
      `haproxy_global_log:
  - address: /dev/log
    length: 2048
    facility: local1
    level: notice
    minlevel: err
haproxy_global_stats:
  sockets:
    - listen: /run/a.sock
      param:
        - mode 660
        - level admin
  timeout: "30s"
haproxy_global_daemon: true
haproxy_global_maxconn: 4000
haproxy_global_tune:
  - key: bufsize
    value: 16384
`,
    );
  });

  it("takes a rule apart into what is done, with what, and when", () => {
    const rules = ["http-request auth realm k3s-lb unless { http_auth(k3s-lb) }", "http-request deny"];
    expect(variablesOf("listen", ...rules)).toBe(`http_request:
  - action: auth
    param: realm k3s-lb
    cond: "unless { http_auth(k3s-lb) }"
  - action: deny
`);
  });

  it("keeps reasons as comments of the YAML, and what allows a finding as a comment on the node", () => {
    const section = variablesOf("backend", ["mode tcp", "k3s-lb: allow LB030 on purpose"], ["retries 3", "why"]);
    expect(section).toBe(`mode: tcp
# why
retries: 3
raw_options:
  - "# k3s-lb: allow LB030 on purpose"
`);
  });

  it("leaves to the raw lines what has no place, what comes after its place, and what follows such a line", () => {
    expect(variablesOf("frontend", "bind :1", "mode tcp", "bind :2", "option tcplog")).toBe(`bind:
  - listen: ":1"
mode: tcp
raw_options:
  - "bind :2"
  - option tcplog
`);
    expect(variablesOf("defaults", "log-format x", "mode http")).toBe(`haproxy_default_raw_options:
  - log-format x
  - mode http
`);
  });

  it("has Ansible write the name of the node, with HAProxy's underscore where a name may have a colon", () => {
    expect(variablesOf("global", "node node01")).toBe(
      'haproxy_global_raw_options:\n  - "node {{ inventory_hostname }}"\n',
    );
    expect(variablesOf("global", "node fd00__9")).toBe(
      "haproxy_global_raw_options:\n  - \"node {{ inventory_hostname | replace(':', '_') }}\"\n",
    );
  });
});
