import type { CfgBind, CfgProxy } from "../domain/cfg-proxy.ts";
import { parseHostPort } from "../domain/host.ts";
import { reachOf } from "./addresses.ts";
import { type Hit, hitAt, type LintFleet, type LintRule } from "./rule.ts";

export const publicApi: LintRule = {
  id: "LB050",
  name: "public-api",
  severity: "error",
  finds: "a frontend to the masters on a public address, or on every address of the machine",
  reason:
    "the API of Kubernetes can be reached by whoever reaches this node, past the firewall in front of the masters",
  fix: "bind 127.0.0.1:16443",
  find: ({ pattern, fleet }) => pattern.frontends.flatMap((frontend) => openBinds(frontend, fleet)),
};

function openBinds(frontend: CfgProxy, fleet: LintFleet | undefined): readonly Hit[] {
  return frontend.binds.flatMap((bind) => {
    const text = faultOf(bind, fleet);
    if (text === undefined) return [];
    const port = bind.address.kind === "network" ? (bind.address.port ?? 16443) : 16443;
    return [hitAt(bind.line, frontend, text, { fix: `bind ${fleet?.frontend.bind ?? `127.0.0.1:${port}`}` })];
  });
}

function faultOf({ address, params, text }: CfgBind, fleet: LintFleet | undefined): string | undefined {
  if (address.kind === "local" || params.has("interface")) return undefined;
  const reach = reachOf(address.host);
  if (reach === "any") return `bind ${text}: every address of the machine`;
  if (reach === "public") return `bind ${text}: a public address`;
  // An address inside of the VPN may be meant; it is not where the fleet file says that only the machine itself comes in.
  const meant = parseHostPort(fleet?.frontend.bind ?? "")?.host;
  if (reach !== "inside" || meant === undefined || reachOf(meant) !== "loopback") return undefined;
  return `bind ${text}: others reach it too, and the fleet file has ${fleet?.frontend.bind}`;
}
