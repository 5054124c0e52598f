import { describe, expect, it } from "vitest";
import { follow, locate } from "../../src/ui/window.ts";

describe("follow", () => {
  it("stays where it was while the selection is visible, and moves by as little as it must", () => {
    expect(follow(3, 5, 4, 20)).toBe(3);
    expect(follow(3, 7, 4, 20)).toBe(4);
    expect(follow(3, 2, 4, 20)).toBe(2);
  });

  it("fills the window as long as there are rows", () => {
    expect(follow(18, 19, 4, 20)).toBe(16);
    expect(follow(5, 1, 4, 3)).toBe(0);
    expect(follow(0, 0, 4, 0)).toBe(0);
  });
});

describe("locate", () => {
  it("finds the selected row by its identity, or keeps the old place", () => {
    expect(locate(["a", "b", "c"], "c", 0)).toBe(2);
    expect(locate(["a", "b"], "c", 2)).toBe(1);
    expect(locate([], "c", 2)).toBe(0);
    expect(locate(["a", "b"], undefined, 1)).toBe(0);
  });
});
