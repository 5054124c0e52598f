import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/domain/user-error.ts";
import { hashPassword, refuseSamplePassword } from "../../src/io/password-hash.ts";
import { skipsWithout } from "../support/real-program.ts";

const whose = { cluster: "k8s-de1", user: "admin" };
const hash = hashPassword("s3cr3t", whose);

describe("hashPassword", () => {
  it("gives SHA-512 in the form of crypt(3), always the same", () => {
    expect(hash).toMatch(/^\$6\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}$/);
    expect(hashPassword("s3cr3t", whose)).toBe(hash);
  });

  it("has another salt for another password, user or cluster", () => {
    const saltOf = (text: string) => text.split("$")[2];
    const others = [
      hashPassword("s3cr3t2", whose),
      hashPassword("s3cr3t", { ...whose, user: "viewer" }),
      hashPassword("s3cr3t", { ...whose, cluster: "k8s-de2" }),
    ];
    expect(new Set([hash, ...others].map(saltOf)).size).toBe(4);
  });

  it.skipIf(skipsWithout("hashes are not compared with openssl's", "openssl"))(
    "is what openssl passwd -6 makes of it, beyond ASCII too",
    () => {
      for (const password of ["s3cr3t", "grün und blau", "x".repeat(200)]) {
        const ours = hashPassword(password, whose);
        const args = ["passwd", "-6", "-salt", ours.split("$")[2] ?? "", "-stdin"];
        expect(execFileSync("openssl", args, { input: `${password}\n`, encoding: "utf8" })).toBe(`${ours}\n`);
      }
    },
  );
});

describe("refuseSamplePassword", () => {
  it("refuses the one that everybody knows, and no other", () => {
    expect(() => refuseSamplePassword("yoursupersecretpassword", "it")).toThrow(UserError);
    expect(() => refuseSamplePassword("s3cr3t", "it")).not.toThrow();
  });
});
