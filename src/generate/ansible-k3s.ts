import { parseHostPort } from "../domain/host.ts";
import { type AnsibleEntry, list, map } from "./ansible-value.ts";
import type { GenerateInput } from "./generate-input.ts";
import { generateK3s } from "./k3s.ts";

/**
 * Where the agents of a node find the masters: at the frontend of their own HAProxy.
 * Shape: the variables of the k3s role; an address of all interfaces is reached at loopback.
 */
export function agentVariables({ fleet }: GenerateInput): readonly AnsibleEntry[] {
  const { host, port } = localFrontend(fleet.frontend.bind);
  return [
    {
      key: "k3s_master_ip",
      value: host,
      notes: ["The agent's own HAProxy, and not a master: it goes on when a master does not."],
    },
    { key: "k3s_master_port", value: port },
  ];
}

/** The frontend as a program on the same node reaches it; an IPv6 address in brackets, as the role makes a URL of it. */
export function localFrontend(bind: string): { readonly host: string; readonly port: number } {
  const { host, port } = parseHostPort(bind.replace(/^\*?:(?=\d+$)/, "0.0.0.0:")) ?? { host: "", port: undefined };
  const reached = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return { host: reached.includes(":") ? `[${reached}]` : reached, port: port ?? 16443 };
}

/** What k3s itself is to read on the masters, and where `generate k3s` has it. */
export function authenticationOf(input: GenerateInput): { readonly text: string; readonly dest: string } | undefined {
  const file = generateK3s(input).find(({ path }) => path.endsWith("/authentication.yaml"));
  return file && { text: file.text, dest: "/etc/rancher/k3s/authentication.yaml" };
}

/** The masters' side of `check.expect`, as `generate k3s` has it; empty where they need none. */
export function masterVariables(input: GenerateInput): readonly AnsibleEntry[] {
  const { fleet } = input;
  if (fleet.check.expect === 401 || fleet.check.cert !== undefined) return [];
  const authentication = authenticationOf(input);
  const [argument, why] =
    authentication === undefined
      ? ["anonymous-auth=true", "Anonymous users may ask /readyz: only so it answers HAProxy with 200."]
      : [
          `authentication-config=${authentication.dest}`,
          "Opens /livez, /readyz and /healthz to anonymous users, no more.",
        ];
  const extra: AnsibleEntry = {
    key: "k3s_master_extra_config",
    value: map({ "kube-apiserver-arg": list([argument]) }),
    notes: [why, "A variable of this name elsewhere takes the place of this one: keep both in one file."],
  };
  if (authentication === undefined) return [extra];
  const notes = [`What rollout.yml writes to ${authentication.dest}: the role has no variable for it.`];
  return [extra, { key: "k3s_lb_authentication", value: authentication.text, notes }];
}
