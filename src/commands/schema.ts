import { Argument, type Command } from "commander";
import { action, print, type Shell } from "./shell.ts";

/** A document that has a JSON Schema. The schema is made when it is asked for. */
type PublishedSchema = {
  readonly name: string;
  readonly description: string;
  load(): Promise<Readonly<Record<string, unknown>>>;
};

const SCHEMAS: readonly PublishedSchema[] = [
  {
    name: "fleet",
    description: "the fleet file, for editors",
    load: async () => (await import("../domain/fleet-schema.ts")).fleetFileJsonSchema(),
  },
  {
    name: "top",
    description: "a person's settings of top, for editors",
    load: async () => (await import("../ui/settings-schema.ts")).settingsJsonSchema(),
  },
  {
    name: "status",
    description: "the FleetStatus that status -o json prints",
    load: async () => (await import("../output/fleet-status-schema.ts")).fleetStatusJsonSchema(),
  },
  {
    name: "admin",
    description: "the AdminResult, AdminPlan and step Event that the actions print with -o json and jsonl",
    load: async () => (await import("../output/admin-result-schema.ts")).adminResultJsonSchema(),
  },
  {
    name: "history",
    description: "the History and Operation that history prints with -o json and jsonl",
    load: async () => (await import("../output/history-schema.ts")).historyJsonSchema(),
  },
  {
    name: "doctor",
    description: "the DoctorReport that doctor -o json prints",
    load: async () => (await import("../output/doctor-report-schema.ts")).doctorReportJsonSchema(),
  },
  {
    name: "lint",
    description: "the LintReport that lint -o json prints",
    load: async () => (await import("../output/lint-report-schema.ts")).lintReportJsonSchema(),
  },
  {
    name: "event",
    description: "the Event that watch prints with -o jsonl, and that on_event is given",
    load: async () => (await import("../output/event-schema.ts")).eventJsonSchema(),
  },
];

/** `schema [name]`: prints a JSON Schema. */
export function addSchemaCommand(program: Command, shell: Shell): void {
  const names = SCHEMAS.map(({ name }) => name);
  const list = SCHEMAS.map(({ name, description }) => `${name}: ${description}`).join("; ");
  program
    .command("schema")
    .description("print the JSON Schema of a file or of an output")
    .addArgument(new Argument("[name]", list).choices(names).default("fleet"))
    .action(
      action(shell, async (name: string) => {
        const schema = await SCHEMAS.find((one) => one.name === name)?.load();
        await print(shell, `${JSON.stringify(schema, null, 2)}\n`);
        return 0;
      }),
    )
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  k3s-lb schema > k3s-lb.schema.json
      and as the first line of the fleet file, for editors with the YAML language server:
      # yaml-language-server: $schema=k3s-lb.schema.json
  k3s-lb schema status | jq .properties.severity`;
