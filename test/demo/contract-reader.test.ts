import { afterEach, beforeEach, expect, it } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import type { PollSource } from "../../src/domain/inventory.ts";
import type { Page, StatsRow } from "../../src/domain/stats.ts";
import type { NodeReaderOf } from "../../src/io/node-reader.ts";
import { describeHaproxy, makeWell } from "../support/describe-haproxy.ts";
import { masterRow } from "../support/haproxy-subject.ts";
import { localNode, readerOf } from "../support/reading.ts";

describeHaproxy("what the console reads", (get) => {
  let reader: NodeReaderOf | undefined;
  beforeEach(() => makeWell(get()));
  afterEach(async () => {
    await reader?.close();
    reader = undefined;
  });
  const nodeFor = (source: PollSource, password = get().password) =>
    localNode(get().port, { password: { kind: "literal", value: password } }, { source, address: get().host });
  const read = async (source: PollSource): Promise<Page> => {
    const node = nodeFor(source);
    reader = await readerOf(node);
    const result = await reader.read(node);
    if (!result.ok) throw new Error(`the read failed: ${result.failure.kind} ${result.failure.detail}`);
    return result.page;
  };

  /** Master 1 ill, master 2 drained, master 3 in maint. */
  const mixUp = async (): Promise<void> => {
    const subject = get();
    await subject.answer(1, statusAnswer(500, "etcd\x1b[31m failed", 0));
    await subject.ask("POST", "/", "s=k8s-de1-master-2&action=drain&b=k8s-de1-kube-api");
    await subject.ask("POST", "/", "s=k8s-de1-master-3&action=maint&b=k8s-de1-kube-api");
    await subject.statuses(1, "DOWN");
    await subject.until((rows) => [1, 2].every((master) => !isChecked(masterRow(rows, master as 1 | 2))));
  };

  it("is the same page of CSV", async () => {
    await mixUp();
    const page = await read("stats");
    expect(page.rows.map(toStable)).toEqual([
      "frontend stats FRONTEND: OPEN http",
      "backend stats BACKEND: UP weight 0 act 0 http",
      "frontend kubernetes_master_kube_api FRONTEND: OPEN tcp",
      'server k8s-de1-kube-api k8s-de1-master-1: down unknown weight 1 act 1 L7STS 500 2/2/0 "etcd[31m failed" tcp',
      "server k8s-de1-kube-api k8s-de1-master-2: up drain weight 1 act 1 L7OK 401 2/2/3 tcp",
      "server k8s-de1-kube-api k8s-de1-master-3: unknown maint weight 1 act 1 tcp",
      "backend k8s-de1-kube-api BACKEND: DOWN weight 0 act 0 tcp",
    ]);
  });

  it("is the same page of /metrics, without what it cannot show", async () => {
    await mixUp();
    const page = await read("metrics");
    const servers = page.rows.filter((row) => row.type === "server").map(toStable);
    expect(servers.map((text) => text.replace(/ act 1| tcp/g, ""))).toEqual([
      "server k8s-de1-kube-api k8s-de1-master-1: down unknown weight 1 L7STS 500",
      "server k8s-de1-kube-api k8s-de1-master-2: up drain weight 1 L7OK 401",
      "server k8s-de1-kube-api k8s-de1-master-3: unknown maint weight 1",
    ]);
  });

  it("is who the process is", async () => {
    const node = nodeFor("stats");
    reader = await readerOf(node);
    const process = await reader.identify(node);
    expect(process?.version).toMatch(/^\d+\.\d+/);
    expect(process?.startedAtSeconds).toBeGreaterThan(1_700_000_000);
  });

  it("is a refusal with a wrong password, on every poll", async () => {
    const node = nodeFor("stats", "wrong");
    reader = await readerOf(node);
    for (let poll = 0; poll < 3; poll++) {
      expect(await reader.read(node)).toMatchObject({ ok: false, failure: { kind: "unauthorized", statusCode: 401 } });
    }
  });
});

function isChecked(row: Readonly<Record<string, string>>): boolean {
  return row["check_status"]?.startsWith("*") === true;
}

/** What follows from the situation, without anything that counts or measures. */
function toStable(row: StatsRow): string {
  const status = row.type === "server" ? `${row.status.health} ${row.status.admin}` : row.status.text;
  const health = row.checkRise === undefined ? undefined : `${row.checkRise}/${row.checkFall}/${row.checkHealth}`;
  const text = row.lastCheckText === undefined || row.lastCheckText === "" ? undefined : `"${row.lastCheckText}"`;
  const parts = [
    row.weight === undefined ? undefined : `weight ${row.weight}`,
    row.active === undefined ? undefined : `act ${row.active}`,
    row.checkStatus,
    row.checkCode,
    health,
    text,
    row.mode,
  ];
  return [`${row.type} ${row.proxy} ${row.name}:`, status, ...parts.filter((part) => part !== undefined)].join(" ");
}
