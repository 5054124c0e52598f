import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { isOwnAddress } from "../../src/io/own-machine.ts";

const outer = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .filter(({ internal }) => !internal);

describe("isOwnAddress", () => {
  it.skipIf(outer.length === 0)("knows this machine's own addresses", async () => {
    for (const { address } of outer) expect([address, await isOwnAddress(address)]).toEqual([address, true]);
  });

  it.each(["127.0.0.1", "127.0.0.2", "::1", "localhost", "192.0.2.7", "no-such-host.invalid"])(
    "leaves %s alone: loopback addresses are nodes of their own, others are other machines",
    async (host) => {
      expect(await isOwnAddress(host)).toBe(false);
    },
  );
});
