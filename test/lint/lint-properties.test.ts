import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCfg } from "../../src/domain/cfg-file.ts";
import { lint } from "../../src/lint/lint.ts";
import type { LintContext } from "../../src/lint/rule.ts";
import { rules } from "../../src/lint/rules.ts";
import { obeyed, textsIn } from "../support/captured.ts";
import { cleanCfg } from "../support/lint.ts";

const context: LintContext = {
  fleet: {
    masters: [{ name: "m1", address: "master-1:6443" }],
    backend: "masters",
    frontend: { name: "api", bind: "127.0.0.1:16443" },
    check: { expect: 401, intervalMs: 1000, rise: 2, fall: 2, ca: undefined, cert: undefined },
  },
  version: { major: 3, minor: 4 },
  caAtHand: "/ca.crt",
};

const anything = fc.string({ unit: "binary", maxLength: 40 });

/** Words that rules look at, so that random lines get past the first of their questions. */
const word = fc.oneof(
  fc.constantFrom(...cleanCfg.split(/\s+/)),
  fc.constantFrom(
    ..."no default if unless { } ! or || acl src http_auth( TRUE 0.0.0.0/0 ::/0 1.2.3.4/33 -f *:1".split(" "),
  ),
  fc.constantFrom(
    ..."server-template use_backend from status rstatus rstring ciphers verify ssl ca-file expect".split(" "),
  ),
  anything,
);
const line = fc.array(word, { maxLength: 8 }).map((words) => words.join(" "));
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.array(line, { maxLength: 30 }).map((lines) => `${lines.join("\n")}\n`),
  fc.tuple(fc.nat(cleanCfg.length), anything).map(([at, odd]) => cleanCfg.slice(0, at) + odd + cleanCfg.slice(at)),
  fc
    .tuple(fc.nat(cleanCfg.length), fc.nat(200))
    .map(([at, count]) => cleanCfg.slice(0, at) + cleanCfg.slice(at + count)),
);

describe("lint, whatever it is given", () => {
  it("neither throws nor lets a character through that a terminal obeys", () => {
    const file = fc.record({ file: fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), text });
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 3 }), (files) => {
        const { findings, remarks } = lint(files, context);
        expect(textsIn([findings, remarks]).filter((one) => obeyed.test(one))).toEqual([]);
        for (const { line: number } of findings) expect(number).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("never tells a password, however the line around it is damaged", () => {
    const secret = "tr0ub4dor-and-3";
    const noise = fc.array(fc.constantFrom('"', "'", "\\", " ", "#", "\0", "\r", "$", "\ufeff", "x"), { maxLength: 4 });
    const place = fc.constantFrom(
      `stats auth admin:${secret}`,
      `stats auth ${secret}`,
      `user admin insecure-password ${secret}`,
      `stats admin if { hdr(x-token) -m str ${secret} }`,
      `http-check send hdr Authorization ${secret}`,
      `http-check expect string ${secret}`,
      `option httpchk GET /readyz HTTP/1.1 ${secret}`,
    );
    fc.assert(
      fc.property(
        place,
        noise,
        fc.nat(80),
        fc.constantFrom("listen stats\n", "userlist people\n", "\nbackend masters\n"),
        (words, marks, at, header) => {
          const damaged = words.slice(0, at) + marks.join("") + words.slice(at);
          fc.pre(damaged.includes(secret));
          const { findings } = lint(
            [{ file: "a", text: cleanCfg.replace(header, `${header}  ${damaged}\n`) }],
            context,
          );
          expect(JSON.stringify(findings)).not.toContain(secret);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("reads every line with words into a section, a directive or a problem", () => {
    fc.assert(
      fc.property(text, (whole) => {
        const { sections, directives, problems } = readCfg([{ file: "a", text: whole }]);
        const kept = sections.flatMap(({ header, lines }) => [header, ...lines]).concat(directives);
        const places = kept.map(({ number }) => number);
        expect(new Set(places).size).toBe(places.length);
        for (const { number, column } of problems) expect([number > 0, column > 0]).toEqual([true, true]);
      }),
    );
  });
});

describe("rules", () => {
  it("have ids and names of their own, in order, and words without an end", () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    for (const { finds, reason, fix } of rules) {
      expect([finds, reason, fix].join(" ")).toMatch(/^[\x20-\x7e]+$/);
      expect([finds, reason].filter((words) => words.endsWith("."))).toEqual([]);
    }
  });
});
