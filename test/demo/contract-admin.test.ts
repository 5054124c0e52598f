import { beforeEach, expect, it } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import { describeHaproxy, makeWell } from "../support/describe-haproxy.ts";
import { backendRow, type HaproxySubject, masterRow } from "../support/haproxy-subject.ts";

const backend = "b=k8s-de1-kube-api";

describeHaproxy("the admin form", (get) => {
  const post = (body: string, uri = "/") => postTo(get(), body, uri);
  const act = (action: string, master = 1) => post(`s=k8s-de1-master-${master}&action=${action}&${backend}`);
  beforeEach(() => makeWell(get()));

  it("is answered by a 303 with these headers and nothing else", async () => {
    const answer = await get().ask("POST", "/", "");
    expect(answer.statusLine).toBe("HTTP/1.1 303 See Other");
    const { connection: _, ...headers } = answer.headers;
    expect(headers).toEqual({
      "cache-control": "no-cache",
      "content-type": "text/plain",
      "content-length": "0",
      location: "/;st=NONE",
    });
  });

  it.each([
    ["DONE", "a known server", `s=k8s-de1-master-1&action=ready&${backend}`],
    ["DONE", "a command that changes nothing", `s=k8s-de1-master-2&action=ready&${backend}`],
    ["DONE", "a backend by its number", "s=k8s-de1-master-1&action=ready&b=%234"],
    ["DONE", "any order, escapes and unknown keys", `${backend}&x=1&s=k8s%2dde1-master-1&action=ready`],
    ["PART", "a known and an unknown server", `s=nope&s=k8s-de1-master-1&action=ready&${backend}`],
    ["ERRP", "an unknown server", `s=nope&action=drain&${backend}`],
    ["ERRP", "a server by its number", `s=%231&action=drain&${backend}`],
    ["ERRP", "an unknown backend", "s=k8s-de1-master-1&action=drain&b=nope"],
    ["ERRP", "a frontend for a backend", "s=k8s-de1-master-1&action=drain&b=kubernetes_master_kube_api"],
    ["ERRP", "an unknown action", `s=k8s-de1-master-1&action=explode&${backend}`],
    ["ERRP", "a line feed at the end", `s=k8s-de1-master-1&action=drain&${backend}\n`],
    ["NONE", "an empty body", ""],
    ["NONE", "no server", `action=drain&${backend}`],
    ["NONE", "no action", `s=k8s-de1-master-1&${backend}`],
    ["NONE", "no backend", "s=k8s-de1-master-1&action=drain"],
    ["NONE", "an old word with nothing to change", `s=k8s-de1-master-1&action=enable&${backend}`],
    ["NONE", "an agent's word where there is no agent", `s=k8s-de1-master-1&action=dagent&${backend}`],
    ["NONE", "a broken escape at the end", `s=k8s-de1-master-1&action=drain&${backend}%zz`],
    ["EXCD", "a body of 40,000 bytes", `x=${"y".repeat(40_000)}`],
  ])("says %s to %s", async (verdict, _, body) => {
    expect(await post(body)).toBe(`/;st=${verdict}`);
  });

  it("sends the options of its page along", async () => {
    expect(await post("", "/?scope=k8s;norefresh;up;csv")).toBe("/;st=NONE;up;norefresh?scope=k8s");
  });

  it("reads from the end: the last backend and the last action win", async () => {
    await post(`b=nope&action=maint&s=k8s-de1-master-1&action=drain&${backend}`);
    expect(masterRow(await get().rows(), 1)["status"]).toBe("DRAIN");
  });

  it("drains: no part in the balance, but checks go on", async () => {
    expect(await act("drain")).toBe("/;st=DONE");
    const rows = await get().rows();
    expect(masterRow(rows, 1)).toMatchObject({ status: "DRAIN", weight: "1", act: "1", check_health: "3" });
    expect(backendRow(rows)).toMatchObject({ status: "UP", act: "2", weight: "2" });
    await get().answer(1, statusAnswer(500, "Internal Server Error", 0));
    expect(await get().statuses(1, "DOWN")).toEqual(["DRAIN", "DRAIN 1/2", "DOWN"]);
  });

  it("hides a drain under DOWN, and shows it again when the checks pass", async () => {
    await get().answer(1, { kind: "refuse" });
    await get().statuses(1, "DOWN");
    expect(await act("drain")).toBe("/;st=DONE");
    expect(masterRow(await get().rows(), 1)["status"]).toBe("DOWN");
    await get().answer(1, statusAnswer(401, "Unauthorized", 0));
    expect(await get().statuses(1, "DRAIN")).toEqual(["DOWN", "DOWN 1/2", "DRAIN"]);
  });

  it("empties the check columns in maint, and counts it as one way down", async () => {
    const before = masterRow(await get().rows(), 1);
    await act("maint");
    const row = masterRow(await get().rows(), 1);
    expect(row).toMatchObject({
      status: "MAINT",
      check_status: "",
      check_code: "",
      check_duration: "",
      last_chk: "",
      check_desc: "",
      check_rise: "",
      check_health: "",
      chkdown: String(Number(before["chkdown"]) + 1),
      lastchg: "0",
    });
  });

  it("lets the old words touch one flag and leave the other", async () => {
    const statuses: (string | undefined)[] = [];
    for (const action of ["stop", "stop", "disable", "start", "stop", "enable", "start"]) {
      const location = await act(action);
      statuses.push(`${action} ${location?.slice(-4)} ${masterRow(await get().rows(), 1)["status"]?.split(" ")[0]}`);
    }
    expect(statuses).toEqual([
      "stop DONE DRAIN",
      "stop NONE DRAIN",
      "disable DONE MAINT",
      "start DONE MAINT",
      "stop DONE MAINT",
      "enable DONE DRAIN",
      "start DONE UP",
    ]);
  });

  it("makes a dead server UP 1/2 at once when it leaves maint", async () => {
    await get().answer(1, { kind: "refuse" });
    await get().statuses(1, "DOWN");
    await act("maint");
    await act("ready");
    expect(masterRow(await get().rows(), 1)).toMatchObject({ status: "UP 1/2", check_health: "2" });
    expect(await get().statuses(1, "DOWN")).toEqual(["UP 1/2", "DOWN"]);
  });

  it("hides with ;no-maint what is in maint", async () => {
    await act("maint", 2);
    const { body } = await get().ask("GET", "/;csv;no-maint;norefresh");
    expect(body).not.toContain("k8s-de1-master-2");
    expect(body).toMatch(/^k8s-de1-kube-api,BACKEND,.*,UP \(2\/3\),/m);
  });

  it.each([
    ["hnolb", "NOLB", "3"],
    ["hdown", "DOWN", "0"],
  ])("forces health by %s, and lets the next good checks undo it", async (action, status, health) => {
    // The next check must not come between the POST and the page.
    await get().until((rows) => masterRow(rows, 1)["check_status"]?.startsWith("*") === false);
    await act(action);
    const rows = await get().rows();
    expect(masterRow(rows, 1)["status"]).toMatch(new RegExp(`^(?:${status}|DOWN 1/2|UP)$`));
    if (masterRow(rows, 1)["status"] === status) expect(masterRow(rows, 1)["check_health"]).toBe(health);
    await get().until((current) => masterRow(current, 1)["status"] === "UP");
  });

  it("stops and starts health checks by dhlth and ehlth", async () => {
    await act("dhlth");
    expect(masterRow(await get().rows(), 1)).toMatchObject({ status: "no check", check_status: "", check_health: "" });
    await act("ehlth");
    await get().until((rows) => masterRow(rows, 1)["status"] === "UP" && masterRow(rows, 1)["check_status"] === "L7OK");
  });

  it("keeps sessions through drain and closes them by shutdown, as nobody's abort", async () => {
    await get().holdSessions();
    const held = await get().rows();
    expect(Number(masterRow(held, 1)["scur"])).toBeGreaterThan(0);
    await act("drain");
    const drained = masterRow(await get().rows(), 1);
    expect(drained["scur"]).toBe(masterRow(held, 1)["scur"]);
    expect(await act("shutdown")).toBe("/;st=DONE");
    const rows = await get().until((current) => masterRow(current, 1)["scur"] === "0");
    expect(masterRow(rows, 1)).toMatchObject({
      status: "DRAIN",
      cli_abrt: drained["cli_abrt"],
      srv_abrt: drained["srv_abrt"],
    });
  });

  it("forgets admin states and counters on a restart", async () => {
    const startOf = async (): Promise<number> =>
      Number(
        /^haproxy_process_start_time_seconds (\d+)$/m.exec((await get().ask("GET", "/metrics?scope=global")).body)?.[1],
      );
    const before = await startOf();
    // Its clock has whole seconds: wait until a restart can show.
    await get().until((rows) => Number(masterRow(rows, 3)["lastchg"]) >= 1);
    await act("maint");
    const requests = Number((await get().rows())[0]?.["req_tot"]);
    await get().restart();
    const rows = await get().rows();
    expect(masterRow(rows, 1)["status"]).toMatch(/^UP/);
    expect(Number(rows[0]?.["req_tot"])).toBeLessThan(requests);
    expect(await startOf()).toBeGreaterThan(before);
  });
});

describeHaproxy(
  "the admin form for somebody who is not local",
  (get) => {
    it.each([
      ["a drain", `s=k8s-de1-master-1&action=drain&${backend}`],
      ["an empty body", ""],
    ])("says DENY to %s and changes nothing", async (_, body) => {
      expect(await postTo(get(), body, "/")).toBe("/;st=DENY");
      expect(masterRow(await get().rows(), 1)["status"]).toBe("UP");
    });
  },
  { isAdmin: false },
);

async function postTo(subject: HaproxySubject, body: string, uri: string): Promise<string | undefined> {
  return (await subject.ask("POST", uri, body)).headers["location"];
}
