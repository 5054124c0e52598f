import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoStage, openDemoStage } from "../support/demo-stage.ts";
import { runProgram } from "../support/program.ts";
import { openShell } from "../support/pty-shell.ts";
import { isRestored } from "../support/top-stage.ts";

let stage: DemoStage;

beforeAll(async () => {
  stage = await openDemoStage(3);
});

afterAll(() => stage.close());

const readOnly = { K3S_LB_ADMIN_READ_ONLY: "true" };

describe("a fleet that is read-only", () => {
  it("is not acted on, whatever is confirmed, and its plan can be seen", async () => {
    const argv = ["--config", stage.config, "drain", "master-2"];
    const refused = await runProgram([...argv, "--yes"], { env: readOnly });
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      2,
      "",
      "k3s-lb: k8s-de1 is read-only by its fleet file (admin.read_only); nothing was sent\n" +
        "  --dry-run shows the plan; K3S_LB_ADMIN_READ_ONLY=false lets this one run through.\n",
    ]);
    const planned = await runProgram([...argv, "--dry-run"], { env: readOnly });
    expect([planned.code, planned.stdout]).toEqual([0, expect.stringContaining("DRAIN k8s-de1-master-2 on 3 nodes")]);
    expect(await stage.statesOf("k8s-de1-master-2")).toEqual(["UP", "UP", "UP"]);
  });

  it("has no actions in top", async () => {
    const shell = openShell({ env: readOnly });
    shell.run(`--config ${stage.config} top`);
    await shell.sees("3/3 fresh");
    shell.type(":arm\r");
    await shell.sees("Read-only: nothing can be changed from here.");
    shell.type("q");
    await isRestored(shell, 0);
  });
});
