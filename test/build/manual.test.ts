import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli.ts";
import { namedCommands } from "../../src/commands/manual-commands.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { installed, skipsWithout } from "../support/real-program.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { man, files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const pages = readdirSync(join(root, "dist/man")).filter((name) => name.endsWith(".1"));

describe("the manual in the package", () => {
  it("is a page for k3s-lb and for each command, all named in package.json", () => {
    const names = namedCommands(createProgram(createFakeShell().shell)).map((command) => `k3s-lb-${command.name()}.1`);
    expect(pages.toSorted()).toEqual(["k3s-lb.1", ...names].toSorted());
    expect(man).toEqual(["k3s-lb.1", ...names.toSorted()].map((name) => `dist/man/${name}`));
    expect(files).toContain("dist/man");
  });

  // A page without a date is meant, and so are its long lines: a sentence that ends a line has a wider blank behind it.
  it.skipIf(skipsWithout("the manual is not held to mandoc", "mandoc"))("is sound to mandoc", () => {
    const paths = pages.map((name) => join(root, "dist/man", name));
    const { stdout } = spawnSync("mandoc", ["-T", "lint", "-W", "style", ...paths], { encoding: "utf8" });
    const said = stdout.split("\n").filter((line) => line !== "");
    expect(said.filter((line) => !/missing date, using ""|input text line longer than 80 bytes/.test(line))).toEqual(
      [],
    );
  });

  it.skipIf(skipsWithout("the manual is not shown by mandoc", "mandoc"))(
    "shows what can be pasted into a shell",
    () => {
      const shown = (name: string) =>
        execFileSync("mandoc", ["-T", "utf8", "-O", "width=100", join(root, "dist/man", name)], { encoding: "utf8" })
          // Bold and underlined as a line printer does it.
          .replaceAll(/.\u0008/g, "");
      expect(shown("k3s-lb-history.1")).toContain(
        `k3s-lb history -o jsonl -n 1000 | jq -r 'select(.action=="drain") | .user'`,
      );
      expect(shown("k3s-lb-doctor.1")).toContain(`| select(.verdict == "critical") | "\\($n) \\(.check): \\(.fix)"'`);
    },
  );

  it.skipIf(installed("groff") === undefined)("makes groff say nothing", () => {
    for (const name of pages) {
      const run = spawnSync("groff", ["-man", "-Tutf8", "-ww", "-z", join(root, "dist/man", name)], {
        encoding: "utf8",
      });
      expect([name, run.status, run.stderr]).toEqual([name, 0, ""]);
    }
  });
});
