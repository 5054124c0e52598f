import { type CfgProxy, type CfgServer, serverNames } from "../domain/cfg-proxy.ts";
import { formatHostPort, parseHostPort } from "../domain/host.ts";
import type { Master } from "../domain/inventory.ts";
import { type Hit, hitAt, hitOn, type LintFleet, type LintRule, type LintSubject, listNames } from "./rule.ts";

export const fleetServers: LintRule = {
  id: "LB040",
  name: "fleet-servers",
  severity: "error",
  finds: "server lines that are not the fleet file's masters",
  reason: "what is watched and drained is not what the connections go to",
  fix: "one server line for each master of the fleet file, by the same name and address",
  find: ({ fleet, pattern }) =>
    fleet === undefined
      ? []
      : pattern.backends
          .filter((backend) => backend.name === fleet.backend || pattern.backends.length === 1)
          .flatMap((backend) => differences(backend, fleet)),
};

function differences(backend: CfgProxy, { masters }: LintFleet): readonly Hit[] {
  const servers = new Map(
    backend.servers.flatMap((server) => serverNames(server).map((name) => [name, server] as const)),
  );
  const known = new Map(masters.map((master) => [master.name, master]));
  const missing = masters.filter(({ name }) => !servers.has(name));
  const extra = [...servers].filter(([name]) => !known.has(name));
  const [first] = missing;
  return [
    ...(first === undefined
      ? []
      : [
          hitOn(backend, `no server line for ${listNames(missing.map(({ name }) => name))}`, {
            fix: missing
              .map(({ name, address }) => `server ${name} ${address}`)
              .slice(0, 3)
              .join("; "),
          }),
        ]),
    ...extra.slice(0, 1).map(([, server]) =>
      hitAt(server.line, backend, `not in the fleet file: ${listNames(extra.map(([name]) => name))}`, {
        fix: "take it out here, or add it to masters in the fleet file",
      }),
    ),
    ...[...servers].flatMap(([name, server]) => addressHit(backend, server, known.get(name))),
  ];
}

function addressHit(backend: CfgProxy, server: CfgServer, master: Master | undefined): readonly Hit[] {
  if (master === undefined || server.template !== undefined || server.address.kind !== "network") return [];
  const { host, port } = server.address;
  if (port === undefined || host.includes("$")) return [];
  const wanted = parseHostPort(master.address);
  const here = formatHostPort(host, port);
  const there = wanted === undefined ? master.address : formatHostPort(wanted.host, wanted.port ?? 6443);
  if (here.toLowerCase() === there.toLowerCase()) return [];
  return [
    hitAt(server.line, backend, `${master.name} is ${here} here and ${there} in the fleet file`, {
      fix: `server ${master.name} ${there}, with its parameters; or the other address in the fleet file`,
    }),
  ];
}

export const fleetProxies: LintRule = {
  id: "LB041",
  name: "fleet-proxies",
  severity: "error",
  finds: "no backend or no frontend by the fleet file's name",
  reason: "k3s-lb looks for the masters under another name, and sees none on this node",
  fix: "name the section as the fleet file does, or write its name into the fleet file",
  find: (subject) => (subject.fleet === undefined ? [] : missingProxies(subject, subject.fleet)),
};

function missingProxies({ cfg, pattern }: LintSubject, fleet: LintFleet): readonly Hit[] {
  const named = (name: string, ...keywords: readonly string[]) =>
    cfg.sections.some((section) => section.name === name && keywords.includes(section.keyword));
  const place = (proxy: CfgProxy | undefined, text: string, fix: string): Hit =>
    proxy === undefined
      ? { at: { file: cfg.files[0] ?? "", number: 1 }, sections: [], text, fix }
      : hitOn(proxy, text, { fix });
  const hits: Hit[] = [];
  const isListen = named(fleet.backend, "listen");
  if (!isListen && !named(fleet.backend, "backend")) {
    hits.push(place(pattern.backends[0], `there is no backend ${fleet.backend}`, `backend ${fleet.backend}`));
  }
  if (!isListen && !named(fleet.frontend.name, "frontend", "listen")) {
    hits.push(
      place(pattern.frontends[0], `there is no frontend ${fleet.frontend.name}`, `frontend ${fleet.frontend.name}`),
    );
  }
  return hits;
}
