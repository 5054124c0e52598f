import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fleet } from "../../src/domain/inventory.ts";
import { generateFirewall } from "../../src/generate/firewall.ts";
import { skipsFirewall } from "../support/firewall.ts";
import { fleetOf, nodeOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { textOf } from "../support/generated-text.ts";
import { createNamespace, type Namespace } from "../support/netns.ts";

const skips = skipsFirewall("nft");
const nftFor = (fleet: Partial<Fleet>) => textOf(generateFirewall(inputOf({ fleet })), ".nft");
const through = (vpnInterface: string) => ({ haproxy: { ...fleetOf().haproxy, vpnInterface } });

describe.skipIf(skips)("the rules for nftables, by the real nft", () => {
  it.each<readonly [string, Partial<Fleet>]>([
    ["an interface", through("wg0")],
    ["an interface with an odd name", through("-wg.0_@")],
    ["many nodes", { nodes: fleetOf({ nodes: 200 }).nodes }],
    [
      "both families and ranges that overlap",
      {
        nodes: ["10.8.0.11", "fd00::9", "::ffff:10.8.0.12"].map((address, i) => nodeOf(`n${i}`, { address })),
        haproxy: {
          ...fleetOf().haproxy,
          admin: { kind: "from", addresses: ["10.8.0.0/24", "10.8.0.0/25", "fd00::/64", "fd00::1", "10.9.9.9/1"] },
        },
      },
    ],
    ["nobody else", { nodes: [nodeOf("own", { address: "127.0.0.1" })] }],
    ["a frontend for others", { frontend: { name: "f", bind: "*:16443" } }],
  ])("take %s, and may be loaded again and again", (_, fleet) => {
    const text = nftFor(fleet);
    // In a network of its own: this machine's rules stay as they are.
    const script = 'printf %s "$RULES" | nft -c -f - && printf %s "$RULES" | nft -f - && printf %s "$RULES" | nft -f -';
    const env = { ...process.env, RULES: text };
    expect(spawnSync("unshare", ["-n", "sh", "-c", script], { env, encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });
});

describe.skipIf(skips)("packets under the rules for nftables", () => {
  const [STATS, OTHER] = [1936, 1999];
  let namespace: Namespace;
  let server: ChildProcess;
  let stranger: string;
  let link: string;

  const inside = (...words: readonly string[]) => {
    const [program, args] = namespace.command(...words);
    return execFileSync(program, args, { encoding: "utf8" });
  };
  const load = (fleet: Partial<Fleet>) => {
    const [program, args] = namespace.command("nft", "-f", "-");
    execFileSync(program, args, { input: nftFor(fleet) });
  };
  const nameOfLink = (line: string) => /^\d+: (\S+)/.exec(line)?.[1] ?? "";

  beforeAll(async () => {
    namespace = createNamespace();
    link = nameOfLink(inside("ip", "-o", "-4", "addr", "show", "to", namespace.there));
    const outside = nameOfLink(
      execFileSync("ip", ["-o", "-4", "addr", "show", "to", namespace.here], { encoding: "utf8" }),
    );
    // A second address of this machine, which goes with the link: it reaches the namespace and is none of the fleet's.
    stranger = namespace.here.replace(/^198\.18\./, "198.19.");
    execFileSync("ip", ["addr", "add", `${stranger}/32`, "dev", outside]);
    inside("ip", "route", "add", "default", "via", namespace.here);
    const listen = `for (const port of [${STATS}, ${OTHER}]) require("net").createServer((s) => s.end()).listen(port, () => console.log(port))`;
    const [program, args] = namespace.command(process.execPath, "-e", listen);
    server = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    for (let seen = ""; seen.split("\n").length < 3; ) seen += String((await once(server.stdout ?? server, "data"))[0]);
  });

  afterAll(() => {
    server?.kill();
    namespace?.remove();
  });

  /** Whether a connection comes about. What is dropped is never answered, so silence is the answer. */
  function connects(localAddress: string, port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ host: namespace.there, port, localAddress });
      const done = (is: boolean) => {
        socket.destroy();
        resolve(is);
      };
      socket.setTimeout(700, () => done(false));
      socket.once("connect", () => done(true)).once("error", () => done(false));
    });
  }

  const seen = async () => ({
    fleet: await connects(namespace.here, STATS),
    stranger: await connects(stranger, STATS),
    otherPort: await connects(stranger, OTHER),
    itself: inside(
      process.execPath,
      "-e",
      `require("net").connect(${STATS}, "127.0.0.1").on("connect", () => { console.log("yes"); process.exit() })`,
    ),
  });

  it("come from the fleet's addresses and from the node itself, and from nobody else; other ports are untouched", async () => {
    expect(await connects(stranger, STATS)).toBe(true);
    load({ nodes: [nodeOf("n", { address: namespace.here })] });
    expect(await seen()).toEqual({ fleet: true, stranger: false, otherPort: true, itself: "yes\n" });
  });

  it("come by the VPN's interface, whatever their address, and by no other", async () => {
    load(through(link));
    expect(await seen()).toEqual({ fleet: true, stranger: true, otherPort: true, itself: "yes\n" });
    load(through("wg0"));
    expect(await seen()).toEqual({ fleet: false, stranger: false, otherPort: true, itself: "yes\n" });
  });
});
