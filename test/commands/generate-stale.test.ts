import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FLEET_FILE, generateHome } from "../support/generate-home.ts";

const twoPorts = FLEET_FILE.replace(
  '[{ name: "node[01:03]", address: "10.8.0.[11:13]" }]',
  "[{ name: node01 }, { name: node02, stats: { port: 1937 } }]",
);
const make = ["haproxy", "--no-verify", "--offline", "-O", "out"];
const staleLines = (stderr: string) => stderr.split("\n").filter((line) => line.startsWith("stale"));

describe("files of an earlier run that are no longer made", () => {
  it("are named and left there, other targets' and anybody's own not", async () => {
    const { folder, run, write } = await generateHome(twoPorts);
    await run(...make);
    await run("firewall", "--vpn-interface", "wg0", "--no-verify", "-O", "out");
    await writeFile(join(folder, "out", "notes.cfg"), "# my own\n");
    const before = (await readdir(join(folder, "out"))).sort();
    expect(before).toEqual(["haproxy-node01.cfg", "haproxy-node02.cfg", "k3s-lb-ufw.sh", "k3s-lb.nft", "notes.cfg"]);
    await write("k3s-lb.yaml", FLEET_FILE);
    const { code, stderr } = await run(...make);
    expect(code).toBe(0);
    expect(staleLines(stderr)).toEqual([
      "stale      out/haproxy-node01.cfg: an earlier run made it, this one did not; it is left there",
      "stale      out/haproxy-node02.cfg: an earlier run made it, this one did not; it is left there",
    ]);
    expect((await readdir(join(folder, "out"))).sort()).toEqual([...before, "haproxy.cfg"].sort());
  });

  it("are not those of other nodes where one node's file is made", async () => {
    const { run } = await generateHome(twoPorts);
    await run(...make);
    expect(staleLines((await run(...make, "--node", "node01")).stderr)).toEqual([]);
  });

  it("are found in the folders of a target, and where the format has no comments", async () => {
    const { run, write } = await generateHome();
    await run("prometheus", "--no-verify", "-O", "out");
    await run("grafana", "--no-verify", "-O", "out");
    await write(
      "out/prometheus/old.rules.yml",
      "# k3s-lb generate prometheus -O (do not edit: sha256 0123456789abcdef)\n",
    );
    await write("out/prometheus/old.targets.json", "[]\n");
    await write("out/prometheus/mine.json", "[]\n");
    await write("out/.k3s-lb.sha256", `${"0".repeat(64)}  prometheus/old.targets.json\n${"0".repeat(64)}  gone.json\n`);
    const { stderr } = await run("prometheus", "--no-verify", "--overwrite", "-O", "out");
    expect(staleLines(stderr).map((line) => line.split(/[: ]+/)[1])).toEqual([
      "out/prometheus/old.rules.yml",
      "out/prometheus/old.targets.json",
    ]);
  });
});
