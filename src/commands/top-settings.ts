import type { SettingsText } from "../io/settings-file.ts";
import type { ThemeChoice } from "../output/theme.ts";
import type { Keymap } from "../ui/keymap.ts";
import type { Shell } from "./shell.ts";

/** A person's settings of top, found sound. */
export type TopSettings = {
  readonly theme?: ThemeChoice;
  readonly ascii?: boolean;
  readonly plain?: boolean;
  readonly mouse?: boolean;
  readonly keys?: Keymap;
};

/** What is known of the file before it is read, which takes what the first paint cannot wait for. `mayBePlain`: it has the word. */
export type FoundSettings = {
  readonly isThere: boolean;
  readonly mayBePlain: boolean;
  read(): Promise<TopSettings>;
};

const nothing: FoundSettings = { isThere: false, mayBePlain: false, read: async () => ({}) };

/**
 * Looks for a person's settings of top; where there is no file, this costs one stat.
 * Errors: a UserError for a file that cannot be had; of `read`: one that holds every mistake.
 */
export async function findTopSettings({ env, cwd }: Shell): Promise<FoundSettings> {
  const { readSettingsText } = await import("../io/settings-file.ts");
  const file = readSettingsText(env, cwd);
  if (file === undefined) return nothing;
  return { isThere: true, mayBePlain: file.text.includes("plain"), read: () => readSettings(file) };
}

async function readSettings({ path, text }: SettingsText): Promise<TopSettings> {
  const { settingsError } = await import("../io/settings-file.ts");
  const { readYaml } = await import("../io/yaml-source.ts");
  const { explainIssues } = await import("../domain/fleet-issues.ts");
  const { checkSettings, settingsJsonSchema } = await import("../ui/settings-schema.ts");
  const { remapKeys } = await import("../ui/remap.ts");
  const { keymap } = await import("../ui/key-table.ts");
  const { createKeymap } = await import("../ui/keymap.ts");
  const source = readYaml(text);
  if (source.mistakes.length > 0) throw settingsError(path, source, []);
  const { raw, issues } = checkSettings(source.value);
  const { keys = {}, ...looks } = raw;
  const { bindings, mistakes } = remapKeys(keymap, keys);
  const all = [...explainIssues(source.value, issues, settingsJsonSchema), ...mistakes];
  if (all.length > 0) throw settingsError(path, source, all);
  return { ...looks, keys: createKeymap(bindings) };
}
