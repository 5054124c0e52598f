import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readKubeconfigFiles, readMaterial } from "../../src/io/kubeconfig-files.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("readKubeconfigFiles", () => {
  it("reads the named one, else those of KUBECONFIG that are there, else the home's", async () => {
    const cwd = await tempDir();
    await mkdir(join(cwd, ".kube"));
    for (const name of ["a", "b", ".kube/config"]) await writeFile(join(cwd, name), name);
    const texts = async (named: string | undefined, env: Readonly<Record<string, string>>) =>
      (await readKubeconfigFiles(named, { env, cwd })).map(({ text }) => text);
    expect(await texts("a", { KUBECONFIG: "b" })).toEqual(["a"]);
    expect(await texts(undefined, { KUBECONFIG: "gone:b:a" })).toEqual(["b", "a"]);
    expect(await texts(undefined, { HOME: cwd })).toEqual([".kube/config"]);
    await expect(texts(undefined, { KUBECONFIG: "gone" })).rejects.toThrow("--from-kubeconfig: there is no gone");
  });
});

describe("readMaterial", () => {
  it("decodes what stands there, and reads files beside the kubeconfig", async () => {
    const cwd = await tempDir();
    await writeFile(join(cwd, "ca.pem"), "PEM");
    const file = join(cwd, "config");
    expect(String(await readMaterial({ data: "UEVN" }, "authority", "/"))).toBe("PEM");
    expect(String(await readMaterial({ path: "ca.pem", file }, "authority", "/"))).toBe("PEM");
    expect(await readMaterial(undefined, "authority", "/")).toBeUndefined();
    await expect(readMaterial({ path: "gone", file: "config" }, "client-key", cwd)).rejects.toThrow(
      "config: the client-key gone cannot be read (ENOENT)",
    );
  });
});
