import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyRecord, reduceNode } from "../../src/domain/fleet.ts";
import type { FleetNode, PollSource, SecretSource } from "../../src/domain/inventory.ts";
import type { NodeReaderOf } from "../../src/io/node-reader.ts";
import { type HaproxySubject, startSubject, subjectKinds } from "../support/haproxy-subject.ts";
import { localNode, readerOf } from "../support/reading.ts";
import { skipsRealHaproxy } from "../support/real-haproxy.ts";

describe.each(subjectKinds)("reading a HAProxy of the sample's configuration: %s", (kind) => {
  if (kind === "real" && skipsRealHaproxy()) return;
  let subject: HaproxySubject;
  const readers: NodeReaderOf[] = [];

  beforeAll(async () => {
    subject = await startSubject(kind);
    await subject.until((rows) => rows.filter((row) => row["check_status"] === "L7OK").length === 3);
  });
  afterAll(async () => {
    for (const reader of readers) await reader.close();
    await subject.close();
  });

  async function open(source: PollSource, password: string | undefined) {
    const secret: SecretSource | undefined = password === undefined ? undefined : { kind: "literal", value: password };
    const node: FleetNode = localNode(subject.port, { password: secret }, { source, address: subject.host });
    const reader = await readerOf(node);
    readers.push(reader);
    return { node, reader };
  }
  const right = () => Buffer.from(subject.authorization.slice(6), "base64").toString().slice("admin:".length);

  const upWith401 = { status: { text: "UP" }, checkStatus: "L7OK", checkCode: 401, weight: 1 };

  it("reads the page with the password, and which process it is", async () => {
    const { node, reader } = await open("auto", right());
    const reading = await reader.read(node);
    if (!reading.ok) throw new Error(reading.failure.detail);
    expect(reading.page.source).toBe("stats");
    const servers = reading.page.rows.filter((row) => row.type === "server");
    expect(servers).toMatchObject([upWith401, upWith401, upWith401]);
    expect(await reader.identify(node)).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+/),
      startedAtSeconds: expect.any(Number),
    });
  });

  it("reads /metrics without a password, to the same effect", async () => {
    const { node, reader } = await open("auto", undefined);
    const reading = await reader.read(node);
    if (!reading.ok) throw new Error(reading.failure.detail);
    expect(reading.page.source).toBe("metrics");
    expect(reading.page.rows.filter((row) => row.type === "server")).toMatchObject([upWith401, upWith401, upWith401]);
    expect(reading.process?.startedAtSeconds).toBeGreaterThan(1_700_000_000);
  });

  it("is refused with a wrong password, again and again, without the connection getting in the way", async () => {
    const { node, reader } = await open("stats", "wrong");
    for (let i = 0; i < 3; i += 1) {
      expect(await reader.read(node)).toMatchObject({ ok: false, failure: { kind: "unauthorized", statusCode: 401 } });
    }
  });

  it("reads on over a restart, and sees it", async () => {
    const { node, reader } = await open("stats", right());
    let record = emptyRecord(node.name);
    const poll = async (atMs: number) => {
      const reading = await reader.read(node);
      if (!reading.ok) throw new Error(reading.failure.detail);
      record = reduceNode(record, { type: "polled", reading: { ...reading.page, atMs, durationMs: 1 } });
    };
    for (let i = 1; i <= 8; i += 1) await poll(i);
    expect(record.restartedAtMs).toBeUndefined();
    await subject.restart();
    await poll(9);
    expect(record.restartedAtMs).toBe(9);
  });
});
