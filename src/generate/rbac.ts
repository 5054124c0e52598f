import { stringify } from "yaml";
import type { FleetCheck } from "../domain/inventory.ts";
import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { hashComment } from "./hash-comment.ts";
import { healthPaths } from "./health-paths.ts";

const NAME = "system:public-info-viewer";
const AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

/**
 * What Kubernetes lets anonymous users see, cut down to the three paths of health: it takes /version from them.
 * Shape: the whole ClusterRole, to be put in the place of the built-in one, and the same as a patch in its comments.
 * Source: Kubernetes docs, Using RBAC Authorization, "Auto-reconciliation" and "Discovery roles"; policy.go of
 * bootstrappolicy (the default's paths, and those of system:discovery).
 */
export function generateRbac({ fleet }: GenerateInput): readonly GeneratedFile[] {
  const rules = [{ nonResourceURLs: [...healthPaths], verbs: ["get"] }];
  const role = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: {
      name: NAME,
      annotations: { [AUTOUPDATE]: "false" },
      labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
    },
    rules,
  };
  const text = `${hashComment(notes(fleet.check))}\n${stringify(role, { lineWidth: 0 })}`;
  return [{ path: "rbac.yaml", text, check: undefined, comment: "#" }];
}

/** The command that does the same to the role as it stands. */
export function rolePatch(): string {
  return patch("false", healthPaths);
}

/** The command that gives the role back what Kubernetes gives it. */
export function roleRestore(): string {
  return patch("true", [...healthPaths, "/version", "/version/"]);
}

function patch(autoupdate: string, paths: readonly string[]): string {
  const change = {
    metadata: { annotations: { [AUTOUPDATE]: autoupdate } },
    rules: [{ nonResourceURLs: paths, verbs: ["get"] }],
  };
  return `kubectl patch clusterrole ${NAME} --type=merge -p '${JSON.stringify(change)}'`;
}

function notes({ expect, cert }: FleetCheck): readonly string[] {
  const isOpen = expect !== 401 && cert === undefined;
  return [
    "Written by k3s-lb generate rbac. Once for the cluster: kubectl replace -f rbac.yaml",
    "(not apply or auth reconcile: the role is there already, and the latter keeps its old annotation). The same as a patch:",
    `  ${rolePatch()}`,
    "",
    "What anonymous users may see, cut down to the paths of health: /version is taken from them, which tells the exact release.",
    "Users with a name keep it, by system:discovery. Paths beneath, as /livez/etcd, were never open to anonymous users.",
    ...(isOpen
      ? ["It is the second lock behind what k3s-lb generate k3s writes; with anonymous-auth=true it is the only one."]
      : [
          "As the fleet file stands (check.expect 401, or check.cert) nobody anonymous is let in, and this changes nothing yet: it",
          "is for the day when anonymous users are. It does no harm before.",
        ]),
    "",
    "The annotation is needed: without it every start of an API server puts the missing paths back. With it, paths that a later",
    "Kubernetes adds to the role have to be added by hand.",
    "",
    "The proof: yes, then no.",
    "  kubectl auth can-i get /readyz --as=system:anonymous --as-group=system:unauthenticated",
    "  kubectl auth can-i get /version --as=system:anonymous --as-group=system:unauthenticated",
    "The way back:",
    `  ${roleRestore()}`,
  ];
}
