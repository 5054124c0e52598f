/** The hosts that a line of an inventory stands for, or what is wrong with it. */
export type HostPattern =
  | { readonly ok: true; readonly hosts: readonly string[]; readonly port: number | undefined }
  | { readonly ok: false; readonly problem: string };

/** More hosts than any inventory has; a slip such as [1:10000000] is named before it fills the memory. */
export const mostHosts = 100_000;

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BRACKETED = /^\[(.+)\]:(\d+)$/;
const HOST_PORT = /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/;
const PLAIN = /^[\p{L}\p{N}_.:[\]-]+$/u;

/**
 * Expands the host of an inventory's line: `node[01:38]:2222`, `[a:f]`, `[0:30:10]`; several ranges are a product.
 * Source: Ansible 2.14, `plugins/inventory/__init__.py` (expand_hostname_range) and `parsing/utils/addresses.py`.
 */
export function expandHostPattern(pattern: string): HostPattern {
  const match = BRACKETED.exec(pattern) ?? HOST_PORT.exec(pattern);
  const [host, port] = match !== null && PLAIN.test(match[1] ?? "") ? [match[1], match[2]] : [pattern, undefined];
  let hosts: readonly string[] = [host ?? ""];
  while (hosts[0]?.includes("[")) {
    const next: string[] = [];
    for (const one of hosts) {
      const result = expandFirst(one);
      if (typeof result === "string") return { ok: false, problem: result };
      if (next.length + result.length > mostHosts) {
        return { ok: false, problem: `the ranges give more than ${mostHosts} hosts` };
      }
      for (const name of result) next.push(name);
    }
    hosts = next;
  }
  return { ok: true, hosts, port: port === undefined ? undefined : Number(port) };
}

function expandFirst(text: string): readonly string[] | string {
  const [, head = "", range, tail = ""] = /^([^[]*)\[([^\]]*)\](.*)$/s.exec(text) ?? [];
  if (range === undefined) return "a bracket is not closed";
  const members = rangeMembers(range);
  return typeof members === "string" ? members : members.map((member) => head + member + tail);
}

function rangeMembers(range: string): readonly string[] | string {
  const bounds = range.split(":");
  if (bounds.length < 2 || bounds.length > 3) return `[${range}] is no range; expected [01:38] or [1:9:2]`;
  const [given = "", end = "", stepText = "1"] = bounds;
  const begin = given === "" ? "0" : given;
  const step = Number(stepText);
  if (end === "") return `the range [${range}] has no end`;
  if (!/^\d+$/.test(stepText) || step < 1) return `the range [${range}] has no step that counts up`;
  const isPadded = begin.length > 1 && begin.startsWith("0");
  if (isPadded && begin.length !== end.length) return `the range [${range}] has ends of different width`;
  const [from, to] = [LETTERS.indexOf(begin), LETTERS.indexOf(end)];
  if (begin.length === 1 && end.length === 1 && from >= 0 && to >= 0) {
    if (from > to) return `the range [${range}] runs backwards`;
    return [...LETTERS.slice(from, to + 1)].filter((_, i) => i % step === 0);
  }
  if (!/^\d+$/.test(begin) || !/^\d+$/.test(end)) return `the range [${range}] is neither numbers nor letters`;
  const [first, last] = [Number(begin), Number(end)];
  if ((last - first) / step >= mostHosts || !Number.isSafeInteger(last)) {
    return `the range [${range}] gives more than ${mostHosts} hosts`;
  }
  const members: string[] = [];
  for (let value = first; value <= last; value += step) {
    members.push(String(value).padStart(isPadded ? begin.length : 0, "0"));
  }
  return members;
}
