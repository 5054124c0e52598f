import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import type { Fleet } from "../../src/domain/inventory.ts";
import { generateChangeOver } from "../../src/generate/change-over.ts";
import { generateFirewall } from "../../src/generate/firewall.ts";
import { generateK3s } from "../../src/generate/k3s.ts";
import { generateRbac } from "../../src/generate/rbac.ts";
import { fleetOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";

const { check } = fleetOf();
const fleets: readonly Partial<Fleet>[] = [
  {},
  { check: { ...check, expect: 200 } },
  { check: { ...check, expect: "migrate", cert: "/etc/haproxy/c.pem" } },
];
const files = fleets.flatMap((fleet) =>
  [generateK3s, generateRbac, generateChangeOver, generateFirewall].flatMap((generate) => generate(inputOf({ fleet }))),
);

describe("the files for masters and nodes", () => {
  it("hold nothing that a template of Ansible would read as its own", () => {
    expect(files.filter(({ text }) => /\{\{|\{%|\{#/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("end with a line end and have no blanks at the ends of lines", () => {
    expect(files.filter(({ text }) => !text.endsWith("\n") || /[ \t]$/m.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it("hold no password, and no name of where one is", () => {
    expect(files.filter(({ text }) => /\bPW\b|password/i.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("are YAML as both its versions read it", () => {
    for (const { text } of files.filter(({ path }) => path.endsWith(".yaml"))) {
      const read = (["1.1", "1.2"] as const).map((version) =>
        parseAllDocuments(text, { version }).map((document) => [document.errors, document.toJS()]),
      );
      expect(read[0]).toEqual(read[1]);
      expect(read[0]?.every(([errors]) => (errors as unknown[]).length === 0)).toBe(true);
    }
  });
});
