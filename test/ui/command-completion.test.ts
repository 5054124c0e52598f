import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandHint, completeCommand } from "../../src/ui/command-completion.ts";
import { lineOf, lineText } from "../../src/ui/typed-line.ts";
import { contextOf } from "../support/command-context.ts";

const context = contextOf();
const completed = (line: string) => lineText(completeCommand(lineOf(line), context));
const hinted = (line: string, over: Parameters<typeof contextOf>[0] = {}) => {
  const hint = commandHint(lineOf(line), contextOf(over));
  return hint.kind === "words" ? hint.words.join(" ") : `${hint.kind}: ${hint.text}`;
};

describe("completeCommand", () => {
  it.each([
    ["", ""],
    ["x", "x"],
    ["a", "arm "],
    ["arm 5", "arm 5"],
    ["dis", "disarm"],
    ["d", "d"],
    ["mas", "master"],
    ["sess", "kill-sessions "],
    ["und", "undrain "],
    ["drain ", "drain k8s-de1-master-"],
    ["drain m", "drain master-"],
    ["drain 2", "drain k8s-de1-master-2 "],
    ["drain K8S-DE1-MASTER-3", "drain k8s-de1-master-3 "],
    ["drain k8s-de1-master-2 o", "drain k8s-de1-master-2 on "],
    ["drain 2 on n", "drain 2 on node0"],
    ["drain 2 on node01,!e", "drain 2 on node01,!edge-1 "],
    ["drain 2 on @site=b", "drain 2 on @site=b "],
    ["drain 2 on @s", "drain 2 on @site="],
    ["sort st", "sort state "],
    ["sort state r", "sort state reverse"],
    ["group r", "group role"],
    ["matrix c", "matrix ch"],
    ["filter nod", "filter nod"],
    ["node edge", "node edge-1"],
    ["nowhere e", "nowhere e"],
  ])("makes %j into %j", (line, text) => {
    expect(completed(line)).toBe(text);
  });

  it("completes at the cursor, and leaves what is behind it", () => {
    const line = { ...lineOf("dra"), after: " 2 on edge-1" };
    expect(lineText(completeCommand(line, context))).toBe("drain 2 on edge-1");
  });

  it("lists what fits once there are several ways", () => {
    expect(completeCommand(lineOf("d"), context).isListed).toBe(true);
    expect(completeCommand(lineOf("dr"), context).isListed).toBe(false);
  });

  it("never takes away what was typed, and keeps its end where it cannot go on", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(completed(`drain ${text}`).length).toBeGreaterThanOrEqual(text.length);
        expect(completed(`filter ${text}`)).toBe(`filter ${text}`);
      }),
    );
  });
});

describe("commandHint", () => {
  it.each([
    ["d", "disarm drain"],
    ["dr", "usage: drain <master...> [on <nodes>]"],
    ["arm 5m", "usage: arm [5m]"],
    ["filter ", "usage: filter [text]"],
    ["drain ", "k8s-de1-master-1 k8s-de1-master-2 k8s-de1-master-3"],
    ["drain k8s-de1-master-2 ", "k8s-de1-master-1 k8s-de1-master-3 on"],
    ["drain 1 master-2 ", "k8s-de1-master-3 on"],
    ["drain master-2", "k8s-de1-master-2"],
    ["drain 2 on @", "@site=a @site=b @role=edge"],
    ["sort state ", "reverse"],
    ["group site", "usage: group <label>"],
    ["drian", 'nothing: no command fits; did you mean "drain"?'],
    ["drian 2", 'nothing: no command "drian"'],
    ["drain mastr-2", "nothing: nothing fits"],
    ["group stie", 'nothing: nothing fits; did you mean "site"?'],
    ["group site x", "nothing: nothing more is expected"],
    ["events now", "nothing: nothing more is expected"],
  ])("tells beside %j what may come", (line, text) => {
    expect(hinted(line)).toBe(text);
  });

  it("offers no action where nothing can be changed", () => {
    expect(hinted("d", { lock: { kind: "absent" } })).toBe("nothing: no command fits");
    expect(hinted("drain ", { lock: { kind: "absent" } })).toBe("nothing: of no use here");
  });
});
