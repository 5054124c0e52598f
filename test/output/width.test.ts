import { describe, expect, it } from "vitest";
import { pad, textWidth, truncate } from "../../src/output/width.ts";

describe("textWidth", () => {
  it("counts columns, not characters", () => {
    expect([textWidth("node01"), textWidth("größe"), textWidth("主节点"), textWidth("👩‍🚀")]).toEqual([6, 5, 6, 2]);
  });
});

describe("pad", () => {
  it("fills on the side that the alignment leaves free", () => {
    expect([pad("7", 3, "right"), pad("up", 4), pad("too long", 3)]).toEqual(["  7", "up  ", "too long"]);
  });
});

describe("truncate", () => {
  it("keeps what fits and marks the cut", () => {
    expect(truncate("k8s-de1-master-1", 8, "…")).toBe("k8s-de1…");
    expect(truncate("master", 6, "~")).toBe("master");
    expect(truncate("master", 0, "~")).toBe("");
  });

  it("never cuts a wide character in two", () => {
    expect(truncate("主节点一", 6, "…")).toBe("主节…");
  });
});
