import { describe, expect, it } from "vitest";
import { MASTERS, refusal, SOUND } from "../support/fleet-file.ts";

describe("loadFleetFile", () => {
  it("names every mistake at once, in the order of the file", async () => {
    const message = await refusal(`clutser: de1
masters:
  - { name: m1 }
  - { name: m1 }
nodes:
  - { name: "n[1:3]", address: "10.8.0.[1:2]", labels: { site: 1 } }
stats:
  port: 70000
poll: { intervall: 2s, timeout: 2 }
`);
    expect(message).toMatchInlineSnapshot(`
      "k3s-lb.yaml has 7 mistakes:
      1:1: unknown key "clutser"; expected cluster, color, masters, nodes, backend, frontend, check, stats, admin, poll, haproxy, events; did you mean "cluster"?
      4:13: masters[1].name gives m1 a second time; expected each name once (first in line 3)
      6:32: nodes[0].address: the range [1:2] has 2 members, [1:3] in name has 3; ranges of one entry advance in step and need equal lengths
      6:64: nodes[0].labels.site is the number 1; expected text (write numbers, yes and no in quotes)
      8:9: stats.port is the number 70000; expected a port from 1 to 65535
      9:9: unknown key "intervall" in poll; expected interval, timeout, source; did you mean "interval"?
      9:33: poll.timeout is the number 2; expected a duration with its unit: 2s or 2ms"
    `);
  });

  it.each<[string, string, string]>([
    [
      "an unknown key",
      `${SOUND}poll: { intervall: 2s }`,
      '3:9: unknown key "intervall" in poll; expected interval, timeout, source; did you mean "interval"?',
    ],
    [
      "an unknown key of a node",
      `${MASTERS}nodes: [{ name: n1, stats: { prot: 1 } }]`,
      '2:30: unknown key "prot" in nodes[0].stats; expected port, path, username, password, tls; did you mean "port"?',
    ],
    [
      "a word that is none of the few",
      `${SOUND}admin: { via: sssh }`,
      '3:15: admin.via is "sssh"; expected one of auto, http, ssh, socket; did you mean "ssh"?',
    ],
    [
      "a source that is not yet built",
      `${SOUND}poll: { source: prometheus }`,
      '3:17: poll.source is "prometheus", which is not yet built; expected auto, stats or metrics',
    ],
    [
      "a section that is not yet built",
      `${SOUND}prometheus: { url: "http://x" }`,
      "3:1: prometheus is not yet built: reading the fleet from a Prometheus comes later",
    ],
    [
      "a port out of range",
      `${SOUND}stats: { port: 0 }`,
      "3:16: stats.port is the number 0; expected a port from 1 to 65535",
    ],
    [
      "a port as text",
      `${SOUND}stats: { port: "1936" }`,
      '3:16: stats.port is "1936"; expected a port from 1 to 65535, without quotes',
    ],
    [
      "a bare number for a duration",
      `${SOUND}poll: { interval: 2 }`,
      "3:19: poll.interval is the number 2; expected a duration with its unit: 2s or 2ms",
    ],
    [
      "a bare number in quotes",
      `${SOUND}poll: { interval: "2" }`,
      '3:19: poll.interval is "2"; expected a duration with its unit: 2s or 2ms',
    ],
    [
      "a word for a duration",
      `${SOUND}poll: { interval: often }`,
      '3:19: poll.interval is "often"; expected a duration such as 2s, 1500ms or 1m',
    ],
    [
      "an interval out of range",
      `${SOUND}poll: { interval: 1ms }`,
      "3:19: poll.interval is 1ms; expected a duration from 100ms to 1h",
    ],
    [
      "a timeout longer than the interval",
      `${SOUND}poll: { interval: 2s, timeout: 3s }`,
      "3:32: poll: the timeout 3s is longer than the interval 2s; expected a timeout of at most the interval",
    ],
    [
      "a timeout longer than the default interval",
      `${SOUND}poll: { timeout: 3s }`,
      "3:18: poll: the timeout 3s is longer than the interval 2s; expected a timeout of at most the interval",
    ],
    [
      "a node's interval shorter than the common timeout",
      `${MASTERS}nodes: [{ name: n1, poll: { interval: 1s } }]\npoll: { timeout: 1500ms }`,
      "2:39: nodes[0].poll: the timeout 1500ms is longer than the interval 1s; expected a timeout of at most the interval",
    ],
    [
      "a check of 403",
      `${SOUND}check: { expect: 403 }`,
      "3:18: check.expect is the number 403; expected 401, 200 or migrate (both)",
    ],
    [
      "a section that is a list",
      `${SOUND}check: [401]`,
      "3:8: check is a list; expected a mapping of expect, interval, rise, fall, ca and cert",
    ],
    [
      "ranges of unequal length",
      `${MASTERS}nodes: [{ name: "n[1:3]", address: "a[1:2]" }]`,
      "2:36: nodes[0].address: the range [1:2] has 2 members, [1:3] in name has 3; ranges of one entry advance in step and need equal lengths",
    ],
    [
      "a range only beside the name",
      `${MASTERS}nodes: [{ name: n, address: "a[1:2]" }]`,
      '2:17: nodes[0].name is "n", without a range, where the entry has ranges; expected as many names',
    ],
    [
      "a range as ClusterShell has it",
      `${MASTERS}nodes: [{ name: "n[01-38]" }]`,
      '2:17: nodes[0].name is "n[01-38]"; expected a range with a colon: [01:38]',
    ],
    [
      "a padded range with unpadded end",
      `${MASTERS}nodes: [{ name: "n[01:5]" }]`,
      "2:17: nodes[0].name: the range [01:5] has ends of different width; write both with 2 digits",
    ],
    [
      "a name given twice",
      `${MASTERS}nodes:\n  - { name: "n[1:3]" }\n  - { name: "n[2:9]" }`,
      "4:13: nodes[1].name gives n[2-3] a second time; expected each name once (first in line 3)",
    ],
    [
      "a master given twice",
      `masters: [{ name: m }, { name: m }]\nnodes: [{ name: n }]`,
      "1:32: masters[1].name gives m a second time; expected each name once (first in line 1)",
    ],
    [
      "a name that HAProxy would not take",
      `${MASTERS}nodes: [{ name: "a b" }]`,
      '2:17: nodes[0].name is "a b"; expected letters, digits and _ . : - only',
    ],
    [
      "a node's address with a port",
      `${MASTERS}nodes: [{ name: n, address: "n:1936" }]`,
      '2:29: nodes[0].address is "n:1936"; expected a host name or IP address without a port (the port is stats.port)',
    ],
    [
      "an address whose numbers have zeros in front",
      `${MASTERS}nodes: [{ name: "n[01:02]", address: "10.8.0.[01:02]" }]`,
      '2:38: nodes[0].address is "10.8.0.01"; expected numbers without zeros in front, as in 10.8.0.[1:9]',
    ],
    [
      "a name that can be no address, where there is none",
      `${MASTERS}nodes: [{ name: "n.[1:2]" }]`,
      '2:17: nodes[0].name is "n.1", which is no host; expected an address beside it',
    ],
    [
      "an address that is none",
      `${MASTERS}nodes: [{ name: n, address: 10.8.0.300 }]`,
      '2:29: nodes[0].address is "10.8.0.300"; expected a host name or IP address without a port (the port is stats.port)',
    ],
    [
      "a master's port out of range",
      `masters: [{ name: m, address: "m:99999" }]\nnodes: [{ name: n }]`,
      '1:31: masters[0].address is "m:99999"; expected a host or host:port such as master-1:6443',
    ],
    [
      "an ssh destination that is an option",
      `${MASTERS}nodes: [{ name: n, ssh: -oProxyCommand=x }]`,
      '2:25: nodes[0].ssh is "-oProxyCommand=x"; expected a destination such as ops@edge-1 (no blanks, no leading dash)',
    ],
    [
      "a label that is a number",
      `${MASTERS}nodes: [{ name: n, labels: { rack: 7 } }]`,
      "2:36: nodes[0].labels.rack is the number 7; expected text (write numbers, yes and no in quotes)",
    ],
    [
      "a label with a blank",
      `${MASTERS}nodes: [{ name: n, labels: { rack: "a b" } }]`,
      '2:36: nodes[0].labels.rack is "a b"; expected letters, digits and _ . : / + - only',
    ],
    [
      "a bad label name",
      `${MASTERS}nodes: [{ name: n, labels: { "a=b": x } }]`,
      '2:30: nodes[0].labels."a=b": a label name holds letters, digits, dot, dash, underscore and slash only',
    ],
    ["a node without a name", `${MASTERS}nodes: [{ address: n }]`, "2:9: nodes[0].name is missing; expected a name"],
    [
      "a node that is a word",
      `${MASTERS}nodes: [edge]`,
      "2:9: nodes[0] is a text; expected a mapping such as { name: node01, address: 10.8.0.11 }",
    ],
    ["no nodes", MASTERS, "1:1: nodes is missing; expected a list of nodes"],
    ["an empty list of nodes", `${MASTERS}nodes: []`, "2:8: nodes is an empty list; expected at least one node"],
    ["nodes with nothing behind them", `${MASTERS}nodes:`, "2:7: nodes is missing; expected a list of nodes"],
    ["an empty file", "", "1:1: the file is empty; expected a mapping that holds at least masters and nodes"],
    [
      "a file of comments",
      "# nothing yet\n",
      "1:1: the file is empty; expected a mapping that holds at least masters and nodes",
    ],
    ["a list at the top", "- a\n", "1:1: the file is a list; expected a mapping that holds at least masters and nodes"],
    [
      "a password of an unknown form",
      `${SOUND}stats: { password: { envv: X } }`,
      '3:22: unknown key "envv" in stats.password; expected env, file, command; did you mean "env"?',
    ],
    [
      "a password file without a path",
      `${SOUND}stats: { password: { file: 7 } }`,
      "3:28: stats.password.file is a number (not shown); expected the path of a file",
    ],
    [
      "a password command that is a text",
      `${SOUND}stats: { password: { command: pass show lb } }`,
      "3:31: stats.password.command is a text (not shown); expected a list of the program and its arguments, as in [pass, show, lb]",
    ],
    [
      "a password that is a number",
      `${SOUND}stats: { password: 12345 }`,
      "3:20: stats.password is a number (not shown); expected { env: NAME }, { file: path }, { command: [program, argument…] }, or the password itself (works, and warns)",
    ],
    [
      "a password with nothing behind it",
      `${SOUND}stats: { password: }`,
      "3:20: stats.password is empty; expected { env: NAME }, { file: path }, { command: [program, argument…] }, or the password itself (works, and warns)",
    ],
    [
      "tls with nothing behind it",
      `${SOUND}stats: { tls: }`,
      "3:15: stats.tls is empty; expected a mapping of ca, cert, key, servername, insecure, enabled ({} is https with the system's authorities)",
    ],
    [
      "a certificate without its key",
      `${SOUND}stats: { tls: { cert: c.pem } }`,
      "3:17: stats.tls has cert without key; expected both",
    ],
    [
      "a frontend without a port",
      `${SOUND}frontend: { bind: 127.0.0.1 }`,
      '3:19: frontend.bind is "127.0.0.1"; expected address:port such as 127.0.0.1:16443',
    ],
    [
      "a key that stands twice",
      `${SOUND}cluster: a\ncluster: b\n`,
      "4:1: this key stands twice in one mapping; expected each key once",
    ],
    ["a tab", `${MASTERS}nodes:\n\t- { name: n }\n`, "3:1: a tab indents this line; expected spaces"],
    ["a quote that is not closed", `${SOUND}cluster: "a\n`, "4:1: the text ends before a quote is closed"],
    ["an alias without an anchor", `${SOUND}stats: *none\n`, "3:8: the alias *none has no anchor &none before it"],
    ["a value inside itself", `${MASTERS}nodes: &n [*n]\n`, "1:1: nested too deeply, or inside itself by an alias"],
    [
      "a second document",
      `${SOUND}---\n${SOUND}`,
      "3:1: a second document begins here; expected one fleet in one file",
    ],
    [
      "a tag",
      `${SOUND}cluster: !secret x\n`,
      "3:10: a tag (!…) that means nothing here; expected plain text, lists and mappings",
    ],
  ])("refuses %s", async (_what, text, expected) => {
    expect(await refusal(text)).toBe(expected);
  });

  it.each([
    ["K3S_LB_STATS_PORT", "http", 'stats.port is "http"; expected a port from 1 to 65535'],
    ["K3S_LB_STATS_PORT", "70000", "stats.port is the number 70000; expected a port from 1 to 65535"],
    ["K3S_LB_POLL_INTERVAL", "2", "poll.interval is the number 2; expected a duration with its unit: 2s or 2ms"],
    ["K3S_LB_ADMIN_VIA", "sssh", 'admin.via is "sssh"; expected one of auto, http, ssh, socket; did you mean "ssh"?'],
    [
      "K3S_LB_POLL_TIMEOUT",
      "3s",
      "poll: the timeout 3s is longer than the interval 2s; expected a timeout of at most the interval",
    ],
  ])("names the variable of a bad override: %s=%s", async (name, value, text) => {
    expect(await refusal(SOUND, { [name]: value })).toBe(`${name} (environment): ${text}`);
  });
});
