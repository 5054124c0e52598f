import { formatHaproxyVersion, isAtLeast, parseHaproxyVersion } from "./haproxy-version.ts";

/** Something that is known of some HAProxy versions. `fix` is what to do about it. */
export type HaproxyBug = {
  readonly id: string;
  readonly verdict: "note" | "warning";
  readonly text: string;
  readonly fix: string;
  readonly has: (version: FullVersion) => boolean;
};

/** "2.6.12-1+deb12u4" is 2.6, patch 12; "3.5-dev5" is 3.5, dev 5. */
export type FullVersion = {
  readonly major: number;
  readonly minor: number;
  readonly patch: number | undefined;
  readonly dev: number | undefined;
};

/** The last versions of their series that are known to let a POST from anywhere pass. */
const withoutOriginCheck: readonly (readonly [series: string, patch: number])[] = [
  ["2.4", 0],
  ["2.6", 12],
  ["2.8", 0],
  ["3.0", 0],
  ["3.2", 0],
];

/**
 * What was seen in experiments, and nothing more: a patch release that is not named here was not tried.
 * Source: haproxy-facts §1 (3, 12, 13), §3, §7.
 */
export const haproxyBugs: readonly HaproxyBug[] = [
  {
    id: "split-post",
    verdict: "warning",
    text: "HAProxy 3.0.0 never answers a POST whose head and body arrive apart, and does not carry it out",
    fix: "Run a later 3.0 or another series; k3s-lb sends both in one piece, but what is between here and the node may not.",
    has: (version) => isExactly(version, "3.0.0"),
  },
  {
    id: "repeated-help",
    verdict: "note",
    text: "HAProxy 3.0.0 repeats `# HELP` inside the help texts of /metrics, a tenth more bytes",
    fix: "Run a later 3.0 or another series where a reader of /metrics minds.",
    has: (version) => isExactly(version, "3.0.0"),
  },
  {
    id: "foreign-origin",
    verdict: "note",
    text: "this HAProxy does not look where a POST comes from (3.5-dev3 and later do): a web page open in a browser that is let in can give orders",
    fix: "Do not open the stats page of a node in a browser that also opens other pages, or update.",
    has: (version) =>
      isDevBefore(version, 3) || withoutOriginCheck.some(([series, patch]) => isUpTo(version, series, patch)),
  },
  {
    id: "untried-after-maint",
    verdict: "note",
    text: "before HAProxy 3.1 a master that leaves maintenance takes connections at once, before its first check",
    fix: "Enable a master after k3s answers there; from 3.1 on `init-state down` on its server line closes the gap.",
    has: (version) => !isAtLeast(version, { major: 3, minor: 1 }),
  },
  {
    id: "wrong-check-text",
    verdict: "note",
    text: 'HAProxy 2.6 and 2.8 say "SSL handshake failure" of a master that cannot be reached at all (L4CON)',
    fix: "Believe the check's word and not its text; k3s-lb does.",
    has: ({ major, minor }) => major === 2 && (minor === 6 || minor === 8),
  },
];

/** Reads a version as HAProxy tells it; `undefined` for what is none. */
export function parseFullVersion(text: string): FullVersion | undefined {
  const series = parseHaproxyVersion(text);
  if (series === undefined) return undefined;
  const [, patch, dev] = /^\d+\.\d+(?:\.(\d+)|-dev(\d+))?/.exec(text) ?? [];
  return {
    ...series,
    patch: patch === undefined ? undefined : Number(patch),
    dev: dev === undefined ? undefined : Number(dev),
  };
}

/** What is known of a version, in the order of the table. */
export function bugsOf(version: FullVersion): readonly HaproxyBug[] {
  return haproxyBugs.filter(({ has }) => has(version));
}

function isExactly(version: FullVersion, text: string): boolean {
  return version.patch !== undefined && `${formatHaproxyVersion(version)}.${version.patch}` === text;
}

function isUpTo(version: FullVersion, series: string, patch: number): boolean {
  return version.patch !== undefined && formatHaproxyVersion(version) === series && version.patch <= patch;
}

function isDevBefore(version: FullVersion, dev: number): boolean {
  return version.major === 3 && version.minor === 5 && version.dev !== undefined && version.dev < dev;
}
