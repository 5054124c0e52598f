import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

describe("schema", () => {
  it.each([
    [["schema"]],
    [["schema", "fleet"]],
    [["schema", "top"]],
    [["schema", "status"]],
    [["schema", "admin"]],
    [["schema", "history"]],
    [["schema", "doctor"]],
    [["schema", "lint"]],
    [["schema", "event"]],
  ])("%j prints a sound JSON Schema", async (argv) => {
    const { code, stdout } = await runCli(argv, { cwd: "/" });
    expect(code).toBe(0);
    expect(new Ajv2020({ strict: false }).validateSchema(JSON.parse(stdout))).toBe(true);
  });

  it("names the schemas there are when asked for another", async () => {
    const { code, stderr } = await runCli(["schema", "fleat"], { cwd: "/" });
    expect(code).toBe(2);
    expect(stderr).toContain("Allowed choices are fleet, top, status, admin, history, doctor, lint, event");
  });
});
