import { execFileSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { programPath } from "../support/program.ts";
import { openShell, type PtyShell } from "../support/pty-shell.ts";
import { installed } from "../support/real-program.ts";
import { tempDir } from "../support/temp-dir.ts";

const fleetFile = `
masters: [{ name: "k8s-de1-master-[1:3]" }]
nodes: [{ name: "node[01:02]", address: "10.8.0.[11:12]", labels: { site: b } }]
`;

/** A folder with a fleet file, other files, and a PATH on which k3s-lb is the built program. */
async function home(): Promise<{ cwd: string; env: Record<string, string> }> {
  const cwd = await tempDir();
  await writeFile(join(cwd, "k3s-lb.yaml"), fleetFile);
  await writeFile(join(cwd, "the file.cfg"), "");
  await mkdir(join(cwd, "folder"));
  await mkdir(join(cwd, "bin"));
  const program = join(cwd, "bin", "k3s-lb");
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${programPath}' "$@"\n`);
  await chmod(program, 0o755);
  return { cwd, env: { PATH: `${join(cwd, "bin")}:${process.env["PATH"]}`, HOME: cwd } };
}

/** Types a line, Tab with it, until it has become another; then takes the line back. */
async function becomes(shell: PtyShell, typed: string, line: string): Promise<void> {
  shell.type(`${typed}\t`);
  await shell.until(() => shell.screen().trimEnd().endsWith(line), `${typed} becomes ${line}`);
  shell.type("\u0015");
  await shell.until(() => /(?:^|\n)\$ *\n*$/.test(shell.screen()), "the line is empty again");
}

async function walk(shell: PtyShell): Promise<void> {
  await becomes(shell, "k3s-lb dra", "$ k3s-lb drain");
  await becomes(shell, "k3s-lb drain k8s-de1-master-3 --dry", "$ k3s-lb drain k8s-de1-master-3 --dry-run");
  await becomes(shell, "k3s-lb drain k8s", "$ k3s-lb drain k8s-de1-master-");
  await becomes(shell, "k3s-lb top --node @si", "$ k3s-lb top --node @site=b");
  await becomes(shell, "k3s-lb top --node=@site=", "$ k3s-lb top --node=@site=b");
  await becomes(shell, "k3s-lb --theme=li", "$ k3s-lb --theme=light");
  await becomes(shell, "k3s-lb lint th", "$ k3s-lb lint the\\ file.cfg");
  await becomes(shell, "k3s-lb --config=k3", "$ k3s-lb --config=k3s-lb.yaml");
  await becomes(shell, "k3s-lb generate all -O f", "$ k3s-lb generate all -O folder/");
}

/** Whether a shell that only some machines have has to be passed over here; it is said aloud. */
function skips(name: string): boolean {
  if (installed(name) !== undefined) return false;
  console.warn(`SKIPPED: completion is not tried in ${name} (not installed)`);
  return true;
}

describe("completion", { timeout: 60_000 }, () => {
  it("works in a real bash", async () => {
    const { cwd, env } = await home();
    const shell = openShell({ cwd, env });
    shell.type("source <(k3s-lb completion bash); clear; type -t _k3s_lb\r");
    await shell.sees(/^function$/m);
    shell.type("clear\r");
    await walk(shell);
  });

  it.skipIf(skips("zsh"))("works in a real zsh", async () => {
    const { cwd, env } = await home();
    const shell = openShell({ cwd, env: { ...env, PS1: "$ ", PROMPT_EOL_MARK: "" }, command: ["zsh", "-f", "-i"] });
    shell.type("autoload -U compinit; compinit -D -u; source <(k3s-lb completion zsh); whence -w _k3s_lb\r");
    await shell.sees("_k3s_lb: function");
    shell.type("clear\r");
    await walk(shell);
  });

  it.skipIf(skips("fish"))("works in a real fish", async () => {
    const { cwd, env } = await home();
    const ask = (line: string) =>
      execFileSync("fish", ["--no-config", "-c", `k3s-lb completion fish | source; complete -C '${line}'`], {
        cwd,
        env,
        encoding: "utf8",
      })
        .trimEnd()
        .split("\n")
        .map((each) => each.split("\t")[0]);
    expect(ask("k3s-lb dra")).toEqual(["drain"]);
    expect(ask("k3s-lb drain k8s-de1-master-1 ")).toEqual(["k8s-de1-master-2", "k8s-de1-master-3"]);
    expect(ask("k3s-lb top --node=@si")).toEqual(["--node=@site=b"]);
    expect(ask("k3s-lb --theme=li")).toEqual(["--theme=light"]);
    expect(ask("k3s-lb lint th")).toEqual(["the file.cfg"]);
    expect(ask("k3s-lb --config=k3")).toEqual(["--config=k3s-lb.yaml"]);
    expect(ask("k3s-lb generate all -O f")).toEqual(["folder/"]);
    expect(ask("k3s-lb top x")).toEqual([""]);
  });
});
