import { UserError } from "../domain/user-error.ts";
import type { AnsibleChoices } from "../init/ansible-found.ts";
import type { Found } from "../init/found.ts";
import type { InitFlags } from "./init.ts";
import type { Shell } from "./shell.ts";

/**
 * Reads every source that was named. Shape: in the order in which they are believed.
 * Errors: `UserError` for a source that cannot be read or understood.
 */
export async function readSources(shell: Shell, flags: InitFlags): Promise<readonly Found[]> {
  const sources: Found[] = [];
  if (flags.fromHaproxyCfg !== undefined) sources.push(await readCfg(shell, flags.fromHaproxyCfg, flags.backend));
  if (flags.fromRoleVars !== undefined) sources.push(await readRoleVars(shell, flags.fromRoleVars, flags.backend));
  if (flags.fromAnsible !== undefined) sources.push(...(await readAnsible(shell, flags.fromAnsible, flags)));
  if (flags.fromKubeconfig !== undefined) {
    const { readKube } = await import("./init-kube.ts");
    const file = flags.fromKubeconfig === true ? undefined : flags.fromKubeconfig;
    sources.push(await readKube(shell, file, flags.context));
  }
  if (flags.fromFileSd !== undefined) {
    const { foundInFileSd } = await import("../init/file-sd.ts");
    const { readSourceText } = await import("../io/source-text.ts");
    sources.push(foundInFileSd(await readSourceText(flags.fromFileSd, shell.cwd), flags.fromFileSd));
  }
  return sources;
}

async function readCfg(shell: Shell, path: string, backend: string | undefined): Promise<Found> {
  const { readCfgFiles } = await import("../io/cfg-files.ts");
  const { readCfg: parse } = await import("../domain/cfg-file.ts");
  const { foundInHaproxyCfg } = await import("../init/haproxy-cfg.ts");
  return foundInHaproxyCfg(parse(await readCfgFiles([path], { cwd: shell.cwd, stdin: shell.stdin })), path, backend);
}

async function readRoleVars(shell: Shell, path: string, backend: string | undefined): Promise<Found> {
  const { asMapping, readForeignYaml } = await import("../init/foreign-yaml.ts");
  const { foundInRoleVariables } = await import("../init/role-variables.ts");
  const { readSourceText } = await import("../io/source-text.ts");
  const text = await readSourceText(path, shell.cwd);
  if (text.startsWith("$ANSIBLE_VAULT")) {
    throw new UserError(
      `${path}: this file is encrypted`,
      "Give the file with the plain variables; no password is needed.",
    );
  }
  const vars = asMapping(readForeignYaml(text, path));
  if (vars === undefined) throw new UserError(`${path}: expected variables of the haproxy role: a mapping`);
  return foundInRoleVariables(vars, path, backend);
}

/** The inventory itself, and before it what its variables say of the haproxy role. */
async function readAnsible(shell: Shell, path: string, flags: InitFlags): Promise<readonly Found[]> {
  const { addVarsFiles, parseInventory } = await import("../init/ansible-inventory.ts");
  const { foundInInventory } = await import("../init/ansible-found.ts");
  const { foundInRoleVariables, roleVariableNames } = await import("../init/role-variables.ts");
  const { readInventoryFiles } = await import("../io/inventory-files.ts");
  const choices = readChoices(flags);
  const { inventories, vars } = await readInventoryFiles(path, shell.cwd);
  const inventory = parseInventory(inventories);
  const notes = addVarsFiles(inventory, vars);
  const found = foundInInventory(inventory, path, choices);
  const whole = { ...found, notes: [...notes, ...found.notes] };
  const roles = found.nodes.map(({ name }) => roleOf(inventory.varsOf(name), roleVariableNames));
  // Often the masters stand first, and the role's variables are those of the nodes' group only.
  const role = roles.find((vars) => "haproxy_backend" in vars) ?? roles.find((vars) => Object.keys(vars).length > 0);
  if (role === undefined) return [whole];
  return [foundInRoleVariables(role, `${path} (variables)`, flags.backend), whole];
}

function roleOf(vars: ReadonlyMap<string, unknown>, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.flatMap((name) => (vars.has(name) ? [[name, vars.get(name)]] : [])));
}

function readChoices({ masterGroup, nodeGroup, label = [] }: InitFlags): AnsibleChoices {
  const labels = label.map((text) => {
    const [, name = "", variable = name] = /^([^=]+)(?:=(.+))?$/.exec(text) ?? [];
    if (!/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/.test(name)) {
      throw new UserError(`--label: "${text}" is no label; expected a variable's name, or label=variable`);
    }
    if (/pass|secret|token|vault|key|credential/i.test(variable)) {
      throw new UserError(`--label: ${variable} is named like a secret, and labels are shown everywhere`);
    }
    return { label: name, variable };
  });
  return { masterGroup, nodeGroup, labels };
}
