import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { overridableKeys } from "../src/domain/fleet-schema.ts";
import { loadText, refusal, SOUND } from "./support/fleet-file.ts";

const README = await readFile(new URL("../README.md", import.meta.url), "utf8");
const SECTION = /^## Fleet file\n(.*?)(?=^## )/ms.exec(`${README}\n## `)?.[1] ?? "";
const EXAMPLE = /```yaml\n(.*?)```/s.exec(SECTION)?.[1] ?? "";

describe("the fleet file in the README", () => {
  it("is sound, with the comments as they are", async () => {
    const { fleet, warnings } = await loadText(EXAMPLE);
    expect(warnings).toEqual([]);
    expect([fleet.masters.length, fleet.nodes.length]).toEqual([3, 39]);
  });

  it("says the true defaults", async () => {
    const shown = await loadText(EXAMPLE);
    const bare = await loadText(SOUND);
    const { masters: _a, nodes: shownNodes, ...shownRest } = shown.fleet;
    const { masters: _b, nodes: bareNodes, ...bareRest } = bare.fleet;
    expect(shownRest).toEqual(bareRest);
    expect(shownNodes[0]?.poll).toEqual(bareNodes[0]?.poll);
    expect(shownNodes[0]?.admin).toEqual(bareNodes[0]?.admin);
    expect({ ...shownNodes[0]?.stats, password: undefined }).toEqual(bareNodes[0]?.stats);
  });

  it("names every key there is", () => {
    for (const { path } of overridableKeys()) expect(EXAMPLE).toMatch(new RegExp(`^[ #]*${path.at(-1)}:`, "m"));
  });

  it("is sound too where its comments are put in force", async () => {
    const tls = EXAMPLE.replace(/^ {2}# tls: \{\}.*\n/m, "").replace(/^ {2}# (tls:| {2}\w)/gm, "  $1");
    expect((await loadText(tls)).fleet.nodes[0]?.stats.tls?.servername).toBe("lb.internal");
    for (const [line = ""] of EXAMPLE.matchAll(/^ {2}# password: .*$/gm)) {
      const text = EXAMPLE.replace(/^ {2}password: .*$/m, line.replace("# ", ""));
      expect((await loadText(text, { HOME: "/home/ops" })).fleet.nodes[0]?.stats.password).toBeDefined();
    }
  });

  it("shows mistakes in the words that are really used", async () => {
    const file = `cluster: de1
masters:
  - { name: m1 }
nodes:
  - { name: "node[01:38]", address: "10.8.0.[11:47]" }
stats:
  password: { env: K3S_LB_PASSWORD }
admin: { via: auto }
poll: { intervall: 2s, timeout: 2 }
`;
    const lines = (await refusal(file)).split("\n").slice(1);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(SECTION).toContain(`k3s-lb.yaml:${line}\n`);
  });
});
