import { describe, expect, it } from "vitest";
import { readSocketAnswer, writeSocketOrder } from "../../src/domain/socket-answer.ts";

const order = { backend: "k8s-de1-kube-api", server: "k8s-de1-master-1" } as const;

describe("writeSocketOrder", () => {
  it.each([
    ["drain", "set server k8s-de1-kube-api/k8s-de1-master-1 state drain"],
    ["maint", "set server k8s-de1-kube-api/k8s-de1-master-1 state maint"],
    ["ready", "set server k8s-de1-kube-api/k8s-de1-master-1 state ready"],
    ["shutdown", "shutdown sessions server k8s-de1-kube-api/k8s-de1-master-1"],
  ] as const)("spells %s", (action, line) => {
    expect(writeSocketOrder({ ...order, action })).toBe(line);
  });

  it.each(["a b", "a;b", "a\nb", "a/b", ""])("makes no command of the name %j", (server) => {
    expect(writeSocketOrder({ ...order, server, action: "drain" })).toBeUndefined();
  });
});

describe("readSocketAnswer", () => {
  it.each([
    ["\n", "ok", ""],
    ["Permission denied\n\n", "permission", "Permission denied"],
    ["No such server.\n\n", "no-such-target", "No such server."],
    ["No such backend.\n\n", "no-such-target", "No such backend."],
    ["Require 'backend/server'.\n\n", "no-such-target", "Require 'backend/server'."],
    ["Unknown command: 'set'\u001b[2J, but maybe\n", "other", "Unknown command: 'set'[2J, but maybe"],
  ])("reads %j", (answer, means, text) => {
    expect(readSocketAnswer(answer)).toEqual({ kind: "said", means, text });
  });
});
