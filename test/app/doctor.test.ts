import { describe, expect, it } from "vitest";
import { type Examination, examine } from "../../src/app/doctor.ts";
import type { DoctorProbes } from "../../src/app/doctor-probes.ts";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { failureOf, pageOf, pageRows } from "../support/doctor-facts.ts";
import { createFakeProbes, type FakeProbes } from "../support/fake-probes.ts";
import { fleetOf, nodeOf } from "../support/fleet.ts";
import { createHandClock, type HandClock } from "../support/hand-clock.ts";

const { backend } = fleetOf();

type Begun = { readonly clock: HandClock; readonly examination: Examination; readonly probes: FakeProbes };

function begin(part: Partial<DoctorProbes> = {}, nodes: readonly FleetNode[] = [nodeOf("node01")]): Begun {
  const clock = createHandClock();
  const probes = createFakeProbes(part);
  const examination = examine({ nodes, backend, probes, clock, parallel: 8, limitMs: 5_000 });
  return { clock, probes, examination };
}

const names = ({ probes }: Begun) => probes.asked.map((line) => line.split(" ")[0]);
const never = () => new Promise<never>(() => undefined);

describe("examine", () => {
  it("asks a healthy node everything once, the sample's password only where the page wants one", async () => {
    const begun = begin();
    await begun.examination.ended;
    expect(names(begun).toSorted()).toEqual(
      "bare connect hasSample heading isHere metrics others page resolve right sample ssh".split(" "),
    );
    const open = begin({ bare: async () => ({ kind: "open" }) });
    await open.examination.ended;
    expect(names(open)).not.toContain("sample");
  });

  it("never tries the sample's password where it is the configured one", async () => {
    const begun = begin({ hasSample: async () => true });
    await begun.examination.ended;
    expect(names(begun)).not.toContain("sample");
    expect(begun.examination.facts()[0]?.sample).toBe("in-force");
  });

  it("asks nothing of a port that takes no connection, and tells ssh so", async () => {
    let told: boolean | undefined;
    const begun = begin({
      connect: async () => ({ ok: false, failure: failureOf("timeout", "no connection in time") }),
      ssh: async (_node, _deadlineMs, isSilent) => {
        told = isSilent;
        return { kind: "skipped", why: "left out" };
      },
    });
    await begun.examination.ended;
    expect(names(begun)).toEqual(["isHere", "hasSample", "resolve", "connect", "ssh", "others"]);
    expect(told).toBe(true);
  });

  it("does not connect to a name that does not resolve", async () => {
    const begun = begin({
      resolve: async () => ({ kind: "failed", failure: failureOf("dns", "name not found") }),
    });
    await begun.examination.ended;
    expect(names(begun)).not.toContain("connect");
  });

  it("looks again a second later where sessions run, and not where nothing may have moved", async () => {
    const busy = begin({ page: async () => ({ ok: true, rows: pageRows({ sessions: 1 }), ms: 1, atMs: 1_000 }) });
    await busy.clock.advance(1_099);
    expect(names(busy).filter((name) => name === "page")).toHaveLength(1);
    await busy.clock.advance(1);
    await busy.examination.ended;
    expect(names(busy).filter((name) => name === "page")).toHaveLength(2);
    expect(busy.examination.facts()[0]?.later).toMatchObject({ ok: true });
  });

  it("looks at the certificate with TLS only, at the loopback here only, at the socket where orders go there", async () => {
    const plain = nodeOf("node01");
    const tls = { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure: false };
    const node = {
      ...plain,
      stats: { ...plain.stats, tls },
      admin: { ...plain.admin, via: "socket" as const },
    };
    const begun = begin({ isHere: async () => true }, [node]);
    await begun.examination.ended;
    expect(names(begun)).toEqual(expect.arrayContaining(["certificate", "loopback", "socket"]));
  });

  it("gives each question what is left of the node's time, and connecting no more than a poll has", async () => {
    const deadlines: Record<string, number> = {};
    const begun = begin({
      connect: async (_, deadlineMs) => {
        deadlines["connect"] = deadlineMs;
        return { ok: true, ms: 1 };
      },
      page: async (_, deadlineMs) => {
        deadlines["page"] = deadlineMs;
        return pageOf() ?? { ok: true, rows: [], ms: 1, atMs: 1 };
      },
    });
    await begun.examination.ended;
    expect(deadlines).toEqual({ connect: 2_500, page: 6_000 });
  });

  it("lets no slow node hold up another, and has what is known of it all along", async () => {
    const nodes = ["slow", "quick"].map((name) => nodeOf(name));
    const begun = begin(
      { metrics: (node) => (node.name === "slow" ? never() : createFakeProbes().metrics(node, 0)) },
      nodes,
    );
    await begun.clock.advance(10);
    expect(begun.examination.done()).toBe(1);
    const [slow, quick] = begun.examination.facts();
    expect([slow?.ms, quick?.ms]).toEqual([undefined, 0]);
    expect([slow?.right, slow?.bare, slow?.metrics]).toEqual(["denied", { kind: "closed" }, undefined]);
  });

  it("leaves no timer behind when it is stopped", async () => {
    const busy = begin({ page: async () => ({ ok: true, rows: pageRows({ sessions: 1 }), ms: 1, atMs: 1_000 }) });
    await busy.clock.advance(10);
    busy.examination.stop();
    await busy.clock.advance(5_000);
    expect(names(busy).filter((name) => name === "page")).toHaveLength(1);
  });
});
