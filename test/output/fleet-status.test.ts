import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { toFleetStatus } from "../../src/output/fleet-status.ts";
import { fleetStatusJsonSchema } from "../../src/output/fleet-status-schema.ts";
import { formatJson, formatJsonLine } from "../../src/output/status-json.ts";
import { formatNames } from "../../src/output/status-name.ts";
import { formatYaml } from "../../src/output/status-yaml.ts";
import { aCell, aFleetView, aNode, aTroubledFleetView, MASTERS } from "../support/fleet-view.ts";

const at = "2026-11-22T05:00:00.000Z";
const troubled = toFleetStatus(aTroubledFleetView(), at);

/** Strict, and closed against keys that the schema does not name: what is printed must be published. */
function validate(value: unknown): unknown {
  const closed = JSON.parse(JSON.stringify(fleetStatusJsonSchema()), (key, each: unknown) =>
    key === "additionalProperties" && JSON.stringify(each) === "{}" ? false : each,
  );
  const ajv = new Ajv2020({ strict: true, allErrors: true, formats: { "date-time": true } });
  ajv.validate(closed, value);
  return ajv.errors;
}

describe("toFleetStatus", () => {
  it("has the keys of the contract in its order, then its own", () => {
    const [node] = troubled.nodes;
    const [master] = troubled.masters;
    expect(Object.keys(troubled)).toEqual(
      "apiVersion kind cluster at severity summary masters nodes problems".split(" "),
    );
    expect(Object.keys(master ?? {})).toEqual(
      "name address verdict severity reason nodes sessions pinnedSessions check checkMs drift drainPending intent".split(
        " ",
      ),
    );
    expect(node).toMatchObject({ name: "node01", address: "10.8.0.11", state: "fresh", ageMs: 120, usableMasters: 3 });
    expect(node?.servers[0]).toMatchObject({
      backend: "k8s-de1-kube-api",
      server: "k8s-de1-master-1",
      status: "UP",
      health: "up",
      admin: "ready",
      check_status: "L7OK",
      check_code: 401,
      check_duration: 3,
      last_chk: null,
      scur: 4,
    });
  });

  it("says null for what is not known, never 0", () => {
    const dead = troubled.nodes.find((node) => node.name === "node04");
    expect(dead).toMatchObject({ ageMs: null, usableMasters: null, version: null, source: null, servers: [] });
    expect(dead?.failure).toEqual({
      kind: "unreachable",
      detail: "connection refused",
      text: "does not answer: connection refused",
      hint: "Is HAProxy running there?",
      forMs: 12_000,
    });
    const bare = { checkCode: undefined, sessions: undefined, weight: undefined };
    const view = aFleetView({ nodes: [aNode({ cells: [aCell("up", MASTERS[0], bare)] })] });
    expect(toFleetStatus(view, at).nodes[0]?.servers[0]).toMatchObject({ check_code: null, scur: null, weight: null });
  });

  it("validates against the published schema, with no key that is not published", () => {
    expect(validate(JSON.parse(formatJson(troubled)))).toBeNull();
    expect(validate(JSON.parse(formatJson(toFleetStatus(aFleetView(), at))))).toBeNull();
  });

  it("is refused by the schema when a word or a key is wrong", () => {
    expect(validate({ ...troubled, severity: "FINE" })).not.toBeNull();
    expect(validate({ ...troubled, extra: 1 })).not.toBeNull();
    expect(validate({ ...troubled, nodes: [{ ...troubled.nodes[0], usableMasters: undefined }] })).not.toBeNull();
  });
});

describe("fleetStatusJsonSchema", () => {
  it("changes only on purpose", async () => {
    const text = `${JSON.stringify(fleetStatusJsonSchema(), undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../fixtures/schema/fleet-status.schema.json");
  });
});

describe("the formats of the object", () => {
  it("is one line in jsonl", () => {
    expect(formatJsonLine(troubled)).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(formatJsonLine(troubled))).toEqual(JSON.parse(formatJson(troubled)));
  });

  it("reads back the same from yaml, document by document", () => {
    const documents = parseAllDocuments(formatYaml(troubled) + formatYaml(troubled));
    expect(documents).toHaveLength(2);
    for (const document of documents) expect((document as { toJS(): unknown }).toJS()).toEqual(troubled);
  });

  it("lists masters by name", () => {
    expect(formatNames(aFleetView())).toBe("k8s-de1-master-1\nk8s-de1-master-2\nk8s-de1-master-3\n");
  });
});
