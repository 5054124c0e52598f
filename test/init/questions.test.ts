import { describe, expect, it } from "vitest";
import { found } from "../../src/init/found.ts";
import { type Answers, allQuestions } from "../../src/init/questions.ts";

/** Gives these answers to the questions in their order; an empty one takes what is in brackets. */
function answer(...lines: readonly string[]): Answers | string {
  let answers: Answers = { found: found("", {}), passwordVariable: "K3S_LB_PASSWORD" };
  for (const [i, line] of lines.entries()) {
    const question = allQuestions[i];
    const result = question?.read(line === "" ? (question.fallback(answers) ?? "") : line, answers);
    if (result === undefined || !result.ok) return result?.problem ?? "no such question";
    answers = result.answers;
  }
  return answers;
}

describe("allQuestions", () => {
  it("gather a fleet", () => {
    const answers = answer("de1", "", "10.0.0.[1:3]", "n[1:2]", "", "", "migrate", "8404", "/s", "-");
    expect(answers).toMatchObject({
      passwordVariable: undefined,
      found: {
        cluster: "de1",
        masters: [1, 2, 3].map((n) => ({ name: `de1-master-${n}`, address: `10.0.0.${n}` })),
        nodes: [{ name: "n1", address: undefined }, { name: "n2" }],
        backend: "de1-kube-api",
        check: { expect: "migrate" },
        stats: { port: 8404, path: "/s" },
      },
    });
  });

  it.each([
    [["a b"], 'cluster is "a b"; expected a name of letters, digits, dot, dash and underscore'],
    [["", "m1 m1"], "masters[1].name gives m1 a second time; expected each name once"],
    [["", ",", ""], "expected at least one name"],
    [["", "m[1:3]", "a,b"], "these are 2, and there are 3 masters; expected one for each"],
    [["", "m", "", ""], "expected at least one name"],
    [["", "m", "", "n[1:99999999]"], "has more than 20000 members"],
    [["", "m", "", "n", "10.0.0.1:22"], "expected a host name or IP address without a port"],
    [["", "m", "", "n", "", "k b"], "backend is"],
    [["", "m", "", "n", "", "", "402"], "expected 401, 200 or migrate"],
    [["", "m", "", "n", "", "", "", "0"], "expected a port from 1 to 65535"],
    [["", "m", "", "n", "", "", "", "x"], "expected a port from 1 to 65535"],
    [["", "m", "", "n", "", "", "", "", "stats"], "expected a path that begins with a slash"],
    [["", "m", "", "n", "", "", "", "", "", "a:b"], "expected a user name without a colon"],
  ])("tell what is wrong with the last of %j", (lines, problem) => {
    expect(answer(...lines)).toContain(problem);
  });
});
