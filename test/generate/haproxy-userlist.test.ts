import { describe, expect, it } from "vitest";
import type { SecretForm } from "../../src/generate/generate-input.ts";
import { hashesFor } from "../support/any-input.ts";
import { inputOf } from "../support/generate-input.ts";
import { linesOf, linesWith } from "../support/haproxy-lines.ts";

const group = { kind: "group" } as const;

describe("userlistSection", () => {
  it("has a second user in group admin where only that group may give orders", () => {
    expect(linesOf(inputOf({ haproxy: { admin: group } }), "userlist")).toEqual([
      `user admin insecure-password "\${K3S_LB_STATS_PASSWORD}"`,
      `user k3s-lb-admin insecure-password "\${K3S_LB_ADMIN_PASSWORD}" groups admin`,
      "group admin",
    ]);
    expect(linesWith(inputOf({ haproxy: { admin: group } }), "global", ".if")).toEqual([
      ".if !defined(K3S_LB_STATS_PASSWORD)",
      ".if !defined(K3S_LB_ADMIN_PASSWORD)",
    ]);
  });

  it("writes hashes where they are given, and guards no variable then", () => {
    const input = inputOf({ haproxy: { admin: group }, secrets: hashesFor("admin") });
    expect(linesOf(input, "userlist").map((line) => line.replace(/\$5\S+/, "HASH"))).toEqual([
      "user admin password HASH",
      "user k3s-lb-admin password HASH groups admin",
      "group admin",
    ]);
    expect(linesWith(input, "global", "K3S_LB")).toEqual([]);
    expect(linesWith(input, "listen", "env(")).toEqual([]);
  });

  it("has the guard itself where the file's global is not ours", () => {
    expect(linesOf(inputOf({ sectionsOnly: true }), "userlist")).toEqual([
      ".if !defined(K3S_LB_STATS_PASSWORD)",
      '.alert "K3S_LB_STATS_PASSWORD is not set: put it into /etc/default/haproxy (owner root, mode 0600)"',
      ".endif",
      `user admin insecure-password "\${K3S_LB_STATS_PASSWORD}"`,
    ]);
  });

  it.each(["", "secret", "$6$x", "$5$salt$hash with blanks and more of it", `$5$salt$${"a".repeat(30)}\nuser x`])(
    "refuses %j for a hash, without showing it",
    (hash) => {
      const secrets: SecretForm = { kind: "hash", hashes: { admin: hash } };
      expect(() => linesOf(inputOf({ secrets }), "userlist")).toThrow(
        'there is no hash of the password of "admin", as crypt(3) writes them ($5$…)',
      );
    },
  );

  it("refuses the name of the user in the group for the one who watches", () => {
    const parts = { haproxy: { admin: group }, stats: { username: "k3s-lb-admin" } };
    expect(() => linesOf(inputOf(parts), "userlist")).toThrow(/stats.username is k3s-lb-admin/);
  });
});
