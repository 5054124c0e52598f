import { execFileSync } from "node:child_process";

/** What `ansible-inventory --list` prints: groups by name, and `_meta.hostvars`. */
export type ListedInventory = Readonly<Record<string, unknown>>;

const version: string | undefined = find();

/**
 * Whether tests against the real Ansible have to be skipped. Says so aloud; with CI=true a missing Ansible is a failure,
 * as nobody would read the skip there.
 */
export function skipsRealAnsible(): boolean {
  if (version !== undefined) return false;
  if (process.env["CI"] === "true")
    throw new Error("ansible-inventory is not installed, and CI must not skip its tests");
  console.warn(
    "SKIPPED: ansible-inventory is not installed, so nothing holds our readers to the real ones in this run",
  );
  return true;
}

/** An inventory as the real program reads it. Errors: with what it says where it refuses the file. */
export function listInventory(path: string): ListedInventory {
  const said = execFileSync("ansible-inventory", ["-i", path, "--list"], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
    cwd: "/",
    // A file that cannot be read is an error, not an empty inventory.
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: "/nonexistent",
      LANG: "C.UTF-8",
      ANSIBLE_LOCAL_TEMP: process.env["TMPDIR"] ?? "/tmp",
      ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: "true",
      ANSIBLE_INVENTORY_UNPARSED_FAILED: "true",
    },
  });
  return JSON.parse(said) as ListedInventory;
}

function find(): string | undefined {
  try {
    return execFileSync("ansible-inventory", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}
