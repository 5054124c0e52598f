import { formatHostPort, parseHostPort } from "../domain/host.ts";
import { cleanText } from "../domain/text.ts";
import { checkParams, expectOf, haproxyCheckDefaults, statsPath, userOf } from "./check-words.ts";
import { asList, asMapping, asText } from "./foreign-yaml.ts";
import { clusterOfBackend, type Found, type FoundCheck, type FoundMaster, type FoundStats, found } from "./found.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** The variables that init looks at; beside them a file may hold anything. */
export const roleVariableNames: readonly string[] = [
  "haproxy_listen",
  "haproxy_frontend",
  "haproxy_backend",
  "haproxy_userlists",
  "k3s_master_ip",
  "k3s_master_port",
];

/**
 * Takes a fleet from the variables of the haproxy role (Oefenweb's layout) and of the k3s role.
 * Shape: what is a template of Jinja or encrypted is left out with a note. No password is looked at.
 * A source without any of the variables gives a note.
 */
export function foundInRoleVariables(vars: Mapping, source: string, wanted: string | undefined): Found {
  const notes: string[] = [];
  const read = new Reader(notes);
  const backend = pickBackend(mappings(vars["haproxy_backend"]), wanted, read);
  if (roleVariableNames.every((name) => vars[name] === undefined)) {
    notes.push(`${source} has none of ${roleVariableNames.slice(0, 3).join(", ")}: nothing was taken from it.`);
  }
  const name = read.text(backend?.["name"], "a backend's name");
  const frontend = frontendOf(vars, name, read);
  return found(source, {
    masters: mappings(backend?.["server"]).flatMap((server) => masterOf(server, read)),
    backend: name,
    cluster: clusterOfBackend(name),
    frontend: frontend ?? {},
    check: backend === undefined ? {} : checkOf(backend, read),
    stats: statsOf(vars, read),
    notes,
  });
}

/** Reads single values, and notes what cannot be taken over. */
class Reader {
  readonly notes: string[];

  constructor(notes: string[]) {
    this.notes = notes;
  }

  /** `what` names the value in a note. */
  text(value: unknown, what: string): string | undefined {
    if (value === undefined || value === null) return undefined;
    const text = asText(value);
    const isPlain = text !== undefined && !text.includes("{{") && !text.includes("{%");
    if (!isPlain) this.notes.push(`${what} is a template or no plain text: left out.`);
    return isPlain ? text.trim() : undefined;
  }
}

function mappings(value: unknown): readonly Mapping[] {
  return asList(value)
    .map(asMapping)
    .filter((one) => one !== undefined);
}

/** Words of values that may be one text or a list of them. */
function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => asText(one) ?? []);
}

function pickBackend(backends: readonly Mapping[], wanted: string | undefined, read: Reader): Mapping | undefined {
  const points = (backend: Mapping): number =>
    (texts(backend["option"]).some((option) => /httpchk.*\/(readyz|livez|healthz)/.test(option)) ? 4 : 0) +
    (mappings(backend["server"]).some((server) => /:6443\s*$/.test(asText(server["listen"]) ?? "")) ? 3 : 0) +
    (/kube|k8s|k3s|master|api/i.test(asText(backend["name"]) ?? "") ? 1 : 0);
  if (wanted !== undefined) {
    const named = backends.find((backend) => asText(backend["name"]) === wanted);
    if (named === undefined && backends.length > 0)
      read.notes.push(`No haproxy_backend is called ${cleanText(wanted, 60)}.`);
    return named;
  }
  const [best] = backends.filter((one) => points(one) > 0).toSorted((a, b) => points(b) - points(a));
  if (best === undefined && backends.length > 0) {
    read.notes.push("No haproxy_backend looks like the masters'; --backend names it.");
  }
  return best;
}

function masterOf(server: Mapping, read: Reader): FoundMaster[] {
  const name = read.text(server["name"], "A server's name");
  if (name === undefined) return [];
  const listen = read.text(server["listen"], `The address of ${cleanText(name, 60)}`);
  return [{ name, address: listen }];
}

