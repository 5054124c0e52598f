import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ManualPage } from "../../src/output/manual-page.ts";
import { escapeRoff, formatRoff } from "../../src/output/manual-roff.ts";

const page: ManualPage = {
  name: "k3s-lb-try",
  does: "try it - once",
  version: "1.2.3",
  sections: [
    { heading: "SYNOPSIS", blocks: [{ kind: "usage", text: "k3s-lb try [options] <file...>" }] },
    {
      heading: "DESCRIPTION",
      blocks: [
        { kind: "text", text: "Tries." },
        { kind: "text", text: ".so it is" },
        { kind: "heading", text: 'a "b" [c]' },
        { kind: "text", text: "Below." },
        { kind: "item", term: "-o, --output <format>", text: "how" },
        { kind: "item", term: "bare", text: "" },
        { kind: "example", command: "jq '.a[0]'", text: "what for" },
        { kind: "lines", lines: ["  .x", "", "'y"] },
      ],
    },
  ],
};

describe("formatRoff", () => {
  it("writes a page with the macros of man(7)", () => {
    expect(formatRoff(page)).toMatchInlineSnapshot(`
      ".TH "K3S\\-LB\\-TRY" 1 "" "k3s\\-lb 1.2.3" "User Commands"
      .nh
      .ad l
      .SH NAME
      k3s\\-lb\\-try \\- try it \\- once
      .SH "SYNOPSIS"
      \\fBk3s\\-lb try \\fI[options]\\fB \\fI<file...>\\fR
      .SH "DESCRIPTION"
      Tries.
      .PP
      \\&.so it is
      .SS "a \\(dqb\\(dq [c]"
      Below.
      .TP
      \\fB\\-o, \\-\\-output \\fI<format>\\fR
      how
      .PP
      \\fBbare\\fR
      .TP
      \\fBjq \\(aq.a[0]\\(aq\\fR
      what for
      .PP
      .nf
        .x
      \\&
      \\(aqy
      .fi
      "
    `);
  });
});

describe("escapeRoff", () => {
  it.each([
    ["a\\b", "a\\eb"],
    ["--no-color", "\\-\\-no\\-color"],
    [".TH x", "\\&.TH x"],
    ["'br", "\\(aqbr"],
    ["a.b 'c' \"d\"", "a.b \\(aqc\\(aq \\(dqd\\(dq"],
    ["`^~", "\\(ga\\(ha\\(ti"],
    ["UP → DOWN…", "UP \\[u2192] DOWN\\[u2026]"],
    ["\u{1f600}", "\\[u1F600]"],
    ["a\n.so /etc/passwd", "a .so /etc/passwd"],
    ["a\tb\u001b[31m\u009bc", "a b [31m c"],
    ["\ud800", "\\[uFFFD]"],
  ])("writes %j as %j", (text, roff) => {
    expect(escapeRoff(text)).toBe(roff);
  });

  it("gives one line of ASCII that is no request, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeRoff(text)).toMatch(/^(?![.'])[\x20-\x7e]*$/);
      }),
    );
  });
});
