import { type CfgAddress, parseCfgAddress } from "./cfg-address.ts";
import { type Cfg, type CfgLine, type CfgSection, linesOf } from "./cfg-file.ts";
import { type CfgParams, readCfgParams } from "./cfg-params.ts";
import { parseCfgTime } from "./cfg-time.ts";

/**
 * A listen, frontend or backend with what holds in it, whether it says so itself or inherits it.
 * Shape: `defaults` are the sections that it inherits from, the nearest first. `options` are those in force, in the order
 * in which they were last set. `lines` are its own.
 * Units: timeouts in milliseconds; one that HAProxy could not read is left out.
 */
export type CfgProxy = {
  readonly section: CfgSection;
  readonly name: string;
  readonly defaults: readonly CfgSection[];
  readonly mode: CfgMode;
  readonly options: ReadonlyMap<string, CfgLine>;
  readonly timeouts: ReadonlyMap<string, CfgTimeout>;
  readonly binds: readonly CfgBind[];
  readonly servers: readonly CfgServer[];
};

/** `line` is `undefined` where nobody says and HAProxy takes tcp. */
export type CfgMode = { readonly value: string; readonly line: CfgLine | undefined };

export type CfgTimeout = { readonly ms: number; readonly line: CfgLine };

/** One address of a `bind` line; a line may have several. */
export type CfgBind = {
  readonly line: CfgLine;
  readonly text: string;
  readonly address: CfgAddress;
  readonly params: CfgParams;
};

/**
 * A server with the parameters in force, those of `default-server` included.
 * Shape: `template` has the numbers of a `server-template`, whose servers are all alike but for their names: `name` is then
 * what stands in front of the number.
 */
export type CfgServer = {
  readonly line: CfgLine;
  readonly name: string;
  readonly template: { readonly first: number; readonly last: number } | undefined;
  readonly text: string;
  readonly address: CfgAddress;
  readonly params: CfgParams;
};

const PROXIES: ReadonlySet<string> = new Set(["listen", "frontend", "backend"]);

// Nobody has more of these, and a hostile file shall not fill the memory: options or timeouts in force (HAProxy knows
// some 80), defaults that inherit from each other, addresses of one bind line, names of one template.
const MOST_NAMED = 100;
const MOST_IN_CHAIN = 16;
const MOST_ADDRESSES = 100;
const MOST_NAMES = 1000;

/**
 * Every proxy of a configuration, in its order.
 * Shape: one without `from` inherits from the last defaults above it, named or not, also of an earlier file.
 * Source: doc/configuration.txt 4; seen on 2.6, 3.0 and 3.4.
 */
export function effectiveProxies(cfg: Cfg): readonly CfgProxy[] {
  const named = new Map<string, Inherited>();
  const proxies: CfgProxy[] = [];
  let last: Inherited = NOTHING;
  for (const section of cfg.sections) {
    const isProxy = PROXIES.has(section.keyword);
    if (!isProxy && section.keyword !== "defaults") continue;
    const above = isProxy ? last : NOTHING;
    const parent = section.from === "" ? above : (named.get(section.from) ?? NOTHING);
    const { binds, servers, ...held } = layOver(parent, section);
    if (isProxy) {
      const { mode, options, timeouts } = held;
      proxies.push({ section, name: section.name, defaults: parent.sections, mode, options, timeouts, binds, servers });
    } else {
      last = held;
      if (section.name !== "") named.set(section.name, held);
    }
  }
  return proxies;
}

/** The lines that begin so and hold in a proxy: its own, or, where it has none, those of its nearest defaults. */
export function heldLines(proxy: CfgProxy, first: string, second?: string): readonly CfgLine[] {
  for (const section of [proxy.section, ...proxy.defaults]) {
    const found = linesOf(section, first, second);
    if (found.length > 0) return found;
  }
  return [];
}

/** The names of the servers that a line makes: one, or those of a template. */
export function serverNames({ name, template }: CfgServer): readonly string[] {
  if (template === undefined) return [name];
  const count = Math.max(0, Math.min(template.last - template.first + 1, MOST_NAMES));
  return Array.from({ length: count }, (_, index) => `${name}${template.first + index}`);
}

/** What defaults hand on; `sections` are they themselves and those that they inherit from, the nearest first. */
type Inherited = Pick<CfgProxy, "mode" | "options" | "timeouts"> & {
  readonly sections: readonly CfgSection[];
  readonly serverParams: CfgParams;
};

const NOTHING: Inherited = {
  sections: [],
  mode: { value: "tcp", line: undefined },
  options: new Map(),
  timeouts: new Map(),
  serverParams: new Map(),
};

/** A section laid over what it inherits. */
function layOver(parent: Inherited, section: CfgSection): Inherited & Pick<CfgProxy, "binds" | "servers"> {
  const options = new Map(parent.options);
  const timeouts = new Map(parent.timeouts);
  const binds: CfgBind[] = [];
  const servers: CfgServer[] = [];
  let { mode, serverParams } = parent;
  for (const line of section.lines) {
    const [word = "", first = "", second = ""] = line.words;
    if (word === "option") setOption(options, first, line);
    if (line.modifier !== undefined) continue;
    if (word === "mode") mode = { value: first, line };
    else if (word === "timeout") setTimeoutOf(timeouts, first, second, line);
    else if (word === "bind") binds.push(...readBinds(line));
    else if (word === "default-server") serverParams = readCfgParams(line.words.slice(1), serverParams);
    else if (word === "server") servers.push(readServer(line, first, serverParams));
    else if (word === "server-template") servers.push(readTemplate(line, first, second, serverParams));
  }
  const sections = [section, ...parent.sections].slice(0, MOST_IN_CHAIN);
  return { sections, mode, options, timeouts, serverParams, binds, servers };
}

function setOption(options: Map<string, CfgLine>, name: string, line: CfgLine): void {
  options.delete(name);
  if (line.modifier === undefined && options.size < MOST_NAMED) options.set(name, line);
}

function setTimeoutOf(timeouts: Map<string, CfgTimeout>, name: string, text: string, line: CfgLine): void {
  const ms = parseCfgTime(text);
  timeouts.delete(name);
  if (ms !== undefined && timeouts.size < MOST_NAMED) timeouts.set(name, { ms, line });
}

function readBinds(line: CfgLine): readonly CfgBind[] {
  const params = readCfgParams(line.words.slice(2));
  return (line.words[1] ?? "")
    .split(",", MOST_ADDRESSES)
    .map((text) => ({ line, text, address: parseCfgAddress(text), params }));
}

function readServer(line: CfgLine, name: string, serverDefaults: CfgParams): CfgServer {
  const text = line.words[2] ?? "";
  const params = readCfgParams(line.words.slice(3), serverDefaults);
  return { line, name, template: undefined, text, address: parseCfgAddress(text), params };
}

/** `server-template <prefix> <number | first-last> <address>`. */
function readTemplate(line: CfgLine, name: string, numbers: string, serverDefaults: CfgParams): CfgServer {
  const [, a = "0", b] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(numbers) ?? [];
  const template = b === undefined ? { first: 1, last: Number(a) } : { first: Number(a), last: Number(b) };
  const text = line.words[3] ?? "";
  const params = readCfgParams(line.words.slice(4), serverDefaults);
  return { line, name, template, text, address: parseCfgAddress(text), params };
}
