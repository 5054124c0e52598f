import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import { describeHaproxy, makeWell } from "../support/describe-haproxy.ts";
import { runProgram } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";

type Answer = {
  readonly severity: string;
  readonly masters: readonly { readonly name: string; readonly verdict: string; readonly check: string }[];
  readonly problems: readonly { readonly kind: string; readonly severity: string; readonly text: string }[];
};

describeHaproxy("what the built program says", (get) => {
  beforeEach(() => makeWell(get()));

  const status = async (source: "stats" | "metrics"): Promise<Answer & { readonly code: number | null }> => {
    const config = join(await tempDir(), "k3s-lb.yaml");
    await writeFile(
      config,
      `cluster: k8s-de1
masters:
  - { name: k8s-de1-master-1, address: "master-1:6443" }
  - { name: k8s-de1-master-2, address: "master-2:6443" }
  - { name: k8s-de1-master-3, address: "master-3:6443" }
nodes: [{ name: node01, address: ${get().host} }]
backend: k8s-de1-kube-api
stats: { port: ${get().port}, username: admin, password: { env: PASSWORD_OF_THE_TEST } }
poll: { source: ${source} }
`,
    );
    const run = await runProgram(["--config", config, "status", "-o", "json"], {
      env: { PASSWORD_OF_THE_TEST: get().password },
    });
    return { ...(JSON.parse(run.stdout) as Answer), code: run.code };
  };

  it.each(["stats", "metrics"] as const)("is OK by %s when all is well", async (source) => {
    // A check that is running at that moment has no code yet, and /metrics does not tell the last one.
    await expect
      .poll(() => status(source), { timeout: 10_000 })
      .toMatchObject({
        code: 0,
        severity: "OK",
        masters: [1, 2, 3].map((n) => ({ name: `k8s-de1-master-${n}`, verdict: "up", check: "weak" })),
        problems: [],
      });
  });

  it.each(["stats", "metrics"] as const)("names by %s one master down, one drained and one up", async (source) => {
    await get().answer(1, statusAnswer(500, "Internal Server Error", 0));
    await get().ask("POST", "/", "s=k8s-de1-master-2&action=drain&b=k8s-de1-kube-api");
    await get().statuses(1, "DOWN");
    await get().until((rows) => rows.every((row) => !row["check_status"]?.startsWith("*")));
    const answer = await status(source);
    expect(answer.masters.map((master) => master.verdict)).toEqual(["down", "drained", "up"]);
    expect(answer.problems.filter((problem) => problem.kind === "master-down")).toEqual([
      expect.objectContaining({ text: expect.stringContaining("k8s-de1-master-1 is down") }),
    ]);
    expect(answer.problems.find((problem) => problem.kind === "master-down")?.text).toContain("500");
    expect(answer.severity).not.toBe("OK");
  });
});
