import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRouteMemory } from "../../src/io/route-memory.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("openRouteMemory", () => {
  it("remembers from one run to the next what worked, and keeps it to this user", async () => {
    const folder = join(await tempDir(), "k8s-de1");
    const memory = await openRouteMemory(folder);
    memory.set("node01", "ssh");
    memory.set("node02", "http");
    memory.set("node02", "socket");
    memory.set("node03", "http");
    memory.forget("node03");
    await memory.flush();
    const next = await openRouteMemory(folder);
    expect(["node01", "node02", "node03"].map(next.get)).toEqual(["ssh", "socket", undefined]);
    expect((await stat(join(folder, "routes.json"))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["routes.json"]);
  });

  it.each(["", "{", "[1]", "null", '{"node01":"carrier pigeon","node02":7}', "\u0000\u0001"])(
    "is empty where the file holds %j",
    async (text) => {
      const folder = await tempDir();
      await writeFile(join(folder, "routes.json"), text);
      const memory = await openRouteMemory(folder);
      expect(["node01", "node02"].map(memory.get)).toEqual([undefined, undefined]);
    },
  );

  it("goes on where it cannot be written", async () => {
    const folder = await tempDir();
    await writeFile(join(folder, "file"), "no folder");
    const memory = await openRouteMemory(join(folder, "file"));
    memory.set("node01", "ssh");
    await memory.flush();
    expect(memory.get("node01")).toBe("ssh");
    await chmod(folder, 0o700);
    expect(await readFile(join(folder, "file"), "utf8")).toBe("no folder");
  });
});
