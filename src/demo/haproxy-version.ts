/** The versions that the embedded HAProxy can be: those whose pages were recorded. */
export const haproxyVersions = ["2.4.0", "2.6.12", "2.8.0", "3.0.0", "3.5-dev5"] as const;

export type HaproxyVersion = (typeof haproxyVersions)[number];

/** When a metric family first appeared. */
export type MetricEra = "2.4" | "2.6" | "3.0" | "3.5";

/**
 * What differs between versions beside their columns.
 * Units: `formLimitBytes` is the largest admin form that is still read; `checkRequestBytes` is one `GET /readyz`.
 * Source: recorded pages and exchanges; where only a bracket is known (the form limit) a value inside it.
 */
export type VersionTraits = {
  readonly build: string;
  readonly eras: readonly MetricEra[];
  readonly closesAfter401: boolean;
  readonly closesAfterHead: boolean;
  readonly chunksToHttp10: boolean;
  readonly filtersMetrics: boolean;
  readonly repeatsHelp: boolean;
  readonly drainRestartsLastChange: boolean;
  readonly refusesForeignOrigin: boolean;
  /** A POST whose body comes in a segment of its own is never answered and does nothing. */
  readonly losesSplitPost: boolean;
  readonly formLimitBytes: number;
  readonly refusedText: string;
  readonly noRouteText: string;
  readonly brokenAnswerStatus: "L7RSP" | "SOCKERR";
  readonly fullTlsHandshakes: number;
  readonly checkRequestBytes: number;
};

const common = {
  closesAfter401: false,
  closesAfterHead: false,
  chunksToHttp10: true,
  filtersMetrics: false,
  repeatsHelp: false,
  drainRestartsLastChange: false,
  refusesForeignOrigin: false,
  losesSplitPost: false,
  formLimitBytes: 16_200,
  refusedText: "Connection refused",
  noRouteText: "SSL handshake failure",
  brokenAnswerStatus: "L7RSP",
  fullTlsHandshakes: 1,
  checkRequestBytes: 24,
} as const;

const before28 = { closesAfter401: true, drainRestartsLastChange: true, formLimitBytes: 15_100, fullTlsHandshakes: 2 };

const traits: Readonly<Record<HaproxyVersion, VersionTraits>> = {
  "2.4.0": { ...common, ...before28, build: "2.4.0-6cbbecf09", eras: ["2.4"] },
  "2.6.12": { ...common, ...before28, build: "2.6.12-1+deb12u4", eras: ["2.4", "2.6"] },
  "2.8.0": { ...common, build: "2.8.0-fdd8154ed", eras: ["2.4", "2.6"] },
  "3.0.0": {
    ...common,
    build: "3.0.0-5590ada47",
    eras: ["2.4", "2.6", "3.0"],
    filtersMetrics: true,
    repeatsHelp: true,
    losesSplitPost: true,
    noRouteText: "",
    checkRequestBytes: 43,
  },
  "3.5-dev5": {
    ...common,
    build: "3.5-dev5-50872daa6",
    eras: ["2.4", "2.6", "3.0", "3.5"],
    closesAfterHead: true,
    chunksToHttp10: false,
    filtersMetrics: true,
    refusesForeignOrigin: true,
    refusedText: "ECONNREFUSED returned by OS (Connection refused)",
    noRouteText: "No route to host",
    brokenAnswerStatus: "SOCKERR",
    // 3.5-dev5 resumes no session to a server under `verify none`: every check is a full handshake.
    fullTlsHandshakes: Number.POSITIVE_INFINITY,
  },
};

/** What a version does differently from its neighbours. */
export function versionTraits(version: HaproxyVersion): VersionTraits {
  return traits[version];
}
