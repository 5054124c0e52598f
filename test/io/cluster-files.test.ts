import { mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clusterFiles } from "../../src/io/cluster-files.ts";
import { tempDir } from "../support/temp-dir.ts";

async function homeWith(...names: readonly string[]): Promise<{ readonly env: { HOME: string }; folder: string }> {
  const home = await realpath(await tempDir());
  const folder = join(home, ".config", "k3s-lb", "clusters");
  await mkdir(folder, { recursive: true });
  for (const name of names) await writeFile(join(folder, name), "");
  return { env: { HOME: home }, folder };
}

describe("clusterFiles", () => {
  it("are the fleet files of the folder, by their names", async () => {
    const { env, folder } = await homeWith("fr1.yaml", "de1.yml", "notes.txt", ".hidden.yaml", "de1.yaml~");
    expect(await clusterFiles(env)).toEqual([
      { name: "de1", path: join(folder, "de1.yml") },
      { name: "fr1", path: join(folder, "fr1.yaml") },
    ]);
  });

  it("lie where a link leads, and one that leads nowhere is still one", async () => {
    const { env, folder } = await homeWith();
    const elsewhere = await realpath(await tempDir());
    await writeFile(join(elsewhere, "k3s-lb.yaml"), "");
    await symlink(join(elsewhere, "k3s-lb.yaml"), join(folder, "de1.yaml"));
    await symlink("gone.yaml", join(folder, "fr1.yaml"));
    expect(await clusterFiles(env)).toEqual([
      { name: "de1", path: join(elsewhere, "k3s-lb.yaml") },
      { name: "fr1", path: join(folder, "fr1.yaml") },
    ]);
  });

  it("have names that can be typed and drawn as they are; other files are passed over", async () => {
    const odd = [
      "e\u001b[31mvil",
      "two\nlines",
      "two words",
      "$(date)",
      "-A",
      "a;b",
      "\u3164",
      "__proto__",
      "é.2",
      "e\u0301",
    ];
    const { env } = await homeWith(...odd.map((name) => `${name}.yaml`));
    expect((await clusterFiles(env)).map(({ name }) => name)).toEqual(["__proto__", "e\u0301", "é.2"]);
  });

  it("are none without a folder or a home, and XDG_CONFIG_HOME goes before the home", async () => {
    const { env, folder } = await homeWith("de1.yaml");
    expect(await clusterFiles({})).toEqual([]);
    expect(await clusterFiles({ HOME: "/nonexistent" })).toEqual([]);
    expect(await clusterFiles({ HOME: "/nonexistent", XDG_CONFIG_HOME: join(env.HOME, ".config") })).toEqual([
      { name: "de1", path: join(folder, "de1.yaml") },
    ]);
  });
});
