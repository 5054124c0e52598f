/** A machine that runs a HAProxy, as another file knows it. `statsPort` is its own, where it is known to differ. */
export type FoundNode = {
  readonly name: string;
  readonly address: string | undefined;
  readonly ssh: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly statsPort: number | undefined;
};

/** A server line, or what is taken for one. `address` may carry a port. */
export type FoundMaster = { readonly name: string; readonly address: string | undefined };

/** What the health check of the masters is. Units: `interval` as the fleet file writes it, "1s". */
export type FoundCheck = {
  readonly expect?: 401 | 200 | "migrate";
  readonly interval?: string;
  readonly rise?: number;
  readonly fall?: number;
  readonly ca?: string;
  readonly cert?: string;
};

/** The stats listener. `isOpen`: it asks for no password. `crt` is its certificate on the node, where it speaks https. */
export type FoundStats = {
  readonly port?: number;
  readonly path?: string;
  readonly username?: string;
  readonly isOpen?: boolean;
  readonly tls?: boolean;
  readonly crt?: string;
  readonly bind?: string;
};

/**
 * What one source says of a fleet. Shape: all of it may be missing; `notes` are sentences on what was left out or
 * guessed. `source` is the source as the operator named it. No secret is ever in it.
 */
export type Found = {
  readonly source: string;
  readonly cluster: string | undefined;
  readonly masters: readonly FoundMaster[];
  readonly nodes: readonly FoundNode[];
  readonly backend: string | undefined;
  readonly frontend: { readonly name?: string; readonly bind?: string };
  readonly check: FoundCheck;
  readonly stats: FoundStats;
  readonly notes: readonly string[];
  /** What is to be said of its masters, where they are the ones that are written. */
  readonly masterNotes: readonly string[];
};

/** A source that says only these things. */
export function found(source: string, parts: Partial<Omit<Found, "source">>): Found {
  return {
    source,
    cluster: undefined,
    masters: [],
    nodes: [],
    backend: undefined,
    frontend: {},
    check: {},
    stats: {},
    notes: [],
    masterNotes: [],
    ...parts,
  };
}

const SUFFIX = "-kube-api";

/** The cluster's name in a backend that is called as the pattern calls it: "k8s-de1" for "k8s-de1-kube-api". */
export function clusterOfBackend(backend: string | undefined): string | undefined {
  if (backend === undefined || !backend.endsWith(SUFFIX)) return undefined;
  const cluster = backend.slice(0, -SUFFIX.length);
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(cluster) ? cluster : undefined;
}
