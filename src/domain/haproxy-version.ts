/** A release series of HAProxy, as far as keywords depend on it. */
export type HaproxyVersion = { readonly major: number; readonly minor: number };

/** What is written for where nobody says and no node tells: the series that most users run. */
export const defaultHaproxyVersion: HaproxyVersion = { major: 2, minor: 8 };

/** The oldest series whose configuration is written: `.if` and the keep-alive settings came with it. */
export const oldestHaproxyVersion: HaproxyVersion = { major: 2, minor: 4 };

/** Reads "2.8", "2.6.12-1+deb12u4" or "3.5-dev5"; `undefined` for anything else. */
export function parseHaproxyVersion(text: string): HaproxyVersion | undefined {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})(?![\d])/.exec(text) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

/** "2.8". */
export function formatHaproxyVersion({ major, minor }: HaproxyVersion): string {
  return `${major}.${minor}`;
}

/** Whether `version` has what came with `since`. */
export function isAtLeast(version: HaproxyVersion, since: HaproxyVersion): boolean {
  return version.major > since.major || (version.major === since.major && version.minor >= since.minor);
}

/** The oldest of some versions, which a file for all of them has to be written for. */
export function oldestOf(versions: readonly HaproxyVersion[]): HaproxyVersion | undefined {
  return versions.reduce<HaproxyVersion | undefined>(
    (oldest, version) => (oldest === undefined || !isAtLeast(version, oldest) ? version : oldest),
    undefined,
  );
}
