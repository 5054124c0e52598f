import { describe, expect, it } from "vitest";
import { shortenName } from "../../src/ui/shorten-name.ts";

describe("shortenName", () => {
  it("cuts the middle out", () => {
    expect(shortenName("very-long-node-name", 9, "…")).toBe("very…name");
    expect(shortenName("short", 9, "…")).toBe("short");
    expect(shortenName("abc", 2, "…")).toBe("a…");
    expect(shortenName("abc", 1, "…")).toBe("a");
  });
});
