import { describe, expect, it } from "vitest";
import { readAdminFlag } from "../../src/commands/generate-admin-flag.ts";

describe("readAdminFlag", () => {
  it("takes HAProxy's own spelling of localhost too", () => {
    expect([readAdminFlag("LOCALHOST"), readAdminFlag("localhost"), readAdminFlag("group")]).toEqual([
      { kind: "localhost" },
      { kind: "localhost" },
      { kind: "group" },
    ]);
    expect(readAdminFlag("from:10.8.0.1,fd00::/8")).toEqual({ kind: "from", addresses: ["10.8.0.1", "fd00::/8"] });
  });
});
