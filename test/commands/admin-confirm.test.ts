import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { type Consent, decideConfirmation, isConfirmed } from "../../src/commands/admin-confirm.ts";
import { UserError } from "../../src/domain/user-error.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { MASTERS } from "../support/fleet-view.ts";
import { aPlan } from "../support/plan.ts";

const risky = aPlan({ toType: [MASTERS[1]], usableLeft: new Map([["node01", 1]]) });
const nothing: Consent = { yes: false, confirmed: [], canAsk: false };

function refused(consent: Consent, plan = aPlan()): UserError {
  try {
    decideConfirmation(plan, consent);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("it was let through");
}

/** What the answer to a question leads to, and what was asked. */
async function answer(text: string, kind: "ask" | "type") {
  const stdin = new PassThrough();
  const { shell, err } = createFakeShell();
  const confirmation = kind === "ask" ? ({ kind } as const) : ({ kind, names: [MASTERS[1]] } as const);
  const asked = isConfirmed(
    { ...shell, stdin: stdin as unknown as NodeJS.ReadStream },
    confirmation,
    "DRAIN 2 on 3 nodes",
    new Promise(() => {}),
  );
  stdin.end(text);
  return { is: await asked, asked: err() };
}

describe("decideConfirmation", () => {
  it("is given by --yes, asked on a terminal, and refused where neither is", () => {
    expect(decideConfirmation(aPlan(), { ...nothing, yes: true })).toEqual({ kind: "given" });
    expect(decideConfirmation(aPlan(), { ...nothing, canAsk: true })).toEqual({ kind: "ask" });
    expect(refused(nothing).message).toBe("not confirmed, nothing was sent: there is no terminal to ask on.");
    expect(refused(nothing).hint).toContain("--yes");
  });

  it("wants the name where much is at stake, and --yes alone does not do", () => {
    expect(decideConfirmation(risky, { ...nothing, yes: true, canAsk: true })).toEqual({
      kind: "type",
      names: [MASTERS[1]],
    });
    const { message, hint } = refused({ ...nothing, yes: true }, risky);
    expect(message).toContain("leaving a node with a single usable master wants the name typed");
    expect(hint).toBe("If it is meant, add --confirm k8s-de1-master-2");
    expect(refused(nothing, risky).hint).toBe("If it is meant, add --yes --confirm k8s-de1-master-2");
  });

  it("takes the names that --confirm gives, and asks for those it does not", () => {
    const two = aPlan({ masters: [MASTERS[0], MASTERS[1]], toType: [MASTERS[0], MASTERS[1]] });
    const confirmed = [MASTERS[0], MASTERS[1]];
    expect(decideConfirmation(two, { yes: true, confirmed, canAsk: false })).toEqual({ kind: "given" });
    expect(refused({ yes: true, confirmed: [MASTERS[0]], canAsk: false }, two).hint).toBe(
      "If it is meant, add --confirm k8s-de1-master-2",
    );
    expect(refused({ ...nothing, confirmed }, two).message).toContain("no terminal");
  });
});

describe("isConfirmed", () => {
  it.each(["y\n", "Y\n", "yes\n", " yes \n"])("goes on after %j", async (text) => {
    expect(await answer(text, "ask")).toEqual({ is: true, asked: "DRAIN 2 on 3 nodes. Go on? [y/N] " });
  });

  it.each(["\n", "n\n", "", "yep\n", "no\ny\n"])("takes %j as a No", async (text) => {
    expect((await answer(text, "ask")).is).toBe(false);
  });

  it("goes on only after the whole name", async () => {
    expect(await answer("k8s-de1-master-2\n", "type")).toEqual({
      is: true,
      asked: "DRAIN 2 on 3 nodes.\nType k8s-de1-master-2 to go on: ",
    });
    for (const text of ["y\n", "master-2\n", "\n", ""]) expect((await answer(text, "type")).is).toBe(false);
  });
});
