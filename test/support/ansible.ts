import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GeneratedFile } from "../../src/generate/generated-file.ts";

/** What one group of hosts is given: the files of `generate ansible`, and variables of the test on top (the vault's). */
export type AnsibleCase = {
  /** Takes the place of the group k3s_cluster, so that many cases fit into one inventory. */
  readonly group: string;
  readonly hosts: readonly string[];
  readonly files: readonly Pick<GeneratedFile, "path" | "text">[];
  readonly extra?: Readonly<Record<string, unknown>>;
};

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));

/** Where this machine keeps ansible-playbook; `undefined` where there is none. */
export const installedAnsible: string | undefined = find();

/** Whether tests with real Ansible have to be skipped. Says so aloud; with CI=true a missing Ansible is a failure. */
export function skipsAnsible(): boolean {
  if (installedAnsible !== undefined) return false;
  if (process.env["CI"] === "true") throw new Error("ansible-core is not installed, and CI must not skip its tests");
  console.warn(
    "SKIPPED: ansible-core is not installed, so nothing reads the generated variables as it would in this run",
  );
  return true;
}

/** Rolls out the role of the fixtures on every host of every case, all in one run; the file of each host by its name. */
export async function renderWithRole(folder: string, cases: readonly AnsibleCase[]): Promise<Map<string, string>> {
  const children = Object.fromEntries(
    cases.map(({ group, hosts }) => [group, { hosts: Object.fromEntries(hosts.map((host) => [host, {}])) }]),
  );
  const vars = { ansible_connection: "local", ansible_python_interpreter: "{{ ansible_playbook_python }}" };
  await writeFile(join(folder, "inventory.json"), JSON.stringify({ all: { vars, children } }));
  for (const { group, files, extra } of cases) {
    const moved = files.map(({ path, text }) => ({ path: path.replace("/k3s_cluster/", `/${group}/`), text }));
    await writeFiles(folder, [...moved, { path: `group_vars/${group}/vault.json`, text: JSON.stringify(extra ?? {}) }]);
  }
  const play = { hosts: "all", gather_facts: false, roles: ["ansible-role"], vars: { k3s_lb_test_folder: folder } };
  await writeFile(join(folder, "play.json"), JSON.stringify([play]));
  await playbook(folder, ["-i", "inventory.json", "play.json"]);
  const texts: Readonly<Record<string, string>> = JSON.parse(await readFile(join(folder, "texts.json"), "utf8"));
  return new Map(Object.entries(texts));
}

/** Writes generated files below a folder. */
export async function writeFiles(folder: string, files: AnsibleCase["files"]): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** Runs ansible-playbook in a folder and gives what it says; a failure is an error with all of it. */
export async function playbook(folder: string, args: readonly string[]): Promise<string> {
  await writeFile(join(folder, "ansible.cfg"), "");
  const env = {
    ...process.env,
    ANSIBLE_CONFIG: join(folder, "ansible.cfg"),
    ANSIBLE_HOME: join(folder, ".ansible"),
    ANSIBLE_LOCAL_TEMP: join(folder, ".ansible/tmp"),
    ANSIBLE_REMOTE_TMP: join(folder, ".ansible/tmp"),
    ANSIBLE_ROLES_PATH: fixtures,
    ANSIBLE_NOCOLOR: "1",
    ANSIBLE_PIPELINING: "1",
    ANSIBLE_FORKS: "4",
  };
  return new Promise((resolve, reject) => {
    execFile(installedAnsible ?? "ansible-playbook", args, { cwd: folder, env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout + stderr);
      else reject(new Error(`ansible-playbook ${args.join(" ")}:\n${stdout}${stderr}`));
    });
  });
}

function find(): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/bin", "/usr/local/bin"];
  return folders.map((folder) => join(folder, "ansible-playbook")).find((path) => existsSync(path));
}
