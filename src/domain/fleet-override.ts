import { overridableKeys } from "./fleet-schema.ts";
import { nearest } from "./nearest.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a fleet file after the environment had its say: `origins` maps a path ("poll.interval") to a variable. */
export type Overridden = { readonly value: unknown; readonly origins: ReadonlyMap<string, string> };

/** Names with a meaning of their own, which the fleet file has no key for. */
// The last is the second user's password, where generate hashes one for haproxy.admin: group.
const OTHER_NAMES = ["K3S_LB_CONFIG", "K3S_LB_TOP_CONFIG", "K3S_LB_ADMIN_PASSWORD"];

/** The variable that overrides a key: `K3S_LB_` and its path in upper snake case. */
function overrideName(path: readonly string[]): string {
  return `K3S_LB_${path.join("_").toUpperCase()}`;
}

/**
 * Lays `K3S_LB_<NAME>` over a fleet file's value, before it is checked, so that a bad override is refused like a bad
 * key. An empty variable counts as not set.
 * Shape: the password's value stays in the environment: its override becomes `{ env: … }`.
 */
export function applyOverrides(value: unknown, env: Environment): Overridden {
  const origins = new Map<string, string>();
  let result = value;
  for (const { path, accepts } of overridableKeys()) {
    const name = overrideName(path);
    const isSecret = path.at(-1) === "password";
    const given = env[name];
    const file = isSecret ? env[`${name}_FILE`] : undefined;
    if (given !== undefined && given !== "") {
      result = replace(result, path, isSecret ? { env: name } : read(given, accepts));
      origins.set(path.join("."), name);
    } else if (file !== undefined && file !== "") {
      result = replace(result, path, { file });
      origins.set(path.join("."), `${name}_FILE`);
    }
  }
  return { value: result, origins };
}

/**
 * Variables that look like a misspelt override, each as a sentence. Unknown names alone are no mistake, since users
 * keep their secrets there; `inUse` are the names that the fleet file reads.
 */
export function suspectVariables(env: Environment, inUse: ReadonlySet<string>): readonly string[] {
  const known = [...OTHER_NAMES, ...overridableKeys().map(({ path }) => overrideName(path))];
  const all = new Set([...known, ...known.map((name) => `${name}_FILE`)]);
  return Object.keys(env)
    .filter((name) => name.startsWith("K3S_LB_") && !all.has(name) && !inUse.has(name))
    .flatMap((name) => {
      const near = nearest(
        name.slice(7),
        known.map((one) => one.slice(7)),
      );
      return near === undefined ? [] : [`${name} overrides nothing; did you mean K3S_LB_${near}?`];
    });
}

/** Text, unless only a number, a truth value or a list in JSON fits the key. */
function read(given: string, accepts: (value: unknown) => boolean): unknown {
  const list = given.startsWith("[") ? readList(given) : undefined;
  if (list !== undefined && accepts(list)) return list;
  const candidates: unknown[] = [given, Number(given), given === "true"];
  const isTruth = given === "true" || given === "false";
  return candidates.slice(0, isTruth ? 3 : 2).find(accepts) ?? (/^\d+$/.test(given) ? Number(given) : given);
}

function readList(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}

function replace(value: unknown, path: readonly string[], leaf: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value))) return value;
  const holder = (value ?? {}) as Record<string, unknown>;
  return { ...holder, [key]: replace(holder[key], rest, leaf) };
}
