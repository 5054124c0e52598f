import { quoteCfgWord } from "../domain/cfg-quote.ts";
import { formatHostPort } from "../domain/host.ts";
import type { StatsEndpoint } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import type { GenerateInput } from "./generate-input.ts";
import { allow, allowedFixes, fixNote, hasFix } from "./haproxy-fix-notes.ts";
import type { HaproxyLine, HaproxySection } from "./haproxy-section.ts";
import { adminGroup, haproxyUsers, userlistName } from "./haproxy-users.ts";
import { statsOf } from "./node-settings.ts";

/** HAProxy takes 64 words in a line. */
const ADDRESSES_OF_A_LINE = 40;

/** The stats listener, with the password asked for at its door: by a rule and not by `stats auth`, which /metrics passes. */
export function listenSection(input: GenerateInput): HaproxySection {
  const stats = statsOf(input);
  const admin = input.fleet.haproxy.admin;
  const notes = [
    ...allowedFixes(input, ["show-legends", "metrics-password"]),
    ...(admin.kind === "from" ? [allow("LB021", "the fleet file says haproxy.admin: from")] : []),
  ];
  return {
    keyword: "listen",
    name: listenName(input),
    lines: [
      { words: ["description", "Global", "statistics"], notes },
      { words: ["bind", ...bindWords(input, stats)] },
      { words: ["mode", "http"] },
      { words: ["option", "httplog"] },
      { words: ["timeout", "client", "50s"] },
      { words: ["stats", "enable"] },
      { words: ["stats", "uri", statsUri(stats)] },
      { words: ["stats", "refresh", "5s"] },
      ...adminLines(input),
      { words: ["stats", "hide-version"] },
      { words: ["stats", "show-node"] },
      ...(hasFix(input, "show-legends")
        ? [{ words: ["stats", "show-legends"], notes: [fixNote("show-legends")] }]
        : []),
      ...requestRules(input),
    ],
  };
}

/** "stats" as in the sample, unless the frontend or the backend is called so. */
function listenName({ fleet }: GenerateInput): string {
  return [fleet.backend, fleet.frontend.name].includes("stats") ? "k3s-lb-stats" : "stats";
}

/** `::` is every address of both families here; what the kernel would make of it depends on a sysctl. */
function bindWords({ fleet: { haproxy } }: GenerateInput, { port, tls }: StatsEndpoint): readonly string[] {
  return [
    quoteCfgWord(formatHostPort(haproxy.statsBind, port), "haproxy.stats_bind"),
    ...(haproxy.statsBind === "::" ? ["v4v6"] : []),
    ...(tls === undefined ? [] : ["ssl", "crt", quoteCfgWord(haproxy.statsCrt, "haproxy.stats_crt")]),
  ];
}

function statsUri({ path }: StatsEndpoint): string {
  if (path !== "/metrics") return quoteCfgWord(path, "stats.path");
  throw new UserError(
    "stats.path is /metrics, where HAProxy's metrics are: there would be no stats page",
    "Take another path for the stats page; the sample has /.",
  );
}

function adminLines({ fleet }: GenerateInput): readonly HaproxyLine[] {
  const rule = fleet.haproxy.admin;
  if (rule.kind === "localhost") return [{ words: ["stats", "admin", "if", "LOCALHOST"] }];
  if (rule.kind === "group") {
    return [{ words: ["stats", "admin", "if", "{", `http_auth_group(${userlistName})`, adminGroup, "}"] }];
  }
  // The node itself keeps the right, so that the way over ssh stays open.
  const addresses = ["127.0.0.0/8", "::1", ...rule.addresses].map((text) => quoteCfgWord(text, "haproxy.admin"));
  return chunks(addresses).map((some) => ({ words: ["stats", "admin", "if", "{", "src", ...some, "}"] }));
}

function chunks(words: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(words.length / ADDRESSES_OF_A_LINE);
  return Array.from({ length: count }, (_, i) => words.slice(i * ADDRESSES_OF_A_LINE, (i + 1) * ADDRESSES_OF_A_LINE));
}

/** The first rule that applies to a request wins, so their order says whether /metrics is open. */
function requestRules(input: GenerateInput): readonly HaproxyLine[] {
  const metrics = ["http-request", "use-service", "prometheus-exporter", "if", "{", "path", "/metrics", "}"];
  const auth = ["http-request", "auth", "realm", "k3s-lb", "unless", "{", `http_auth(${userlistName})`, "}"];
  if (!hasFix(input, "metrics-password")) return [{ words: metrics }, ...emptyRule(input), { words: auth }];
  return [...emptyRule(input), { words: auth, notes: [fixNote("metrics-password")] }, { words: metrics }];
}

/** The guard sees variables that are not set; before 3.3 HAProxy takes an empty one, and any request with it. */
function emptyRule(input: GenerateInput): readonly HaproxyLine[] {
  if (input.secrets.kind !== "env") return [];
  const isEmpty = haproxyUsers(input).map(({ variable }) => ["{", `env(${variable})`, "-m", "len", "0", "}"]);
  const words = isEmpty.flatMap((condition, i) => (i === 0 ? condition : ["or", ...condition]));
  return [
    {
      words: ["http-request", "deny", "if", ...words],
      notes: ["An empty password would let everybody in."],
    },
  ];
}
