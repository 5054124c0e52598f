import { beforeEach, describe, expect, it } from "vitest";
import { type MasterAnswer, statusAnswer } from "../../src/demo/health-check.ts";
import { describeHaproxy, makeWell } from "../support/describe-haproxy.ts";
import { backendRow, masterRow, startSubject, subjectKinds } from "../support/haproxy-subject.ts";
import { skipsRealHaproxy } from "../support/real-haproxy.ts";

describeHaproxy("what becomes of a master", (get) => {
  beforeEach(() => makeWell(get()));

  it.each<[string, MasterAnswer, Record<string, string>]>([
    ["refuses", { kind: "refuse" }, { check_status: "L4CON", check_code: "", last_chk: "Connection refused" }],
    [
      "answers 500",
      statusAnswer(500, "Internal Server Error", 0),
      { check_status: "L7STS", check_code: "500", last_chk: "Internal Server Error" },
    ],
    [
      "answers 200 where 401 is wanted",
      statusAnswer(200, "OK", 0),
      { check_status: "L7STS", check_code: "200", last_chk: "OK" },
    ],
    ["hangs after the handshake", { kind: "hang" }, { check_status: "L7TOUT", check_code: "", last_chk: "" }],
    ["never shakes hands", { kind: "tls-silence" }, { check_status: "L6TOUT", check_code: "", last_chk: "" }],
    [
      "speaks without TLS",
      { kind: "plain-text" },
      { check_status: "L6RSP", check_code: "", last_chk: "SSL handshake failure" },
    ],
    ["talks nonsense", { kind: "babble" }, { check_status: "L7RSP", check_code: "", last_chk: "" }],
  ])("that %s: UP, UP 1/2, DOWN, and when it is well again DOWN 1/2, UP", async (_, ill, check) => {
    await get().answer(1, ill);
    expect(await get().statuses(1, "DOWN")).toEqual(["UP", "UP 1/2", "DOWN"]);
    const rows = await get().until((current) => !masterRow(current, 1)["check_status"]?.startsWith("*"));
    expect(masterRow(rows, 1)).toMatchObject({ ...check, weight: "1", act: "1", check_health: "0", check_rise: "2" });
    expect(backendRow(rows)).toMatchObject({ status: "UP", act: "2", weight: "2" });
    await get().answer(1, statusAnswer(401, "Unauthorized", 0));
    expect(await get().statuses(1, "UP")).toEqual(["DOWN", "DOWN 1/2", "UP"]);
  });

  it("shows a running check with a star, no code, and the last duration", async () => {
    await get().answer(2, statusAnswer(401, "Unauthorized", 300));
    const rows = await get().until((current) => {
      const row = masterRow(current, 2);
      return row["check_status"] === "* L7OK" && Number(row["check_duration"]) >= 300;
    });
    expect(masterRow(rows, 2)).toMatchObject({ status: "UP", check_code: "0", last_chk: "", check_health: "3" });
  });

  it("passes a hostile reason phrase on byte for byte, and quotes what would break a row", async () => {
    const phrase = '\x1b]0;owned\x07\x1b[31m"red", \x9b31m \xff\xfe';
    await get().answer(3, statusAnswer(500, phrase, 0));
    await get().statuses(3, "DOWN");
    const rows = await get().until((current) => masterRow(current, 3)["check_status"] === "L7STS");
    expect(masterRow(rows, 3)["last_chk"]).toBe(phrase);
    expect(masterRow(rows, 3)["check_desc"]).toBe("Layer7 wrong status");
  });

  it("says of a backend without a usable server that it is down", async () => {
    for (const master of [1, 2, 3] as const) await get().answer(master, { kind: "refuse" });
    const rows = await get().until((current) => backendRow(current)["status"] === "DOWN");
    expect(backendRow(rows)).toMatchObject({ act: "0", bck: "0", weight: "0" });
  });

  it("hides with ;up what is down, and counts it behind the backend's status", async () => {
    await get().answer(1, { kind: "refuse" });
    await get().statuses(1, "DOWN");
    const { body } = await get().ask("GET", "/;csv;up;norefresh");
    expect(body).not.toContain("k8s-de1-master-1");
    expect(body).toMatch(/^k8s-de1-kube-api,BACKEND,.*,UP \(2\/3\),/m);
  });
});

describe.each(subjectKinds)("a process that has just started (%s HAProxy)", (kind) => {
  it.skipIf(kind === "real" && skipsRealHaproxy())(
    "takes servers for up with the least health until they are checked",
    async () => {
      const subject = await startSubject(kind);
      try {
        const [first] = await subject.until((rows) => rows.some((row) => row["check_status"] === "INI"));
        expect(first?.["svname"]).toBe("FRONTEND");
        const waiting = (await subject.rows()).filter((row) => row["check_status"] === "INI");
        for (const row of waiting) {
          expect(row).toMatchObject({
            status: "UP 1/2",
            check_code: "",
            check_desc: "Initializing",
            check_health: "2",
          });
        }
        expect(await subject.statuses(3, "UP")).toEqual(["UP 1/2", "UP"]);
      } finally {
        await subject.close();
      }
    },
  );
});
