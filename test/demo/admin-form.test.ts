import { describe, expect, it } from "vitest";
import { type FormTarget, judgeForm } from "../../src/demo/admin-form.ts";

describe("judgeForm", () => {
  it("acts on every named server and says DONE", () => {
    const { target, done } = recorder();
    expect(judgeForm({ body: "s=m1&s=m2&action=drain&b=kube", isAllowed: true }, target)).toBe("DONE");
    expect(done).toEqual(["drain m2", "drain m1"]);
  });

  it.each([
    ["one of two servers is unknown", "s=nope&s=m1&action=ready&b=kube", "PART"],
    ["no server is known", "s=nope&action=drain&b=kube", "ERRP"],
    ["the backend is unknown", "s=m1&action=drain&b=nope", "ERRP"],
    ["the action is unknown", "s=m1&action=explode&b=kube", "ERRP"],
    ["the last value ends in a line feed", "s=m1&action=drain&b=kube\n", "ERRP"],
    ["one pair is longer than HAProxy reads", `x=${"y".repeat(2046)}&s=m1&action=drain&b=kube`, "ERRP"],
    ["the body is empty", "", "NONE"],
    ["no server is named", "action=drain&b=kube", "NONE"],
    ["no action is named", "s=m1&b=kube", "NONE"],
    ["no backend is named", "s=m1&action=drain", "NONE"],
    ["an old word would change nothing", "s=m1&action=enable&b=kube", "NONE"],
    ["there is no agent check", "s=m1&action=dagent&b=kube", "NONE"],
    ["a broken escape stands in the last pair", "s=m1&action=drain&b=ku%zzbe", "NONE"],
    ["the body is larger than the buffer", "x=y&".repeat(5000), "EXCD"],
    ["a backend is named by its number", "s=m1&action=drain&b=%234", "DONE"],
    ["names are escaped", "s=%6d1&action=drain&b=kube", "DONE"],
    ["server, action and backend stand in any order", "b=kube&s=m1&action=drain", "DONE"],
    ["unknown keys stand between", "x=1&s=m1&y&action=drain&b=kube", "DONE"],
  ])("when %s", (_, body, verdict) => {
    expect(judgeForm({ body, isAllowed: true }, recorder().target)).toBe(verdict);
  });

  it("reads from the end: the last backend and the last action win, what stands left of a broken escape is lost", () => {
    const { target, done } = recorder();
    judgeForm({ body: "b=nope&s=m2&x=%q&action=maint&s=m1&action=drain&b=kube", isAllowed: true }, target);
    expect(done).toEqual(["drain m1"]);
  });

  it("denies before it reads", () => {
    const { target, done } = recorder();
    expect(judgeForm({ body: "s=m1&action=drain&b=kube", isAllowed: false }, target)).toBe("DENY");
    expect(done).toEqual([]);
  });

  it("counts an old word only when there is something to change", () => {
    const { target, done } = recorder();
    expect(judgeForm({ body: "s=m1&action=disable&b=kube", isAllowed: true }, target)).toBe("DONE");
    expect(done).toEqual(["disable m1"]);
  });
});

function recorder(): { target: FormTarget; done: string[] } {
  const done: string[] = [];
  const target: FormTarget = {
    limitBytes: 15_100,
    backendOf: (name) => (name === "kube" || name === "#4" ? "kube" : undefined),
    hasServer: (_, server) => server === "m1" || server === "m2",
    isIn: () => false,
    apply: (server, command) => done.push(`${command} ${server}`),
  };
  return { target, done };
}
