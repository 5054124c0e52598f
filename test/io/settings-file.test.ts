import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/domain/user-error.ts";
import { readSettingsText, settingsError } from "../../src/io/settings-file.ts";
import { readYaml } from "../../src/io/yaml-source.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("readSettingsText", () => {
  it("takes the person's own file, or the one that is named", async () => {
    const home = await tempDir();
    const own = join(home, ".config", "k3s-lb");
    await mkdir(own, { recursive: true });
    await writeFile(join(own, "top.yaml"), "theme: light\n");
    await writeFile(join(home, "other.yaml"), "theme: mono\n");
    expect(readSettingsText({ HOME: home }, "/")).toEqual({ path: join(own, "top.yaml"), text: "theme: light\n" });
    expect(readSettingsText({ HOME: "/x", XDG_CONFIG_HOME: join(home, ".config") }, "/")?.text).toBe("theme: light\n");
    expect(readSettingsText({ HOME: home, K3S_LB_TOP_CONFIG: "other.yaml" }, home)).toEqual({
      path: "other.yaml",
      text: "theme: mono\n",
    });
  });

  it("finds nothing where no file, no home and no folder is, and takes /dev/null for no settings", async () => {
    const home = await tempDir();
    await writeFile(join(home, ".config"), "");
    expect(readSettingsText({}, "/")).toBeUndefined();
    expect(readSettingsText({ HOME: "/nonexistent" }, "/")).toBeUndefined();
    expect(readSettingsText({ HOME: home }, "/")).toBeUndefined();
    expect(readSettingsText({ K3S_LB_TOP_CONFIG: "/dev/null" }, "/")?.text).toBe("");
  });

  it("refuses a named file that is not there, and a folder", () => {
    const read = (named: string) => () => readSettingsText({ K3S_LB_TOP_CONFIG: named }, "/");
    expect(read("/no/such/file")).toThrow(new UserError("/no/such/file (K3S_LB_TOP_CONFIG): there is no such file"));
    expect(read("/tmp")).toThrow("/tmp (K3S_LB_TOP_CONFIG): this is a directory; expected a file with settings of top");
  });
});

describe("settingsError", () => {
  it("tells every mistake in the order of the file", () => {
    const source = readYaml("theme: x\nkeys: { down: [f1] }\n");
    const error = settingsError("top.yaml", source, [
      { path: ["keys", "down", 0], at: "value", text: "second" },
      { path: ["theme"], at: "value", text: "first" },
    ]);
    expect(error.message).toBe("top.yaml has 2 mistakes:\ntop.yaml:1:8: first\ntop.yaml:2:16: second");
  });
});
