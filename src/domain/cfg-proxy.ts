import { type CfgAddress, parseCfgAddress } from "./cfg-address.ts";
import type { Cfg, CfgLine, CfgSection } from "./cfg-file.ts";
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

/**
 * Every proxy of a configuration, in its order.
 * Shape: one without `from` inherits from the last defaults above it, named or not, also of an earlier file.
 * Source: doc/configuration.txt 4; seen on 2.6, 3.0 and 3.4.
 */
export function effectiveProxies(cfg: Cfg): readonly CfgProxy[] {
  const named = new Map<string, CfgSection>();
  const parents = new Map<CfgSection, CfgSection>();
  const proxies: CfgProxy[] = [];
  let last: CfgSection | undefined;
  for (const section of cfg.sections) {
    const isProxy = PROXIES.has(section.keyword);
    if (!isProxy && section.keyword !== "defaults") continue;
    const parent = section.from === "" ? (isProxy ? last : undefined) : named.get(section.from);
    if (isProxy) {
      proxies.push(effectiveProxy(section, chain(parent, parents)));
      continue;
    }
    if (parent !== undefined) parents.set(section, parent);
    if (section.name !== "") named.set(section.name, section);
    last = section;
  }
  return proxies;
}

/** The lines that begin with these words and hold in a proxy: its own, or, where it has none, its nearest defaults'. */
export function heldLines(proxy: CfgProxy, ...words: readonly string[]): readonly CfgLine[] {
  for (const { lines } of [proxy.section, ...proxy.defaults]) {
    const found = lines.filter(
      (line) => line.modifier === undefined && words.every((word, at) => line.words[at] === word),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** No backend of masters has more, and a number in a file shall not fill the memory. */
const MOST_NAMES = 1000;

/** The names of the servers that a line makes: one, or those of a template. */
export function serverNames({ name, template }: CfgServer): readonly string[] {
  if (template === undefined) return [name];
  const count = Math.max(0, Math.min(template.last - template.first + 1, MOST_NAMES));
  return Array.from({ length: count }, (_, index) => `${name}${template.first + index}`);
}

/** A section names only one that stands above it, so a chain has an end. */
function chain(first: CfgSection | undefined, parents: ReadonlyMap<CfgSection, CfgSection>): readonly CfgSection[] {
  const sections: CfgSection[] = [];
  for (let at = first; at !== undefined; at = parents.get(at)) sections.push(at);
  return sections;
}

function effectiveProxy(section: CfgSection, defaults: readonly CfgSection[]): CfgProxy {
  const options = new Map<string, CfgLine>();
  const timeouts = new Map<string, CfgTimeout>();
  const binds: CfgBind[] = [];
  const servers: CfgServer[] = [];
  let mode: CfgMode = { value: "tcp", line: undefined };
  let serverDefaults: CfgParams = new Map();
  for (const line of [...defaults.toReversed(), section].flatMap(({ lines }) => lines)) {
    const [word = "", first = "", second = ""] = line.words;
    if (word === "option") setOption(options, first, line);
    if (line.modifier !== undefined) continue;
    if (word === "mode") mode = { value: first, line };
    else if (word === "timeout") setTimeoutOf(timeouts, first, second, line);
    else if (word === "bind") binds.push(...readBinds(line));
    else if (word === "default-server") serverDefaults = readCfgParams(line.words.slice(1), serverDefaults);
    else if (word === "server") servers.push(readServer(line, first, serverDefaults));
    else if (word === "server-template") servers.push(readTemplate(line, first, second, serverDefaults));
  }
  return { section, name: section.name, defaults, mode, options, timeouts, binds, servers };
}

function setOption(options: Map<string, CfgLine>, name: string, line: CfgLine): void {
  options.delete(name);
  if (line.modifier === undefined) options.set(name, line);
}

function setTimeoutOf(timeouts: Map<string, CfgTimeout>, name: string, text: string, line: CfgLine): void {
  const ms = parseCfgTime(text);
  timeouts.delete(name);
  if (ms !== undefined) timeouts.set(name, { ms, line });
}

function readBinds(line: CfgLine): readonly CfgBind[] {
  const params = readCfgParams(line.words.slice(2));
  return (line.words[1] ?? "").split(",").map((text) => ({ line, text, address: parseCfgAddress(text), params }));
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
