import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellWord } from "../../src/domain/shell-word.ts";

describe("shellWord", () => {
  it("leaves plain words as they are", () => {
    expect(["master-1", "10.8.0.1:6443", "ops@edge-1", "/etc/a.pem"].map(shellWord)).toEqual([
      "master-1",
      "10.8.0.1:6443",
      "ops@edge-1",
      "/etc/a.pem",
    ]);
  });

  it("comes out of a shell as it went in, whatever it is", () => {
    const word = fc.string({ unit: fc.constantFrom(..."ab '\"$`\\#;&|<>(){}*?[]~!%\t\n-={é".split("")) });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${words.map(shellWord).join(" ")}`], {
          encoding: "utf8",
        });
        expect(stdout.split("\0").slice(0, -1)).toEqual(words);
      }),
      { numRuns: 30 },
    );
  });
});
