import { describe, expect, it } from "vitest";
import { rules } from "../../src/lint/rules.ts";
import { formatLintSarif } from "../../src/output/lint-sarif.ts";
import { changed, findingsOf } from "../support/lint.ts";

const text = changed("  timeout tunnel 24h\n", "").replace(
  "  option tcplog\n",
  "  # k3s-lb: allow LB014 no logs here\n",
);

type Log = {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly name: string }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }[];
};

const log = (uriOf: (file: string) => string): Log =>
  JSON.parse(formatLintSarif(findingsOf(text), { rules, toolVersion: "0.1.0", uriOf }));

describe("formatLintSarif", () => {
  it("prints a SARIF 2.1.0 log whose results point into its rules", () => {
    const { version, runs } = log((file) => file);
    expect([version, runs.length]).toEqual(["2.1.0", 1]);
    const [run] = runs;
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    expect(run?.tool.driver.rules[1]).toEqual({
      id: "LB010",
      name: "TunnelTimeout",
      shortDescription: { text: "Sessions that are cut after less than 10 minutes of silence." },
      fullDescription: { text: expect.stringMatching(/^Watches, .*\.$/) },
      help: { text: "Write: timeout tunnel 24h" },
      defaultConfiguration: { level: "error" },
    });
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  it("suppresses what a comment allows, with its reason, and places findings by line and section", () => {
    expect(log((file) => file).runs[0]?.results).toMatchInlineSnapshot(`
      [
        {
          "level": "note",
          "locations": [
            {
              "logicalLocations": [
                {
                  "fullyQualifiedName": "frontend api",
                  "kind": "object",
                },
              ],
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "haproxy.cfg",
                  "uriBaseId": "%SRCROOT%",
                },
                "region": {
                  "startLine": 28,
                },
              },
            },
          ],
          "message": {
            "text": "No option tcplog. The log says nothing of which master a connection went to, how long it took and who ended it. Write: option tcplog",
          },
          "ruleId": "LB014",
          "ruleIndex": 5,
          "suppressions": [
            {
              "justification": "no logs here",
              "kind": "inSource",
            },
          ],
        },
        {
          "level": "error",
          "locations": [
            {
              "logicalLocations": [
                {
                  "fullyQualifiedName": "backend masters",
                  "kind": "object",
                },
              ],
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "haproxy.cfg",
                  "uriBaseId": "%SRCROOT%",
                },
                "region": {
                  "startLine": 35,
                },
              },
            },
          ],
          "message": {
            "text": "No timeout tunnel, and timeout server (line 12) cuts a session that is silent for 50 s. Watches, kubectl exec and the agents' tunnels are silent for longer; each cut breaks one and logs no error. Write: timeout tunnel 24h",
          },
          "ruleId": "LB010",
          "ruleIndex": 1,
        },
      ]
    `);
  });

  it("gives a file outside of the working directory by its whole address", () => {
    const [result] = log(() => "file:///etc/haproxy.cfg").runs[0]?.results ?? [];
    expect(result).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri: "file:///etc/haproxy.cfg" } } }],
    });
    expect(JSON.stringify(result)).not.toContain("SRCROOT");
  });
});
