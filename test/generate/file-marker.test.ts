import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { originOf, withMarker, withoutMarker } from "../../src/generate/file-marker.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const marked = (text: string) => withMarker(text, { maker: "generate firewall", comment: "#" }, digest);

describe("withMarker", () => {
  it("stands in the first line, or below the one that has to stay the first", () => {
    expect(marked("a\n")).toBe(`# k3s-lb generate firewall -O (do not edit: sha256 ${digest("a\n")})\na\n`);
    expect(marked("#!/bin/sh\na\n").split("\n")[0]).toBe("#!/bin/sh");
  });

  it("can be taken away again, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, isScript) => {
        const whole = isScript ? `#!/bin/sh\n${text}` : text;
        expect(withoutMarker(marked(whole))).toBe(whole);
      }),
    );
  });
});

describe("originOf", () => {
  it.each([
    ["what was written", marked("a\nb\n"), "made"],
    ["the same with other line ends", marked("a\nb\n").replaceAll("\n", "\r\n"), "made"],
    ["a script as written", marked("#!/bin/sh\na\n"), "made"],
    ["a changed line", marked("a\nb\n").replace("\nb\n", "\nc\n"), "edited"],
    ["a changed first line", marked("#!/bin/sh\na\n").replace("bin/sh", "bin/bash"), "edited"],
    ["a line more", `${marked("a\n")}b\n`, "edited"],
    ["a marker without its hash", marked("a\n").replace(/sha256 \w+/, "sha256"), "foreign"],
    ["a file of somebody", "a\n", "foreign"],
  ])("%s: %s", (_, text, origin) => {
    expect(originOf(text, digest)).toBe(origin);
  });
});
