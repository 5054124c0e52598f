import { chown, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLedger } from "../../src/io/ledger-file.ts";
import { openStateFolder, stateFolder } from "../../src/io/state-folder.ts";
import { aBegun } from "../support/ledger.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("stateFolder", () => {
  it.each([
    [{ XDG_STATE_HOME: "/var/state", HOME: "/home/ops" }, "/var/state/k3s-lb/k8s-de1"],
    [{ HOME: "/home/ops" }, "/home/ops/.local/state/k3s-lb/k8s-de1"],
    [{ XDG_STATE_HOME: "", HOME: "/home/ops" }, "/home/ops/.local/state/k3s-lb/k8s-de1"],
    [{ XDG_STATE_HOME: "state", HOME: "/home/ops" }, "/home/ops/.local/state/k3s-lb/k8s-de1"],
    [{ HOME: "ops" }, undefined],
    [{}, undefined],
  ])("of %j is %s", (env, folder) => {
    expect(stateFolder(env, "k8s-de1")).toBe(folder);
  });

  it.each([
    ["../../etc", "%2E./../etc".replaceAll("/", "%2F")],
    ["..", "%2E."],
    ["a/b c", "a%2Fb%20c"],
    ["v1.30_x", "v1.30_x"],
    ["Köln", "K%C3%B6ln"],
    ["", "%"],
  ])("makes a file name of the cluster %j", (cluster, name) => {
    expect(stateFolder({ HOME: "/h" }, cluster)).toBe(`/h/.local/state/k3s-lb/${name}`);
  });

  it("keeps long names short and apart", () => {
    const [one, other] = ["x", "y"].map((end) => stateFolder({ HOME: "/h" }, `${"long".repeat(99)}${end}`) ?? "");
    expect(one).not.toBe(other);
    expect(Math.max(one?.length ?? 0, other?.length ?? 0)).toBeLessThan(250);
  });
});

describe("openStateFolder", () => {
  it("makes the folder for its user alone", async () => {
    const state = join(await tempDir(), "state");
    const folder = await openStateFolder({ XDG_STATE_HOME: state }, "k8s-de1");
    expect(folder).toBe(join(state, "k3s-lb", "k8s-de1"));
    for (const made of [folder, state]) expect((await stat(made)).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.getuid?.() !== 0)("leaves to a user what root makes in that user's home", async () => {
    const home = await tempDir();
    await chown(home, 4711, 4712);
    const folder = await openStateFolder({ HOME: home }, "k8s-de1");
    await openLedger(join(folder, "ledger.jsonl")).append([aBegun()]);
    for (const made of [join(home, ".local"), folder, join(folder, "ledger.jsonl")]) {
      expect(await stat(made)).toMatchObject({ uid: 4711, gid: 4712 });
    }
  });

  it.skipIf(process.platform !== "linux")("ends where the file system has no folder to be made in", async () => {
    const made = openStateFolder({ XDG_STATE_HOME: "/proc/nowhere" }, "k8s-de1");
    await expect(made).rejects.toThrow("cannot be made (ENOENT)");
  });

  it("says what to do where there is no place for it", async () => {
    await expect(openStateFolder({}, "k8s-de1")).rejects.toThrow("there is no home directory to keep the ledger in");
    await expect(openStateFolder({ HOME: "/dev/null" }, "k8s-de1")).rejects.toThrow("cannot be made (ENOTDIR)");
  });
});
