import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findFleetFile, fleetFileCandidates, shortPath } from "../../src/io/fleet-search.ts";
import { tempDir } from "../support/temp-dir.ts";

const paths = (place: Parameters<typeof fleetFileCandidates>[0]): string[] =>
  fleetFileCandidates(place).map(({ path }) => path);

describe("fleetFileCandidates", () => {
  it("goes from the working directory to the user's and the machine's configuration", () => {
    const env = { HOME: "/home/ops", XDG_CONFIG_HOME: "/home/ops/cfg" };
    expect(paths({ cwd: "/w", env })).toEqual([
      "/w/k3s-lb.yaml",
      "/home/ops/cfg/k3s-lb/k3s-lb.yaml",
      "/etc/k3s-lb/k3s-lb.yaml",
    ]);
  });

  it("takes ~/.config where XDG_CONFIG_HOME is not set, empty or relative", () => {
    const user = "/home/ops/.config/k3s-lb/k3s-lb.yaml";
    expect(paths({ cwd: "/w", env: { HOME: "/home/ops" } })[1]).toBe(user);
    expect(paths({ cwd: "/w", env: { HOME: "/home/ops", XDG_CONFIG_HOME: "" } })[1]).toBe(user);
    expect(paths({ cwd: "/w", env: { HOME: "/home/ops", XDG_CONFIG_HOME: "cfg" } })).not.toContain("cfg");
    expect(paths({ cwd: "/w", env: {} })).toEqual(["/w/k3s-lb.yaml", "/etc/k3s-lb/k3s-lb.yaml"]);
  });

  it("looks nowhere else once a file is named, --config before K3S_LB_CONFIG", () => {
    const env = { K3S_LB_CONFIG: "b.yaml" };
    expect(paths({ cwd: "/w", env, config: "a.yaml" })).toEqual(["/w/a.yaml"]);
    expect(paths({ cwd: "/w", env })).toEqual(["/w/b.yaml"]);
  });
});

describe("findFleetFile", () => {
  it("takes the first that is there", async () => {
    const cwd = await tempDir();
    const home = join(cwd, "home");
    await mkdir(join(home, ".config", "k3s-lb"), { recursive: true });
    await writeFile(join(home, ".config", "k3s-lb", "k3s-lb.yaml"), "");
    const env = { HOME: home };
    expect((await findFleetFile({ cwd, env })).path).toBe(join(home, ".config", "k3s-lb", "k3s-lb.yaml"));
    await writeFile(join(cwd, "k3s-lb.yaml"), "");
    expect((await findFleetFile({ cwd, env })).path).toBe(join(cwd, "k3s-lb.yaml"));
  });
});

describe("shortPath", () => {
  it("is relative below the working directory and absolute elsewhere", () => {
    expect(shortPath("/w/fleet/a.yaml", "/w")).toBe("fleet/a.yaml");
    expect(shortPath("/etc/k3s-lb/k3s-lb.yaml", "/w")).toBe("/etc/k3s-lb/k3s-lb.yaml");
    expect(shortPath("/w", "/w")).toBe("/w");
  });
});
