import { stringify } from "yaml";
import type { GenerateInput, KubernetesVersion } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { hashComment } from "./hash-comment.ts";
import { healthPaths } from "./health-paths.ts";
import { clientPemFile } from "./k3s-client-pem.ts";

const CONFIG = "/etc/rancher/k3s/config.yaml.d/k3s-lb.yaml";
const AUTHENTICATION = "/etc/rancher/k3s/authentication.yaml";

/** How a master comes to answer what `check.expect` wants. */
type Way = "nothing" | "certificate" | "authentication-config" | "anonymous-auth";

/**
 * The masters' side of `check.expect`: files for /etc/rancher/k3s, and with `check.cert` the script that makes that file.
 * Shape: always the drop-in for config.yaml.d, even where it changes nothing: copied over an older one it takes that back.
 * Source: k3s pkg/daemons/control/server.go (anonymous-auth=false, unless authentication-config is given: k3s-io/k3s
 * #12245, #12344), pkg/configfilearg (`+`); KEP-4633 (conditions: on by default from 1.32), KEP-3331 (v1 from 1.34).
 */
export function generateK3s(input: GenerateInput): readonly GeneratedFile[] {
  const { check } = input.fleet;
  switch (wayOf(input)) {
    case "certificate":
      return [drop([...head(), ...certificateNotes], undefined), clientPemFile(check.cert ?? "", check.expect)];
    case "nothing":
      return [drop([...head(), ...nothingNotes], undefined)];
    case "anonymous-auth":
      return [drop([...head(), ...anonymousNotes, ...mergeNotes], "anonymous-auth=true")];
    case "authentication-config":
      return [
        authentication(input.kubernetes),
        drop([...head(), ...structuredNotes(input), ...mergeNotes], STRUCTURED),
      ];
  }
}

const STRUCTURED = `authentication-config=${AUTHENTICATION}`;

function wayOf({ fleet, kubernetes }: GenerateInput): Way {
  if (fleet.check.cert !== undefined) return "certificate";
  if (fleet.check.expect === 401) return "nothing";
  return isFrom(kubernetes, 32) ? "authentication-config" : "anonymous-auth";
}

function isFrom({ major, minor }: KubernetesVersion, since: number): boolean {
  return major > 1 || (major === 1 && minor >= since);
}

function drop(notes: readonly string[], argument: string | undefined): GeneratedFile {
  // A file of comments alone is one that k3s reads and that sets nothing.
  const settings =
    argument === undefined ? "" : `\n${stringify({ "kube-apiserver-arg+": [argument] }, { lineWidth: 0 })}`;
  const text = `${hashComment(notes)}${settings}`;
  return { path: "k3s/config.yaml.d/k3s-lb.yaml", text, check: undefined, comment: "#" };
}

function authentication(kubernetes: KubernetesVersion): GeneratedFile {
  const config = {
    apiVersion: `apiserver.config.k8s.io/${isFrom(kubernetes, 34) ? "v1" : "v1beta1"}`,
    kind: "AuthenticationConfiguration",
    anonymous: { enabled: true, conditions: healthPaths.map((path) => ({ path })) },
  };
  const text = `${hashComment(authenticationNotes)}\n${stringify(config, { lineWidth: 0 })}`;
  return { path: "k3s/authentication.yaml", text, check: undefined, comment: "#" };
}

const head = (): readonly string[] => [
  `Written by k3s-lb generate k3s. On every master: ${CONFIG}`,
  "k3s reads it when it starts: one master after the other (k3s-lb generate change-over has the steps).",
  "",
];

const nothingNotes = [
  "check.expect is 401, and for that k3s needs nothing: it refuses anonymous users by itself (anonymous-auth=false), and",
  "their refusal is the answer that HAProxy waits for. It proves a listener with TLS and HTTP, not readiness.",
  "This file sets nothing. Copied over one that was made for 200 it takes that back at the next start of k3s;",
  `${AUTHENTICATION} may then be deleted.`,
];

const certificateNotes = [
  "check.cert is set: HAProxy shows a client certificate that k3s itself has issued, and /readyz answers 200 to it, as to",
  "every known user. So k3s needs nothing, and nobody anonymous is let in. This file sets nothing; copied over one that was",
  "made for anonymous users it takes that back at the next start of k3s.",
];

const anonymousNotes = [
  "Lets anonymous users in, so that /readyz answers HAProxy with 200 once the master is ready. k3s sets false by itself.",
  "What that opens: all that the cluster grants to system:anonymous and system:unauthenticated. By default that is the",
  "ClusterRole system:public-info-viewer alone (/livez, /readyz, /healthz, /version; k3s-lb generate rbac takes /version",
  "away), but every careless binding is open to all who reach the port from then on. These are all bindings of that kind:",
  "  kubectl get clusterrolebindings,rolebindings -A -o json | jq -r '.items[]",
  '    | select(any(.subjects[]?; .name == "system:anonymous" or .name == "system:unauthenticated")) | .metadata.name\'',
  "From Kubernetes 1.32 on there is a better way, which opens three paths only whatever the bindings say.",
];

const structuredNotes = ({ kubernetes }: GenerateInput): readonly string[] => [
  `Names ${AUTHENTICATION}, which lets anonymous users in on three paths only.`,
  "An anonymous-auth=... in another file or in the unit has to go: with both the API server does not start. The same is true",
  "of --oidc-... flags, whose place is that file then (jwt).",
  ...(isFrom(kubernetes, 34)
    ? []
    : [
        "Only from k3s v1.32.5+k3s1 and v1.33.1+k3s1 on. Older ones of these series set anonymous-auth=false beside it, and the",
        'API server ends with "--anonymous-auth flag cannot be set when anonymous field is configured": update k3s first',
        "(k3s --version).",
      ]),
];

const mergeNotes = [
  "",
  "The + appends to the list. Files of config.yaml.d are read in the order of their names, after config.yaml; a later one",
  "that has kube-apiserver-arg without the + replaces the whole list, this line with it, and so do --kube-apiserver-arg",
  "flags in the unit (systemctl cat k3s). Whether it arrived, on the master:",
  "  journalctl -u k3s -b | grep 'Running kube-apiserver' | tail -n 1",
];

const authenticationNotes = [
  `Written by k3s-lb generate k3s. On every master: ${AUTHENTICATION}`,
  "",
  "Anyone may ask a master how it is, and nothing else: /readyz answers HAProxy with 200 once the master is ready, and a",
  "ClusterRoleBinding to system:unauthenticated, made by mistake, opens nothing. Paths count as a whole: /readyz?verbose is",
  "open too, /readyz/etcd is not.",
  "",
  "Keep the part `anonymous`, with false for `enabled` if need be: where this file is in use k3s no longer sets",
  "anonymous-auth=false, and Kubernetes lets anonymous users in by itself.",
  "",
  "The proof, on the master: the first prints 200, the second 401.",
  "  curl -sk -o /dev/null -w '%{http_code}\\n' https://127.0.0.1:6443/readyz",
  "  curl -sk -o /dev/null -w '%{http_code}\\n' https://127.0.0.1:6443/version",
];
