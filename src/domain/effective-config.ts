import { writeDuration } from "./duration.ts";
import { type FleetEntries, readPoll } from "./fleet-build.ts";
import type { Fleet, FleetNode, Master } from "./inventory.ts";
import type { FilePath } from "./mistake.ts";
import type { RawFleet, RawNode, RawSecret, RawStats } from "./raw-fleet.ts";

/**
 * One value in force.
 * Shape: `path` is its place in the fleet file that would say the same in full, `from` its place in the file as it is
 * (the entry with the range). A secret's value is never here.
 */
export type EffectiveValue = { readonly path: FilePath; readonly from: FilePath; readonly value: unknown };

/** What is put in the place of a secret. */
const REDACTED = "(not shown)";

/**
 * Every value in force, in the order of the fleet file: defaults filled in, ranges expanded. Nodes show what they have
 * of their own; the rest is in the sections.
 */
export function effectiveConfig(fleet: Fleet, raw: RawFleet, entries: FleetEntries): readonly EffectiveValue[] {
  const values = [
    ...leaves(["cluster"], fleet.cluster),
    ...fleet.masters.flatMap((master, i) => moved(["masters", i], entries.masters[i], masterValue(master))),
    ...fleet.nodes.flatMap((node, i) => {
      const entry = entries.nodes[i];
      return moved(["nodes", i], entry, nodeValue(node, entry === undefined ? undefined : raw.nodes[entry]));
    }),
    ...leaves(["backend"], fleet.backend),
    ...leaves(["frontend"], fleet.frontend),
    ...leaves(["check"], raw.check),
    ...leaves(["stats"], raw.stats === undefined ? undefined : redactStats(raw.stats)),
    ...leaves(["admin"], raw.admin),
    ...leaves(["poll"], pollValue(raw)),
    ...leaves(["haproxy"], raw.haproxy),
    ...leaves(["events"], eventsValue(raw)),
  ];
  return values;
}

function masterValue({ name, address }: Master): unknown {
  return { name, address };
}

function nodeValue({ name, address, ssh, labels }: FleetNode, raw: RawNode | undefined): unknown {
  const stats = raw?.stats === undefined ? undefined : redactStats(raw.stats);
  return { name, address, ssh, labels, stats, admin: raw?.admin, poll: raw?.poll };
}

function pollValue({ poll }: RawFleet): unknown {
  if (poll === undefined) return undefined;
  return { interval: poll.interval, timeout: writeDuration(readPoll(poll).timeoutMs), source: poll.source };
}

/** The arguments of a program may be secret, as the address of a webhook is. */
function eventsValue({ events }: RawFleet): unknown {
  const program = events?.on_event;
  return program === undefined ? events : { ...events, on_event: redactArguments(program) };
}

function redactArguments(command: readonly string[]): readonly string[] {
  return command.map((word, i) => (i === 0 ? word : REDACTED));
}

function redactStats<Stats extends Partial<RawStats>>(stats: Stats): Record<string, unknown> {
  const { password, ...rest } = stats;
  return password === undefined ? rest : { ...rest, password: redactSecret(password) };
}

/** Where a secret comes from is shown; a literal and the arguments of a command, which may hold one, are not. */
function redactSecret(secret: RawSecret): unknown {
  if (typeof secret === "string") return REDACTED;
  if (!("command" in secret)) return secret;
  return { command: redactArguments(secret.command) };
}

function moved(path: FilePath, entry: number | undefined, value: unknown): EffectiveValue[] {
  const [list = ""] = path;
  return leaves(path, value).map((leaf) => ({
    ...leaf,
    from: entry === undefined ? leaf.path : [list, entry, ...leaf.path.slice(2)],
  }));
}

/** Lists stay whole: the only one below a key is a command. */
function leaves(path: FilePath, value: unknown): EffectiveValue[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [{ path, from: path, value }];
  const keys = Object.entries(value).filter(([, inner]) => inner !== undefined);
  // An empty mapping says something too: `tls: {}` is https.
  if (keys.length === 0) return path.at(-1) === "tls" ? [{ path, from: path, value: {} }] : [];
  return keys.flatMap(([key, inner]) => leaves([...path, key], inner));
}
