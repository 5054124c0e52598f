import { describe, expect, it } from "vitest";
import { main } from "../src/cli.ts";
import { createFakeShell } from "./support/fake-shell.ts";

describe("main", () => {
  it("calls what nobody foresaw a bug, with its stack, and exits 70", async () => {
    const { shell, err } = createFakeShell();
    const env = new Proxy(shell.env, {
      get() {
        throw new TypeError("broken on purpose");
      },
    });
    expect(await main(["config", "path"], { ...shell, env })).toBe(70);
    expect(err()).toMatch(/^k3s-lb: this is a bug, please report it:\nTypeError: broken on purpose\n {4}at /);
  });
});
