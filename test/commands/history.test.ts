import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import { encodeEntry } from "../../src/domain/ledger-lines.ts";
import { openLedger } from "../../src/io/ledger-file.ts";
import { openStateFolder } from "../../src/io/state-folder.ts";
import { historyJsonSchema } from "../../src/output/history-schema.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const fleetFile = `
cluster: k8s-de1
masters: ["k8s-de1-master-[1:3]"]
nodes: ["node[01:04]"]
`;
const nodes = ["node01", "node02", "node03", "node04"];
const server = "k8s-de1-master-2";

/** A drain that one node denied, an enabling that a console left in the middle, closed sessions of another master. */
const entries: readonly LedgerEntry[] = [
  aBegun({ id: "3f2a-drain", nodes, masters: [server], until: "2026-11-22T06:00:00.000Z" }),
  ...nodes.map((node) => aStep({ id: "3f2a-drain", node, ...(node === "node04" ? denied() : {}) })),
  anEnd({ id: "3f2a-drain", outcome: "partial", counts: { verified: 3, denied: 1 } }),
  aBegun({ id: "77bb-enable", action: "ready", nodes: ["node01", "node02"], masters: [server], reason: undefined }),
  aStep({ id: "77bb-enable", before: "DRAIN", after: "UP 1/2" }),
  aBegun({ id: "90cc-kill", action: "shutdown", nodes: ["node03"], masters: ["old-master"] }),
  aStep({ id: "90cc-kill", node: "node03" }),
  anEnd({ id: "90cc-kill", counts: { verified: 1 } }),
];

function denied() {
  return { outcome: "denied", st: "DENY", after: undefined, detail: "takes no orders from here" } as const;
}

/** A home with this ledger; `run` is the program with its fleet file and state folder. */
async function home(ledger: readonly LedgerEntry[] = entries) {
  const cwd = await tempDir();
  await writeFile(join(cwd, "k3s-lb.yaml"), fleetFile.replace(/\["(.*?)"\]/g, '[{ name: "$1" }]'));
  const env = { XDG_STATE_HOME: join(cwd, "state") };
  const path = join(await openStateFolder(env, "k8s-de1"), "ledger.jsonl");
  await openLedger(path).append(ledger);
  return { path, run: (...args: string[]) => runCli(["history", ...args], { cwd, env }) };
}

describe("history", () => {
  it("lists what was done, the newest first, with who, why and what came of it", async () => {
    const { run } = await home();
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "WHEN (UTC)        ID        WHO                     ACTION         MASTERS     UNTIL             OUTCOME                          REASON
      2026-11-22 05:00  90cc-kil  ops@jump from 10.9.0.7  kill-sessions  old-master  -                 verified 1                       kernel
      2026-11-22 05:00  77bb-ena  ops@jump from 10.9.0.7  enable         master-2    -                 verified 1, not told 1 (node02)  -
      2026-11-22 05:00  3f2a-dra  ops@jump from 10.9.0.7  drain          master-2    2026-11-22 06:00  verified 3, denied 1 (node04)    kernel
      "
    `);
  });

  it("shows one operation node by node, named by the beginning of its id", async () => {
    const { run } = await home();
    expect((await run("3f2a")).stdout).toMatchInlineSnapshot(`
      "drain k8s-de1-master-2
      operation  3f2a-drain
      when       2026-11-22 05:00:00 UTC, ended 2026-11-22 05:00:02
      who        ops@jump from 10.9.0.7
      reason     kernel
      until      2026-11-22 06:00:00 UTC
      outcome    partial: verified 3, denied 1 (node04)

      NODE    BACKEND           SERVER    BEFORE  AFTER  OUTCOME   BY    ST    MS  DETAIL
      node01  k8s-de1-kube-api  master-2  UP      DRAIN  verified  http  DONE  12
      node02  k8s-de1-kube-api  master-2  UP      DRAIN  verified  http  DONE  12
      node03  k8s-de1-kube-api  master-2  UP      DRAIN  verified  http  DONE  12
      node04  k8s-de1-kube-api  master-2  UP      -      denied    http  DENY  12  takes no orders from here
      "
    `);
    expect((await run("77")).stdout).toContain("under way, or its console died: verified 1, not told 1 (node02)");
  });

  it("keeps to the last -n, to masters by the end of their name, and to nodes, also those that are gone", async () => {
    const { run } = await home();
    const idsOf = async (...args: string[]) =>
      (await run("-o", "jsonl", ...args)).stdout
        .split("\n")
        .flatMap((line) => (line ? JSON.parse(line).operation : []));
    expect(await idsOf()).toEqual(["90cc-kill", "77bb-enable", "3f2a-drain"]);
    expect(await idsOf("-n", "1")).toEqual(["90cc-kill"]);
    expect(await idsOf("--master", "2", "-n", "1")).toEqual(["77bb-enable"]);
    expect(await idsOf("--master", "old-master")).toEqual(["90cc-kill"]);
    expect(await idsOf("--node", "node[03:04]")).toEqual(["90cc-kill", "3f2a-drain"]);
    expect(await idsOf("--node", "node02", "--master", "master-2")).toEqual(["77bb-enable", "3f2a-drain"]);
  });

  it("is an object in json, with null for what is not written", async () => {
    const { run } = await home();
    const history = JSON.parse((await run("-o", "json")).stdout);
    expect(history).toMatchObject({ apiVersion: "k3s-lb/v1", kind: "History", cluster: "k8s-de1" });
    expect(history.operations[1]).toMatchObject({
      kind: "Operation",
      action: "enable",
      user: "ops",
      sshClient: "10.9.0.7",
      reason: null,
      outcome: null,
      nodes: [
        { node: "node01", outcome: "verified", after: "UP 1/2", ms: 12 },
        { node: "node02", outcome: null, before: "UP", after: null, ms: null },
      ],
    });
  });

  it("is what the published schema says, as json and as jsonl", async () => {
    const { run } = await home();
    const validate = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(historyJsonSchema());
    const lines = (await run("-o", "jsonl")).stdout.trimEnd().split("\n");
    for (const text of [...lines, (await run("-o", "json")).stdout]) {
      expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(validate({ ...JSON.parse(lines[0] ?? ""), nodes: [{ node: "node01" }] })).toBe(false);
  });

  it("says once how many lines it left out, and shows the others", async () => {
    const { path, run } = await home();
    await appendFile(path, `half a li\n{"v":9,"kind":"dance"}\n${encodeEntry(aBegun({ id: "last" }))}\n{"v":1,"ki`);
    const { code, stdout, stderr } = await run("-n", "2", "-o", "jsonl");
    expect(code).toBe(0);
    expect(stdout.split("\n").map((line) => (line ? JSON.parse(line).operation : ""))).toEqual([
      "last",
      "90cc-kill",
      "",
    ]);
    expect(stderr).toContain(
      "warning: 1 line of the ledger is damaged and left out (a console was killed while writing?)",
    );
    expect(stderr).toContain("warning: 1 line of the ledger is by a later version of k3s-lb and left out");
  });

  it("exits 0 where nothing has been done, and says so on stderr", async () => {
    const { run } = await home([]);
    expect(await run()).toEqual({
      code: 0,
      stdout: "",
      stderr: "k3s-lb: nothing has been done on k8s-de1 by this user on this machine\n",
    });
    expect(JSON.parse((await run("-o", "json")).stdout).operations).toEqual([]);
  });

  it.each([
    [["nope"], 'there is no operation "nope" in the ledger'],
    [["-n", "0"], '--number: "0" should be a whole number from 1 on.'],
    [["-o", "jsn"], 'there is no format "jsn"; did you mean "json"?'],
  ])("exits 2 for %j, in words on stderr", async (args, words) => {
    const { run } = await home();
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });
});
