import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { BareAnswer } from "../../src/domain/doctor-facts.ts";
import { ownAddresses } from "../../src/io/own-machine.ts";
import { type AddressSettings, createAddressProbe, readSshHost } from "../../src/io/probe-addresses.ts";
import { failureOf } from "../support/doctor-facts.ts";
import { nodeOf } from "../support/fleet.ts";
import { tempDir } from "../support/temp-dir.ts";

const node = nodeOf("node01", { ssh: "node01" });

/** A probe where every address gives this answer; `asked` has them in order. */
function world(part: Partial<AddressSettings> = {}, answer: BareAnswer = { kind: "closed" }) {
  const asked: string[] = [];
  const probe = createAddressProbe({
    probes: {
      async bareAt(_, host) {
        asked.push(host);
        return answer;
      },
    },
    now: () => 0,
    isHere: async () => false,
    sshHost: async () => "203.0.113.7",
    ...part,
  });
  return { asked, probe };
}

describe("createAddressProbe", () => {
  it("tries the address that ssh goes to, where it is another one", async () => {
    const { probe } = world();
    expect(await probe(node, 1_000, [])).toEqual([{ address: "203.0.113.7", from: "ssh", answer: "closed" }]);
    const same = world({ sshHost: async () => node.address });
    expect(await same.probe(node, 1_000, [])).toEqual([]);
  });

  it("tries every address of a name that has several, and not the only one", async () => {
    const named = { ...nodeOf("node01"), address: "n1.vpn" };
    const { probe, asked } = world();
    await probe(named, 1_000, ["10.8.0.11", "fd00::11"]);
    await probe(named, 1_000, ["10.8.0.11"]);
    expect(asked).toEqual(["10.8.0.11", "fd00::11"]);
  });

  it("tries this machine's own addresses where it is the node, but no loopback and no link-local one", async () => {
    const { probe, asked } = world({ isHere: async () => true });
    await probe(nodeOf("node01", { address: "192.0.2.1" }), 1_000, ["127.0.0.1", "fe80::1"]);
    expect(asked).toEqual([...ownAddresses()].filter((address) => !address.startsWith("fe80:")).slice(0, 8));
  });

  it("does not ask where ssh goes when ssh is left out, or is not in the fleet file", async () => {
    const { probe } = world({ sshHost: undefined });
    expect(await probe(node, 1_000, [])).toEqual([]);
    expect(await world().probe(nodeOf("node01"), 1_000, [])).toEqual([]);
  });

  it.each([
    ["silent", failureOf("unreachable", "connection refused")],
    ["silent", failureOf("timeout", "no connection in time")],
    ["other", failureOf("timeout", "no answer in time")],
    ["other", failureOf("http-status", "answers 404", 404)],
  ] as const)("calls it %s at %j", async (word, failure) => {
    const { probe } = world({}, { kind: "failed", failure });
    expect(await probe(node, 1_000, [])).toMatchObject([{ answer: word }]);
  });
});

describe.skipIf(!existsSync("/usr/bin/ssh"))("readSshHost", () => {
  it("reads the user's own configuration, and knows that a jump host's addresses are none of ours", async () => {
    const sshConfig = join(await tempDir(), "ssh_config");
    await writeFile(
      sshConfig,
      "Host node01\n  HostName 203.0.113.7\nHost node02\n  HostName 10.0.0.2\n  ProxyJump gate\n",
    );
    const at = (ssh: string) => ({ ...node, ssh, admin: { ...node.admin, sshConfig } });
    const env = { PATH: process.env["PATH"] };
    expect(await readSshHost(at("root@node01"), 5_000, env)).toBe("203.0.113.7");
    expect(await readSshHost(at("node02"), 5_000, env)).toBeUndefined();
    expect(await readSshHost(at("10.0.0.9"), 5_000, env)).toBe("10.0.0.9");
  });

  it("knows nothing without ssh", async () => {
    expect(await readSshHost(node, 5_000, { PATH: "/nowhere" })).toBeUndefined();
  });
});
