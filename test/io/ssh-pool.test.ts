import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createPlaces } from "../../src/io/places.ts";
import { createSshPool, type Held } from "../../src/io/ssh-pool.ts";
import { openSshTunnel } from "../../src/io/ssh-tunnel.ts";
import { nodeOf } from "../support/fleet.ts";

const node = (name: string) => nodeOf(name, { ssh: `ops@${name}` });
const nobody: Held = {
  ended: new Promise(() => undefined),
  problem: () => {
    throw new Error("nothing is wrong with it");
  },
  end: async () => undefined,
};

describe("createSshPool", () => {
  it("gives the place back where ssh cannot be begun, and says what this machine is out of", async () => {
    const missing = join(tmpdir(), "k3s-lb-no-such-folder");
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = missing;
    const pool = createSshPool({
      places: createPlaces(1),
      now: () => performance.now(),
      begin: (one, withinMs) => openSshTunnel(one, withinMs, {}),
      prove: async () => undefined,
    });
    try {
      for (const name of ["node01", "node02", "node03"]) {
        expect(await pool.use(node(name), performance.now() + 5_000)).toEqual({
          ok: false,
          failure: {
            kind: "unreachable",
            detail: "ssh cannot be started on this machine (ENOENT)",
            statusCode: undefined,
          },
          hint: "Set TMPDIR to a folder that this user may write to, with room left.",
        });
      }
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      await pool.close();
    }
  });

  it("begins anew after that, as nothing is left of the failure", async () => {
    const errors: Error[] = [Object.assign(new Error("no room"), { code: "EMFILE" })];
    const pool = createSshPool({
      places: createPlaces(1),
      now: () => performance.now(),
      begin() {
        const error = errors.pop();
        if (error !== undefined) throw error;
        return nobody;
      },
      prove: async () => undefined,
    });
    const first = await pool.use(node("node01"), performance.now() + 5_000);
    expect(first).toMatchObject({ ok: false, hint: expect.stringContaining("ulimit -n") });
    expect(await pool.use(node("node01"), performance.now() + 5_000)).toMatchObject({ ok: true, one: nobody });
    await pool.close();
  });
});
