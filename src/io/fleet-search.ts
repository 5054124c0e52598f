import { access } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { UserError } from "../domain/user-error.ts";
import { clusterFiles } from "./cluster-files.ts";

/** What the search for the fleet file needs to know of the process. */
export type SearchPlace = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** From `--config`. */
  readonly config?: string | undefined;
};

/** A candidate for the fleet file; `why` is how it came to be one. A named file must be there, the others may be. */
export type Candidate = { readonly path: string; readonly why: string; readonly isNamed: boolean };

const NAME = "k3s-lb.yaml";

/** Every place where the fleet file may be, the first one first. A named file leaves no other choice (design §2). */
export function fleetFileCandidates({ env, cwd, config }: SearchPlace): readonly Candidate[] {
  const variable = env["K3S_LB_CONFIG"];
  if (config !== undefined) return [{ path: resolve(cwd, config), why: "--config", isNamed: true }];
  if (variable) return [{ path: resolve(cwd, variable), why: "K3S_LB_CONFIG", isNamed: true }];
  const home = env["HOME"];
  const xdg = env["XDG_CONFIG_HOME"] || (home ? join(home, ".config") : undefined);
  return [
    { path: join(cwd, NAME), why: "the working directory", isNamed: false },
    ...(xdg !== undefined && isAbsolute(xdg)
      ? [{ path: join(xdg, "k3s-lb", NAME), why: "the user's configuration", isNamed: false }]
      : []),
    { path: join("/etc/k3s-lb", NAME), why: "the machine's configuration", isNamed: false },
  ];
}

/** The first candidate that is there. Throws a `UserError` that lists the places when none is. */
export async function findFleetFile(place: SearchPlace): Promise<Candidate> {
  const candidates = fleetFileCandidates(place);
  for (const candidate of candidates) {
    if (await isThere(candidate.path)) return candidate;
    if (candidate.isNamed) {
      const name = `${shortPath(candidate.path, place.cwd)} (${candidate.why})`;
      throw new UserError(`${name}: there is no such file`, "Name the fleet file that is meant, with --config.");
    }
  }
  const known = (await clusterFiles(place.env)).map(({ name }) => name);
  const places = candidates.map(({ path }) => `  ${path}`).join("\n");
  throw new UserError(
    `there is no fleet file; looked for\n${places}`,
    known.length > 0
      ? `Choose one of the clusters that are known by --cluster: ${known.join(", ")}; or see them all with k3s-lb top -A.`
      : "Make one with k3s-lb init, name one with --config or K3S_LB_CONFIG, or see a fleet at work without one: k3s-lb demo.",
  );
}

/** Whether there is a fleet file to be found, or one that is named and has to be there. */
export async function hasFleetFile(place: SearchPlace): Promise<boolean> {
  for (const { path, isNamed } of fleetFileCandidates(place)) if (isNamed || (await isThere(path))) return true;
  return false;
}

/** The path as a user would type it from here: relative below the working directory, absolute elsewhere. */
export function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}

/** A file that is there but cannot be read counts: passing over it in silence would watch the wrong fleet. */
async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT" && error.code !== "ENOTDIR",
  );
}
