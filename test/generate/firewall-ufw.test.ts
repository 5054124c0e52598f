import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { Fleet } from "../../src/domain/inventory.ts";
import { generateFirewall } from "../../src/generate/firewall.ts";
import { skipsFirewall } from "../support/firewall.ts";
import { nodeOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { textOf } from "../support/generated-text.ts";
import { tempDir } from "../support/temp-dir.ts";

const ufwFor = (fleet: Partial<Fleet>) => textOf(generateFirewall(inputOf({ fleet })), ".sh");
const nodesAt = (...addresses: readonly string[]) => ({
  nodes: addresses.map((address, i) => nodeOf(`n${i}`, { address })),
});

/** The rules that ufw has after some scripts, on copies of its files and in a network of its own. */
async function rulesAfter(...scripts: readonly string[]): Promise<readonly string[]> {
  const folder = await tempDir();
  const isolated = [
    "set -e",
    `cp -a /etc/ufw ${folder}/etc`,
    `mount --bind ${folder}/etc /etc/ufw`,
    ...scripts.map((script) => `sh -c '${script.replaceAll("'", "'\\''")}' >/dev/null`),
    "ufw show added",
  ];
  const result = spawnSync("unshare", ["-n", "-m", "sh", "-c", isolated.join("\n")], { encoding: "utf8" });
  expect(result).toMatchObject({ status: 0 });
  return result.stdout.split("\n").filter((line) => line.startsWith("ufw "));
}

describe.skipIf(skipsFirewall("ufw"))("the script for ufw, by the real ufw", () => {
  it("opens the port to the fleet alone whatever was there, and leaves the other rules; twice is as good as once", async () => {
    const openToAll = "ufw allow 1936/tcp";
    const others = "ufw allow 22/tcp comment 'not k3s-lb' && ufw allow 1900:2000/tcp";
    const ofAnEarlierFile = "ufw prepend allow from 10.8.0.77 to any port 1936,16443 proto tcp comment k3s-lb";
    const belowTheDeny = "ufw allow from 10.8.0.11 to any port 1936 proto tcp comment k3s-lb";
    const script = ufwFor(nodesAt("10.8.0.11", "fd00:0:0:0::9"));
    expect(await rulesAfter(openToAll, others, ofAnEarlierFile, belowTheDeny, script, script)).toEqual([
      "ufw allow from 10.8.0.11 to any port 1936 proto tcp comment 'k3s-lb'",
      "ufw deny 1936/tcp comment 'k3s-lb'",
      "ufw allow 22/tcp comment 'not k3s-lb'",
      "ufw allow 1900:2000/tcp",
      "ufw allow from fd00::9 to any port 1936 proto tcp comment 'k3s-lb'",
    ]);
    // ufw is a program of Python that starts anew for each of some thirty rules.
  }, 60_000);
});
