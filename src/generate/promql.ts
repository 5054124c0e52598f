import type { Fleet } from "../domain/inventory.ts";

/** The job that the generated scrape configuration gives to every node, whatever it is scraped with. */
export const scrapeJob = "k3s-lb";

/**
 * Where the rules of one fleet look, as the inside of a selector's braces.
 * Shape: `targets` are the fleet's nodes, `cells` the server lines of its masters in its backend, `strangers` the other
 * server lines there, and `recorded` is what a recording rule of this fleet has: several clusters may share a Prometheus.
 */
export type Selectors = {
  readonly targets: string;
  readonly cells: string;
  readonly strangers: string;
  readonly recorded: string;
};

export function selectorsOf({ cluster, backend, masters }: Pick<Fleet, "cluster" | "backend" | "masters">): Selectors {
  const targets = `job=${quote(scrapeJob)},cluster=${quote(cluster)}`;
  const backendOnly = `${targets},proxy=${quote(backend)}`;
  const names = quote(masters.map(({ name }) => escapeRegex(name)).join("|"));
  return {
    targets,
    cells: `${backendOnly},server=~${names}`,
    strangers: `${backendOnly},server!~${names}`,
    recorded: `cluster=${quote(cluster)}`,
  };
}

/**
 * A string of PromQL, whatever is in it.
 * Shape: half a surrogate pair, and U+FFFD itself, which PromQL refuses in every form, become a question mark.
 * Source: Prometheus, "Querying basics": double-quoted strings follow Go's escapes, which know all that JSON writes.
 */
export function quote(text: string): string {
  return JSON.stringify(speakable(text));
}

/** The text as a regular expression (RE2) that fits only itself. */
function escapeRegex(text: string): string {
  return speakable(text).replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}

function speakable(text: string): string {
  return text.toWellFormed().replaceAll("\ufffd", "?");
}
