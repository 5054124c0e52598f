import { describe, expect, it } from "vitest";
import { readFormAnswer, writeAdminForm } from "../../src/domain/admin-form.ts";

describe("writeAdminForm", () => {
  it("names one server, the action and the backend", () => {
    expect(writeAdminForm({ backend: "k8s-de1-kube-api", server: "k8s-de1-master-1", action: "drain" })).toBe(
      "s=k8s-de1-master-1&action=drain&b=k8s-de1-kube-api",
    );
  });

  it("keeps a name from becoming another field", () => {
    expect(writeAdminForm({ backend: "b&s=x", server: "a:1 ü", action: "maint" })).toBe(
      "s=a%3A1%20%C3%BC&action=maint&b=b%26s%3Dx",
    );
  });
});

describe("readFormAnswer", () => {
  it.each([
    ["/;st=DONE", { kind: "answered", st: "DONE" }],
    ["/stats;st=DENY;up;norefresh?scope=k8s", { kind: "answered", st: "DENY" }],
    ["http://10.8.0.11:1936/;st=ERRP", { kind: "answered", st: "ERRP" }],
    ["https://lb.internal/haproxy?stats;st=PART;norefresh", { kind: "answered", st: "PART" }],
    ["/;st=NEWS;up", { kind: "answered", st: "UNKN", text: "NEWS" }],
    ["/;st=\u001b[31mDONE", { kind: "answered", st: "UNKN", text: "[31mDONE" }],
    ["/;st=", { kind: "answered", st: "UNKN", text: "" }],
    ["/login?next=/", { kind: "rejected", statusCode: 303 }],
    [undefined, { kind: "rejected", statusCode: 303 }],
  ])("reads the code out of %j", (location, reply) => {
    expect(readFormAnswer(303, location)).toEqual(reply);
  });

  it("takes no other status for an answer, whatever its Location says", () => {
    for (const status of [200, 301, 302, 307, 401, 403, 503]) {
      expect(readFormAnswer(status, "/;st=DONE")).toEqual({ kind: "rejected", statusCode: status });
    }
  });
});
