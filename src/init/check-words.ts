import { parseCfgTime } from "../domain/cfg-time.ts";
import { writeDuration } from "../domain/duration.ts";
import type { FoundCheck } from "./found.ts";

/**
 * What an `http-check expect` takes, by its words behind `expect`: "status 401", "status 200,401".
 * Shape: `undefined` for what the fleet file has no word for.
 */
export function expectOf(words: readonly string[]): FoundCheck["expect"] {
  const at = words.findIndex((word) => word === "status" || word === "rstatus");
  if (at < 0 || words.slice(0, at).includes("!")) return undefined;
  const value = words[at + 1] ?? "";
  const codes = new Set(words[at] === "status" ? value.split(",") : (value.match(/\d{3}/g) ?? []));
  const [has200, has401] = [codes.has("200"), codes.has("401")];
  if (codes.size === 1 && has200) return 200;
  if (codes.size === 1 && has401) return 401;
  return codes.size === 2 && has200 && has401 ? "migrate" : undefined;
}

/** The parameters of a server that belong to its check: inter, rise, fall, ca-file, crt. */
export function checkParams(params: ReadonlyMap<string, string>): FoundCheck {
  const ms = parseCfgTime(params.get("inter") ?? "");
  const [rise, fall] = [count(params.get("rise")), count(params.get("fall"))];
  const [ca, cert] = [nodeFile(params.get("ca-file")), nodeFile(params.get("crt"))];
  return {
    ...(ms !== undefined && ms >= 1 && ms <= 3_600_000 && { interval: writeDuration(Math.round(ms)) }),
    ...(rise !== undefined && { rise }),
    ...(fall !== undefined && { fall }),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
  };
}

/** HAProxy's own defaults, where a check is there and says nothing else. Source: doc/configuration.txt 5.2. */
export const haproxyCheckDefaults: FoundCheck = { interval: "2s", rise: 2, fall: 3 };

function count(text: string | undefined): number | undefined {
  const number = /^\d{1,3}$/.test(text ?? "") ? Number(text) : 0;
  return number >= 1 && number <= 100 ? number : undefined;
}

/** An absolute path that the fleet file takes. */
export function nodeFile(text: string | undefined): string | undefined {
  return text !== undefined && /^\/[A-Za-z0-9_@%+=:,./-]{1,200}$/.test(text) ? text : undefined;
}

/** The user of a `stats auth` word, "admin:secret"; what stands behind the colon is never looked at. */
export function userOf(auth: string | undefined): string | undefined {
  const user = auth?.split(":", 1)[0] ?? "";
  return user === "" || /[$\x00-\x1f\x7f-\x9f]/.test(user) || user.includes("{{") ? undefined : user;
}

/** A `stats uri` that the fleet file takes. */
export function statsPath(text: string | undefined): string | undefined {
  return text !== undefined && /^\/[^\s;#$\x00-\x1f\x7f-\x9f]*$/.test(text) && !text.includes("{{") ? text : undefined;
}
