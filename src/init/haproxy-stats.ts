import { type Cfg, linesOf } from "../domain/cfg-file.ts";
import { type CfgProxy, heldLines } from "../domain/cfg-proxy.ts";
import { parseHostPort } from "../domain/host.ts";
import { cleanText } from "../domain/text.ts";
import { nodeFile, statsPath, userOf } from "./check-words.ts";
import type { FoundStats } from "./found.ts";

/** What HAProxy answers by itself where `stats enable` stands alone. Source: doc/configuration.txt, `stats uri`. */
const DEFAULT_PATH = "/haproxy?stats";

/** The stats listener of a configuration: its port, path, user and certificate; never its password. */
export function foundStats(cfg: Cfg, proxies: readonly CfgProxy[], notes: string[]): FoundStats {
  const pages = proxies.filter((proxy) => proxy.binds.length > 0 && heldLines(proxy, "stats").length > 0);
  const [page, second] = pages;
  if (page === undefined) {
    notes.push("The configuration has no stats page: stats is left at its defaults.");
    return {};
  }
  if (second !== undefined) {
    const [a, b] = [page, second].map(({ name }) => cleanText(name, 60));
    notes.push(`There are several stats pages; ${a} is written, not ${b}.`);
  }
  const bind = page.binds.find(({ address }) => address.kind === "network" && address.port !== undefined);
  const address = bind?.address.kind === "network" ? bind.address : undefined;
  const [uri] = heldLines(page, "stats", "uri");
  const path = statsPath(uri === undefined ? DEFAULT_PATH : uri.words[2]);
  const isTls = bind?.params.has("ssl") === true;
  const crt = nodeFile(bind?.params.get("crt"));
  const host = address?.host ?? "";
  return {
    ...(address?.port !== undefined && { port: address.port }),
    ...(path !== undefined && { path }),
    ...userPart(cfg, page),
    ...(isTls && { tls: true, ...(crt !== undefined && { crt }) }),
    ...(isAddress(host) && host !== "0.0.0.0" && { bind: host }),
  };
}

function isAddress(host: string): boolean {
  return /^[\d.]+$|:/.test(host) && parseHostPort(host) !== undefined;
}

function userPart(cfg: Cfg, page: CfgProxy): FoundStats {
  const [auth] = heldLines(page, "stats", "auth");
  const user = userOf(auth?.words[2]);
  if (user !== undefined) return { username: user };
  const own = heldLines(page, "stats", "http-request").filter(({ words }) => words[2] === "auth");
  const rules = [...heldLines(page, "http-request", "auth"), ...own];
  if (auth === undefined && rules.length === 0) return { isOpen: true };
  const list = /http_auth(?:_group)?\(([^)]*)\)/.exec(rules.map(({ words }) => words.join(" ")).join(" "))?.[1]?.trim();
  const users = cfg.sections.find(({ keyword, name }) => keyword === "userlist" && name === list);
  const listed = users === undefined ? undefined : userOf(linesOf(users, "user")[0]?.words[1]);
  return listed === undefined ? {} : { username: listed };
}
