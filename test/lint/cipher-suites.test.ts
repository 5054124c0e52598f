import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowsEcdsa } from "../../src/lint/cipher-suites.ts";
import { changed, found } from "../support/lint.ts";

const SAMPLE = "kEECDH+aRSA+AES:kRSA+AES:+AES256:RC4-SHA:!kEDH:!LOW:!EXP:!MD5:!aNULL:!eNULL";

/** What OpenSSL makes of a list; an invalid one has no suite. */
function asked(list: string): boolean {
  const { stdout } = spawnSync("openssl", ["ciphers", "-v", "--", list], { encoding: "utf8" });
  return /^ECDHE-ECDSA-(?!NULL)/m.test(stdout);
}

const isInstalled = spawnSync("openssl", ["version"]).status === 0;
if (!isInstalled) {
  if (process.env["CI"] === "true") throw new Error("openssl is not installed, and CI must not skip its tests");
  console.warn("SKIPPED: openssl is not installed, so nothing holds the reading of cipher lists to it in this run");
}

describe("allowsEcdsa", () => {
  it.each([
    [SAMPLE, false],
    ["DEFAULT", true],
    ["DEFAULT:!ECDSA", false],
    ["aRSA:kRSA", false],
    ["ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256", true],
    ["HIGH:!aECDSA", false],
    ["ALL,!RSA;!AES128 @STRENGTH", true],
    ["ALL:-ECDSA:ECDSA+AESGCM", true],
    ["ALL:!ECDSA:ECDSA", false],
    ["HIGH+FIPS", false],
    ["FIPS+AES", true],
    ["PROFILE=SYSTEM", true],
    ["", false],
  ])("%s: %s", (list, verdict) => {
    expect(allowsEcdsa(list)).toBe(verdict);
  });

  it.skipIf(!isInstalled)("agrees with OpenSSL on any list", () => {
    const word = fc.constantFrom(
      ..."ALL HIGH ECDSA aECDSA ECDHE kEECDH ECDH aRSA kRSA AES AES128 AES256 AESGCM AESCCM AESCCM8 CHACHA20".split(
        " ",
      ),
      ..."CAMELLIA CAMELLIA256 ARIA ARIA128 ARIAGCM SHA SHA1 SHA256 SHA384 TLSv1 TLSv1.2 DEFAULT FOO RC4-SHA".split(
        " ",
      ),
      ..."ECDHE-ECDSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-SHA CBC FIPS LOW eNULL".split(" "),
    );
    const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join("+"));
    const token = fc.tuple(fc.constantFrom("", "", "", "!", "-", "+"), words).map((parts) => parts.join(""));
    const list = fc.array(token, { minLength: 1, maxLength: 6 }).map((tokens) => tokens.join(":"));
    fc.assert(
      fc.property(list, (text) => {
        // A list that begins with a mark of its own is an option to openssl's command line, and rare in a file.
        fc.pre(!text.startsWith("-"));
        expect([text, allowsEcdsa(text)]).toEqual([text, asked(text)]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("LB051, ciphers", () => {
  it("finds lists without ECDSA in global, and on lines of servers and listeners", () => {
    const text = changed(/ssl-default-server-ciphers .*/, `ssl-default-bind-ciphers ${SAMPLE}`)
      .replace("check inter 1s", "check ciphers aRSA inter 1s")
      .replace("0.0.0.0:1936", "0.0.0.0:1936 ssl crt /x.pem ciphers kRSA");
    expect(found(text)).toEqual([
      "LB051 global: ssl-default-bind-ciphers has no suite with ECDSA",
      "LB051 listen stats: ciphers without a suite with ECDSA",
      "LB051 backend masters: ciphers without a suite with ECDSA",
    ]);
  });

  it("lets be what only the environment knows", () => {
    expect(found(changed(/ssl-default-server-ciphers .*/, 'ssl-default-server-ciphers "$CIPHERS"'))).toEqual([]);
  });
});
