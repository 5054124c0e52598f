import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/lint/rules.ts";
import { cleanCfg } from "../support/lint.ts";
import { installedHaproxy, skipsRealHaproxy } from "../support/real-haproxy.ts";
import { tempDir } from "../support/temp-dir.ts";

/** The rules whose fix is a line as it stands, with the section that it is for. Those of a newer HAProxy are left out. */
const LINES: Readonly<Record<string, string>> = {
  LB010: "backend masters\n",
  LB012: "backend masters\n",
  LB013: "frontend api\n",
  LB014: "frontend api\n",
  LB015: "backend masters\n",
  LB016: "backend masters\n",
  LB020: "global\n",
  LB021: "listen stats\n",
  LB033: "backend masters\n",
  LB050: "frontend api\n",
  LB051: "global\n",
  LB053: "backend masters\n",
  LB054: "listen stats\n",
};

/** What HAProxy refuses in a configuration. */
async function refused(text: string): Promise<string> {
  const file = join(await tempDir(), "haproxy.cfg");
  await writeFile(file, text);
  const env = { K3S_LB_STATS_PASSWORD: "x", K3S_LB_VIEWER_PASSWORD: "y" };
  const { stderr } = spawnSync(installedHaproxy?.path ?? "", ["-c", "-f", file], { env, encoding: "utf8" });
  return stderr
    .split("\n")
    .filter((line) => line.startsWith("[ALERT]"))
    .join("\n");
}

describe.skipIf(skipsRealHaproxy())("what the rules say to write", () => {
  it("is for a configuration that HAProxy takes", async () => {
    expect(await refused(cleanCfg)).toBe("");
  });

  it.each(rules.filter(({ id }) => id in LINES).map(({ id, fix }) => [id, fix]))("%s: %s", async (id, fix) => {
    const section = `\n${LINES[id]}`;
    const text = `\n${cleanCfg}`.replace(section, `${section}  ${fix}\n`);
    expect(text).toContain(fix);
    expect(await refused(text)).toBe("");
  });
});
