import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { haproxyFixes } from "../src/domain/haproxy-fixes.ts";

it("the README tells of every fix of haproxy.cfg, in the order of the table in the program", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, table = ""] = /^\| fix \| writes \| why \|\n(.*?)\n\n/ms.exec(readme) ?? [];
  const ids = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
  expect(ids).toEqual(haproxyFixes.map(({ id }) => id));
});
