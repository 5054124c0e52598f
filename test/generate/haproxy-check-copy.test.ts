import { describe, expect, it } from "vitest";
import { haproxyCheckCopy, namesCertificates } from "../../src/generate/haproxy-check-copy.ts";

const places = { pem: "/t/pem", emptyFile: "/t/empty", stateFile: "/t/servers", uid: 7, gid: 8 };
const copy = (...lines: readonly string[]) => haproxyCheckCopy(lines.join("\n"), places).split("\n");

describe("haproxyCheckCopy", () => {
  it("replaces what belongs to the nodes, and keeps every line in its place", () => {
    expect(
      copy(
        "global",
        "  user haproxy",
        "  group haproxy",
        "  stats socket /run/haproxy/admin.sock mode 660 user haproxy group ops level admin",
        "  server-state-file /var/lib/k3s-lb-haproxy/servers",
        "defaults",
        "  errorfile 400 /etc/haproxy/errors/400.http",
        "userlist k3s-lb",
        "  user admin password $6$salt$hash",
        "listen stats",
        "  bind 0.0.0.0:1936 ssl crt /etc/haproxy/stats.pem",
        "backend api",
        "  # server old master-0:6443",
        "  default-server inter 1s ca-file /etc/ca.pem crt /etc/client.pem",
        "  server m1 master-1:6443 check ca-file /etc/ca.pem verify required",
        "  server m2 10.8.0.2:6443 check",
        "  server m3 [fd00::3]:6443 check",
        "  server m4 master-4 check",
      ),
    ).toEqual([
      "global",
      "  uid 7",
      "  gid 8",
      "  stats socket /run/haproxy/admin.sock mode 660 uid 7 gid 8 level admin",
      "  server-state-file /t/servers",
      "defaults",
      "  errorfile 400 /t/empty",
      "userlist k3s-lb",
      "  user admin password $6$salt$hash",
      "listen stats",
      "  bind 0.0.0.0:1936 ssl crt /t/pem",
      "backend api",
      "  # server old master-0:6443",
      "  default-server inter 1s ca-file /t/pem crt /t/pem",
      "  server m1 127.0.0.1:6443 check ca-file /t/pem verify required",
      "  server m2 10.8.0.2:6443 check",
      "  server m3 [fd00::3]:6443 check",
      "  server m4 127.0.0.1 check",
    ]);
  });
});

describe("namesCertificates", () => {
  it.each([
    ["  bind :1936 ssl crt /etc/x.pem", true],
    ["  server m1 master-1:6443 ca-file /etc/ca.pem", true],
    ["  # bind :1936 ssl crt /etc/x.pem", false],
    ["  server m1 master-1:6443 verify none", false],
  ])("%j: %s", (line, answer) => {
    expect(namesCertificates(`backend api\n${line}\n`)).toBe(answer);
    expect(namesCertificates(`backend api\n${line}\n`)).toBe(answer);
  });
});
