/** The commands of one key of a unit file, as systemd would run them: lines joined, escapes and doubled signs undone. */
export function commandsOf(unit: string, key: string): readonly string[] {
  return unit
    .replace(/\s*\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.startsWith(`${key}=`))
    .map((line) => line.slice(key.length + 1).replace(/([$%])\1/g, "$1"));
}

/** The script of the command among them that is one for the shell. */
export function scriptOf(unit: string, key: string): string {
  const [, script] = /^-\/bin\/sh -c "(.*)"$/m.exec(commandsOf(unit, key).join("\n")) ?? [];
  if (script === undefined) throw new Error(`no script among the commands of ${key}`);
  return script.replace(/\\(["\\])/g, "$1");
}
