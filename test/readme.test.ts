import { readdirSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { createProgram } from "../src/cli.ts";
import { type AdminWord, exitCodeOf } from "../src/domain/admin-verdict.ts";
import { doctorChecks } from "../src/domain/doctor-finding.ts";
import type { LintRuleText } from "../src/domain/lint-report.ts";
import { rules } from "../src/lint/rules.ts";
import { OUTCOME_ORDER } from "../src/output/admin-words.ts";
import { doctorReportJsonSchema } from "../src/output/doctor-report-schema.ts";
import { fleetStatusJsonSchema } from "../src/output/fleet-status-schema.ts";
import { lintReportJsonSchema } from "../src/output/lint-report-schema.ts";
import { createFakeShell } from "./support/fake-shell.ts";
import { loadText } from "./support/fleet-file.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The text under a heading, up to the next one of the same or a higher level. */
function section(heading: string): string {
  const [, marks = "", rest = ""] = new RegExp(`^(#+) ${heading}\n(.*)`, "ms").exec(readme) ?? [];
  return rest.split(new RegExp(`^#{1,${marks.length}} `, "m"))[0] ?? "";
}

/** The words in backquotes that stand in the first column of the tables of a section. */
function firstColumn(heading: string): readonly string[] {
  const rows = section(heading).match(/^\| `.*$/gm) ?? [];
  return rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word));
}

type Schema = { readonly properties?: Record<string, Schema>; readonly items?: Schema; readonly enum?: string[] };
const schema: Schema = fleetStatusJsonSchema();
const inList = (list: string): Record<string, Schema> => schema.properties?.[list]?.items?.properties ?? {};

describe("the README", () => {
  it("begins with a fleet file that is sound as it stands", async () => {
    const example = /```yaml\n(.*?)```/s.exec(section("Start in a minute"))?.[1] ?? "";
    const { fleet, warnings } = await loadText(example, { K3S_LB_PASSWORD: "x" });
    expect([fleet.masters.length, fleet.nodes.length, fleet.backend]).toEqual([3, 38, "k8s-de1-kube-api"]);
    expect(warnings).toEqual([]);
  });

  it("shows a newcomer what writes the fleet file, before the one by hand", () => {
    const start = section("Start in a minute");
    expect(start.split("```yaml")[0]).toContain("\nk3s-lb init ");
  });

  it("says once what leaves the machine", () => {
    expect(section("What leaves this machine").match(/no telemetry/g)).toHaveLength(1);
  });

  it("explains every kind of problem, every verdict and every state of a node, and none that there is not", () => {
    const verdicts = inList("masters")["verdict"]?.enum ?? [];
    const kinds = inList("problems")["kind"]?.enum ?? [];
    expect(kinds.length).toBeGreaterThan(10);
    expect(firstColumn("Verdicts and problems").toSorted()).toEqual([...verdicts, ...kinds].toSorted());
    expect(firstColumn("Emergency: what to do now").toSorted()).toEqual(verdicts.toSorted());
    const sources = ["stats", "metrics", "auto"];
    const states = inList("nodes")["state"]?.enum ?? [];
    expect(firstColumn("Reading a node").toSorted()).toEqual([...sources, ...states].toSorted());
  });

  it("names every key of the JSON", () => {
    const text = section("JSON and schemas");
    const lists = ["masters", "nodes", "problems"];
    const servers = inList("nodes")["servers"]?.items?.properties;
    const keys = [...lists.map(inList), servers, inList("nodes")["failure"]?.properties]
      .flatMap((properties) => Object.keys(properties ?? {}))
      .concat(Object.keys(schema.properties ?? {}).filter((key) => !lists.includes(key)));
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !text.includes(`\`${key}\``) && !text.includes(`\`${key}:`))).toEqual([]);
  });

  it("names every command and every flag", () => {
    const withChildren = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(withChildren)];
    const commands = withChildren(createProgram(createFakeShell().shell));
    const flags = commands.flatMap(({ options }) => options.flatMap(({ long }) => long ?? []));
    expect(flags.length).toBeGreaterThan(20);
    expect([...new Set(flags)].filter((flag) => !new RegExp(`${flag}(?![\\w-])`).test(readme))).toEqual([]);
    const table = section("Commands");
    expect(commands.map((command) => command.name()).filter((name) => !table.includes(name))).toEqual([]);
  });

  it("explains every outcome of an order, in the order in which they are told", () => {
    expect(firstColumn("Outcomes").filter((word) => !word.startsWith("-"))).toEqual(OUTCOME_ORDER);
  });

  it("names every exit code of an action", () => {
    const codes = [...section("Acting").matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    const words: readonly AdminWord[] = ["verified", "failed", "guarded", "partial", "timed-out", "interrupted"];
    expect(codes).toEqual([...words.map(exitCodeOf), 2].toSorted((a, b) => a - b));
  });

  it("explains every check of doctor with the question that it asks, in their order", () => {
    const rows = [...section("doctor").matchAll(/^\| `([\w-]+)` \| (.*?) \|/gm)].map(([, name, asks]) => ({
      name,
      asks,
    }));
    expect(rows).toEqual(doctorChecks);
  });

  it("names every key of a DoctorReport", () => {
    const text = section("JSON and schemas");
    const { properties = {} }: Schema = doctorReportJsonSchema();
    const node = properties["nodes"]?.items?.properties ?? {};
    const check = node["checks"]?.items?.properties ?? {};
    const keys = [properties, node, check].flatMap(Object.keys).filter((key) => key !== "nodes");
    expect(keys.filter((key) => !text.includes(`\`${key}\``) && !text.includes(`\`${key}:`))).toEqual([]);
  });

  it("tells of every rule of lint what it finds, how bad that is and why it hurts", () => {
    const rows = section("lint").match(/^\| `LB.*$/gm) ?? [];
    const cells = ({ id, name, severity, finds, reason }: LintRuleText) => [
      `\`${id}\` ${name}`,
      severity,
      finds,
      reason,
    ];
    expect(rows).toEqual(rules.map((rule) => `| ${cells(rule).join(" | ")} |`));
  });

  it("names every key of a LintReport", () => {
    const { properties, $defs } = lintReportJsonSchema() as Schema & { readonly $defs?: unknown };
    const keys = [properties ?? {}, properties?.["findings"]?.items?.properties ?? {}].flatMap((one) =>
      Object.keys(one),
    );
    expect([keys.length, $defs]).toEqual([17, undefined]);
    const text = section("JSON and schemas");
    expect(keys.filter((key) => !text.includes(`\`${key}`))).toEqual([]);
  });

  it("has a word for every room of the house", () => {
    const rooms = readdirSync(new URL("../src", import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}`);
    expect(firstColumn("The house")).toEqual(expect.arrayContaining(rooms));
  });

  it("links to headings that are there", () => {
    const anchors = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    const links = [...readme.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(5);
    expect(anchors).toEqual(expect.arrayContaining(links));
  });
});
