import { describe, expect, it } from "vitest";
import { createAdminStage } from "../support/admin-stage.ts";

/** One node whose master-1 is out of service or in it, with four sessions that end some time after they are told to. */
async function closing(status: string, endsAfterMs: number | undefined) {
  const stage = await createAdminStage({ nodes: 1 });
  stage.fake.server("node01", "master-1").status = status;
  stage.fake.get("node01").behaviour = {
    actsAfterMs: endsAfterMs,
    reply: { kind: "answered", st: "DONE" },
    answersAfterMs: 5,
  };
  await stage.sweep();
  const run = await stage.run(stage.plan({ action: "shutdown" }));
  return { ...run.results[0], orders: stage.fake.orders.length };
}

describe("reading back sessions that were to be closed", () => {
  it("looks again where none can come anew, as a busy HAProxy counts them a moment longer", async () => {
    expect(await closing("DRAIN", 300)).toMatchObject({ outcome: "verified", detail: "closed 4 sessions", orders: 1 });
    expect(await closing("DOWN", 300)).toMatchObject({ outcome: "verified", detail: "closed 4 sessions", orders: 1 });
  });

  it("says what is left after a second of it", async () => {
    const { detail, ms = 0, outcome } = await closing("DRAIN", undefined);
    expect([outcome, detail]).toEqual([
      "accepted",
      "HAProxy said done, but there are 4 sessions now: clients came back at once",
    ]);
    expect(ms).toBeGreaterThan(1_000);
    expect(ms).toBeLessThan(2_500);
  });

  it("looks once at a server that takes connections: there are always new ones", async () => {
    const { ms, outcome } = await closing("UP", undefined);
    expect([outcome, ms]).toEqual(["accepted", 7]);
  });
});
