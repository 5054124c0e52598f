import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli.ts";
import { exitRows, otherExits } from "../../src/commands/manual-exits.ts";
import { files, purpose, variables } from "../../src/commands/manual-facts.ts";
import { clusterFolders } from "../../src/io/cluster-files.ts";
import { fleetFileCandidates } from "../../src/io/fleet-search.ts";
import { stateFolder } from "../../src/io/state-folder.ts";
import { createFakeShell } from "../support/fake-shell.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The rows of the table that begins with this head. */
function table(head: string): readonly string[] {
  const [, rows = ""] = new RegExp(`\n${head.replaceAll("|", "\\|")}\n\\|[-|]+\n((?:\\|.*\n)*)`).exec(readme) ?? [];
  return rows.trimEnd().split("\n");
}

const row = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`.replaceAll(/ +(?=\|)/g, " ");

describe("the facts of the manual", () => {
  it("are the tables of files and variables in the README", () => {
    expect(table("| path | is |")).toEqual(files.map(({ name, means }) => row(`\`${name}\``, means)));
    expect(table("| variable | does |")).toEqual(variables.map(({ name, means }) => row(`\`${name}\``, means)));
  });

  it("are the tables of exit codes in the README", () => {
    const rows = exitRows.map(({ commands, meanings }) => {
      const who = commands.length === 0 ? "all others" : commands.map((name) => `\`${name}\``).join(", ");
      return row(who, ...([0, 1, 2, 3] as const).map((code) => meanings[code] ?? ""));
    });
    expect(table("| command | 0 | 1 | 2 | 3 |")).toEqual(rows);
    expect(table("| code | of | means |")).toEqual(otherExits.map(({ codes, of, means }) => row(codes, of, means)));
  });

  it("begin as the README does", () => {
    expect(readme.replaceAll(/\s+/g, " ")).toContain(purpose);
  });

  it("give exit codes of commands that there are", () => {
    const names = createProgram(createFakeShell().shell).commands.map((command) => command.name());
    expect(names).toEqual(expect.arrayContaining(exitRows.flatMap(({ commands }) => commands)));
  });

  it("name the places of the fleet file in their order, then those of clusters, and that of the ledger", () => {
    const env = { XDG_CONFIG_HOME: "/config", XDG_STATE_HOME: "/state" };
    const named = files.map(({ name }) =>
      name.replace(/^\$XDG_(CONFIG|STATE)_HOME/, (_, kind) => `/${kind.toLowerCase()}`),
    );
    const candidates = fleetFileCandidates({ env, cwd: "/cwd" }).map(({ path }) => path.replace(/^\/cwd\//, ""));
    const clusters = clusterFolders(env).map((folder) => `${folder}/<name>.yaml`);
    expect(named.slice(0, 5)).toEqual([...candidates, ...clusters]);
    expect(named).toContain(join(stateFolder(env, "c") ?? "", "ledger.jsonl").replace("/c/", "/<cluster>/"));
  });

  it("name every variable that the program reads", () => {
    const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(root, "src", path))
      .concat(join(root, ".ci/launcher.cjs"));
    const read = sources.flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/\benv(?:\["(\w+)"\]|\.([A-Z_]+)\b)/g)].map(
        ([, one, other]) => one ?? other,
      ),
    );
    const names = variables.map(({ name }) => name);
    expect(read.length).toBeGreaterThan(20);
    expect([...new Set(read)].filter((name) => name === undefined || !names.includes(name))).toEqual([]);
    expect(names).toEqual([...new Set(names)]);
  });
});