function checkOf(backend: Mapping, read: Reader): FoundCheck {
  const params = new Map<string, string>();
  const [server] = mappings(backend["server"]);
  const words = [...texts(backend["default_server_params"]), ...texts(server?.["param"])].flatMap((one) =>
    one.split(/\s+/),
  );
  words.forEach((word, i) => {
    params.set(word, words[i + 1] ?? "");
  });
  const check = { ...haproxyCheckDefaults, ...checkParams(params) };
  const expects = texts(backend["http_check"]).map((text) => text.trim().split(/\s+/));
  const [expect] = expects.filter(([word]) => word === "expect");
  if (expect === undefined) return check;
  const wanted = expectOf(expect.slice(1));
  if (wanted === undefined) read.notes.push("http_check wants what check.expect has no word for: left at its default.");
  return { ...check, ...(wanted !== undefined && { expect: wanted }) };
}

/** The frontend in front of the backend; else where the k3s role sends the agents. */
function frontendOf(vars: Mapping, backend: string | undefined, read: Reader): Found["frontend"] | undefined {
  const frontend = mappings(vars["haproxy_frontend"]).find((one) => asText(one["default_backend"]) === backend);
  const name = read.text(frontend?.["name"], "A frontend's name");
  const [bind] = mappings(frontend?.["bind"]).flatMap((one) => read.text(one["listen"], "A frontend's bind") ?? []);
  if (name !== undefined || bind !== undefined) {
    return { ...(name !== undefined && { name }), ...(bind !== undefined && { bind }) };
  }
  const ip = read.text(vars["k3s_master_ip"], "k3s_master_ip");
  const port = read.text(vars["k3s_master_port"], "k3s_master_port");
  if (ip === undefined || port === undefined || !/^\d+$/.test(port)) return undefined;
  return { bind: formatHostPort(ip, Number(port)) };
}

function statsOf(vars: Mapping, read: Reader): FoundStats {
  const listen = mappings(vars["haproxy_listen"]).find((one) => asMapping(one["stats"]) !== undefined);
  const stats = asMapping(listen?.["stats"]);
  if (listen === undefined || stats === undefined) return {};
  const [bind] = mappings(listen["bind"]).flatMap((one) => read.text(one["listen"], "The stats listener's bind") ?? []);
  const address = parseHostPort((bind ?? "").replace(/^\*?:/, "0.0.0.0:"));
  const path = stats["uri"] === undefined ? "/" : statsPath(read.text(stats["uri"], "The stats uri"));
  const { isOpen, user } = loginOf(vars, listen, stats);
  const username = userOf(read.text(user, "The user of the stats page"));
  const params = mappings(listen["bind"]).flatMap((one) => texts(one["param"]));
  return {
    ...(address?.port !== undefined && { port: address.port }),
    ...(path !== undefined && { path }),
    ...(username !== undefined && { username }),
    ...(isOpen && { isOpen: true }),
    ...(params.some((param) => /^ssl\b/.test(param)) && { tls: true }),
  };
}

/** Who is asked for: by `stats auth`, or by a rule with a userlist, as `generate ansible` writes it. */
function loginOf(vars: Mapping, listen: Mapping, stats: Mapping): { readonly isOpen: boolean; readonly user: unknown } {
  const [auth] = mappings(stats["auth"]);
  if (auth !== undefined) return { isOpen: false, user: auth["user"] };
  const rules = mappings(listen["http_request"]).map(
    ({ action, param, cond }) => `${asText(action) ?? ""} ${asText(param) ?? ""} ${asText(cond) ?? ""}`,
  );
  const rule = rules.find((one) => /^auth\b|\bhttp_auth(?:_group)?\(/.test(one));
  if (rule === undefined) return { isOpen: true, user: undefined };
  const list = /\bhttp_auth(?:_group)?\(([^)]*)\)/.exec(rule)?.[1]?.trim();
  const users = mappings(vars["haproxy_userlists"]).find(({ name }) => asText(name) === list)?.["users"];
  return { isOpen: false, user: mappings(users)[0]?.["name"] };
}
