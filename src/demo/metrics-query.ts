import type { MetricsQuery, MetricsScope } from "./metrics-page.ts";

const shownScopes: readonly MetricsScope[] = ["global", "frontend", "backend", "server"];

/**
 * Reads the exporter's query.
 * Shape: `undefined` for what it answers with 400 (an unknown scope). `metrics=` counts only where the version knows it:
 * a list of names to show, or of `-name` to leave out; unknown parameters are passed over, as HAProxy does.
 */
export function readMetricsQuery(uri: string, filtersMetrics: boolean): MetricsQuery | undefined {
  const [, query = ""] = uri.split("?", 2);
  const scopes = new Set<MetricsScope>();
  const wanted = new Set<string>();
  const unwanted = new Set<string>();
  let hideMaint = false;
  for (const parameter of query.split("&")) {
    const [key = "", value = ""] = parameter.split("=", 2);
    if (key === "no-maint") hideMaint = true;
    else if (key === "scope") {
      if (!readScope(value, filtersMetrics, scopes)) return undefined;
    } else if (key === "metrics" && filtersMetrics) {
      for (const name of value.split(",")) {
        if (name.startsWith("-")) unwanted.add(name.slice(1));
        else if (name !== "") wanted.add(name);
      }
    }
  }
  return {
    scopes: query.includes("scope=") ? [...scopes] : shownScopes,
    hideMaint,
    isWanted: (name) => (wanted.size === 0 || wanted.has(name)) && !unwanted.has(name),
  };
}

/** Listeners, stick tables and resolvers are known words with nothing behind them in the sample's configuration. */
function readScope(value: string, knowsModules: boolean, scopes: Set<MetricsScope>): boolean {
  const shown = shownScopes.find((scope) => scope === value);
  if (shown !== undefined) scopes.add(shown);
  else if (value === "*") for (const scope of shownScopes) scopes.add(scope);
  else if (value !== "listener" && !(knowsModules && (value === "sticktable" || value === "resolver"))) return false;
  return true;
}
