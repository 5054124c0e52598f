import { expect, it } from "vitest";
import { roleVariablesOf } from "../../src/generate/ansible-haproxy.ts";
import { formatAnsibleYaml } from "../../src/generate/ansible-yaml.ts";
import type { HaproxySection } from "../../src/generate/haproxy-section.ts";
import { renderWithRole, skipsAnsible } from "../support/ansible.ts";
import { startHaproxy } from "../support/haproxy-process.ts";
import { skipsRealHaproxy } from "../support/real-haproxy.ts";
import { tempDir } from "../support/temp-dir.ts";

const isSkipped = skipsAnsible() || skipsRealHaproxy();

const passwords = [
  "plain",
  "two words",
  "it's 'quoted' \"twice\"",
  "'",
  "#no comment",
  "$HOME $" + "{PATH}",
  "back\\slash\\",
  "{{ 7 * 7 }} {% x %}",
  "ümlaut 漢",
  "4711",
];

const wordsOf = (...lines: readonly string[]) => lines.map((line) => ({ words: line.split(" ") }));

const section = (keyword: HaproxySection["keyword"], name: string, ...lines: readonly string[]): HaproxySection => ({
  keyword,
  name,
  lines: wordsOf(...lines),
});

/** A listener that answers 200 to every user of a userlist, as Ansible writes it with the passwords of the vault. */
async function configOf(port: number): Promise<string> {
  const sections = [
    section("global", ""),
    section("defaults", "", "mode http", "timeout connect 1s", "timeout client 5s", "timeout server 5s"),
    section("userlist", "k3s-lb", ...passwords.map((_, at) => `user u${at} insecure-password PASSWORD${at}`)),
    section(
      "listen",
      "door",
      `bind 127.0.0.1:${port}`,
      "mode http",
      "http-request auth realm k3s-lb unless { http_auth(k3s-lb) }",
      "http-request return status 200",
    ),
  ];
  const entries = roleVariablesOf(sections, (word) => ({ variable: `vault_${word.toLowerCase()}`, isHash: false }));
  const files = [{ path: "group_vars/k3s_cluster/k3s-lb.yml", text: formatAnsibleYaml([], { kind: "map", entries }) }];
  const extra = Object.fromEntries(
    passwords.map((password, at) => [
      `vault_password${at}`,
      password === "4711" ? 4711 : { __ansible_unsafe: password },
    ]),
  );
  const texts = await renderWithRole(await tempDir(), [{ group: "k3s_cluster", hosts: ["node01"], files, extra }]);
  return texts.get("node01") ?? "";
}

it.skipIf(isSkipped)(
  "lets HAProxy take every password from the vault for what it is",
  { timeout: 60_000 },
  async () => {
    const port = await startHaproxy(configOf);
    const statusOf = async (user: string, password: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
      return (await fetch(`http://127.0.0.1:${port}/`, { headers: { authorization } })).status;
    };
    const statuses = await Promise.all(passwords.map((password, at) => statusOf(`u${at}`, password)));
    expect(statuses).toEqual(passwords.map(() => 200));
    expect(await statusOf("u0", "plain ")).toBe(401);
  },
);
