import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readInventoryFiles } from "../../src/io/inventory-files.ts";
import { tempDir } from "../support/temp-dir.ts";

async function folderWith(...names: readonly string[]): Promise<string> {
  const cwd = await tempDir();
  for (const name of names) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), `text of ${name}`);
  }
  return cwd;
}

describe("readInventoryFiles", () => {
  it("reads a file with the variables beside it, in the order in which the later win", async () => {
    const cwd = await folderWith(
      "inv/hosts",
      "inv/other",
      "inv/group_vars/all.yml",
      "inv/group_vars/web/20.yml",
      "inv/group_vars/web/10.yml",
      "inv/group_vars/web/deep/a.json",
      "inv/group_vars/web/notes.txt",
      "inv/group_vars/.hidden",
      "inv/group_vars/backup~",
      "inv/host_vars/n1.example.org",
    );
    const { inventories, vars } = await readInventoryFiles("inv/hosts", cwd);
    expect(inventories).toEqual([{ file: "inv/hosts", text: "text of inv/hosts" }]);
    expect(vars.map(({ kind, name, file }) => `${kind} ${name} ${file}`)).toEqual([
      "group all inv/group_vars/all.yml",
      "group web inv/group_vars/web/10.yml",
      "group web inv/group_vars/web/20.yml",
      "group web inv/group_vars/web/deep/a.json",
      "host n1.example.org inv/host_vars/n1.example.org",
    ]);
  });

  it("reads the inventories of a folder by their names, and passes over what Ansible passes over", async () => {
    const cwd = await folderWith(
      "inv/b.yml",
      "inv/a.ini",
      "inv/a.ini.bak",
      "inv/README.md",
      "inv/x~",
      "inv/ansible.cfg",
      "inv/sub/c.yml",
    );
    const { inventories } = await readInventoryFiles("inv", cwd);
    expect(inventories.map(({ file }) => file)).toEqual(["inv/a.ini", "inv/b.yml"]);
  });

  it("is not caught by a folder that holds itself", async () => {
    const cwd = await folderWith("inv/hosts", "inv/group_vars/web/a.yml");
    await symlink(".", join(cwd, "inv/group_vars/web/loop"));
    const { vars } = await readInventoryFiles("inv/hosts", cwd);
    expect(vars.length).toBeLessThan(20);
  });

  it("says what is not there", async () => {
    const cwd = await folderWith("empty/README.md");
    await expect(readInventoryFiles("gone", cwd)).rejects.toThrow("gone: there is no such file");
    await expect(readInventoryFiles("empty", cwd)).rejects.toThrow("empty: this folder has no inventory");
  });
});
