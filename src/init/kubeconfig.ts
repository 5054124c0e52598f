import { didYouMean } from "../domain/nearest.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { asList, asMapping, asText, readForeignYaml } from "./foreign-yaml.ts";

/** A file of which the path, relative to the kubeconfig's folder, stands there; or its contents in base64. */
export type KubeMaterial = { readonly data: string } | { readonly path: string; readonly file: string };

/** How to ask the API. Certificates and tokens are still where the kubeconfig has them. */
export type KubeAccess = {
  readonly context: string;
  readonly clusterName: string;
  readonly server: string;
  readonly servername: string | undefined;
  readonly isInsecure: boolean;
  readonly ca: KubeMaterial | undefined;
  readonly cert: KubeMaterial | undefined;
  readonly key: KubeMaterial | undefined;
  readonly token: { readonly value: string } | KubeMaterial | undefined;
};

type Mapping = Readonly<Record<string, unknown>>;
type Entry = { readonly value: Mapping; readonly file: string };

/**
 * Reads one or several kubeconfigs, as `$KUBECONFIG` lists them, and finds how the API of a context is asked.
 * Shape: of two entries with one name the first is taken, as kubectl does.
 * Errors: `UserError` for what is missing or cannot be used: programs that make credentials, proxies. No message holds
 * a credential.
 */
export function readKubeconfigs(
  files: readonly { readonly file: string; readonly text: string }[],
  wanted: string | undefined,
): KubeAccess {
  const docs = files.map(({ file, text }) => ({ file, value: asMapping(readForeignYaml(text, file)) ?? {} }));
  const names = docs.map(({ file }) => file).join(", ");
  const context = wanted ?? docs.map(({ value }) => asText(value["current-context"])).find((name) => name);
  const contexts = entriesOf(docs, "contexts", "context");
  if (context === undefined) {
    throw new UserError(
      `${names}: no current-context is set`,
      "Name one with --context; kubectl config get-contexts lists them.",
    );
  }
  const chosen = contexts.get(context);
  if (chosen === undefined) {
    throw new UserError(
      `${names}: there is no context "${cleanText(context)}"${didYouMean(context, contexts.keys())}`,
      `Contexts: ${[...contexts.keys()]
        .slice(0, 20)
        .map((name) => cleanText(name, 60))
        .join(", ")}`,
    );
  }
  const clusterName = asText(chosen.value["cluster"]) ?? "";
  const cluster = named(entriesOf(docs, "clusters", "cluster"), clusterName, "cluster", names);
  const userName = asText(chosen.value["user"]) ?? "";
  const user = userName === "" ? undefined : named(entriesOf(docs, "users", "user"), userName, "user", names);
  const server = asText(cluster.value["server"]);
  if (server === undefined || !URL.canParse(server) || !/^https?:/.test(server)) {
    throw new UserError(`${cluster.file}: the cluster "${cleanText(clusterName)}" has no server with http or https`);
  }
  if (asText(cluster.value["proxy-url"])) {
    throw new UserError(`${cluster.file}: the API is behind a proxy (proxy-url), which init does not use`, GET_NODES);
  }
  if (user !== undefined) refusePrograms(user, userName);
  return {
    context,
    clusterName,
    server,
    servername: asText(cluster.value["tls-server-name"]),
    isInsecure: cluster.value["insecure-skip-tls-verify"] === true,
    ca: material(cluster, "certificate-authority"),
    cert: user && material(user, "client-certificate"),
    key: user && material(user, "client-key"),
    token: user && tokenOf(user),
  };
}

const GET_NODES = "Make an inventory or a file_sd file from kubectl get nodes -o wide instead.";

function entriesOf(docs: readonly Entry[], list: string, key: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { file, value } of docs) {
    for (const one of asList(value[list])) {
      const entry = asMapping(one);
      const name = asText(entry?.["name"]);
      if (name !== undefined && !entries.has(name)) entries.set(name, { file, value: asMapping(entry?.[key]) ?? {} });
    }
  }
  return entries;
}

function named(entries: ReadonlyMap<string, Entry>, name: string, kind: string, files: string): Entry {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  throw new UserError(`${files}: the context names the ${kind} "${cleanText(name)}", which is not there`);
}

function refusePrograms({ file, value }: Entry, name: string): void {
  const kind =
    value["exec"] !== undefined
      ? "a program (exec)"
      : value["auth-provider"] !== undefined
        ? "an auth-provider"
        : undefined;
  if (kind === undefined && value["username"] === undefined) return;
  const words =
    kind === undefined
      ? "a user name with a password, which no API takes any more"
      : `${kind}, which init does not run`;
  throw new UserError(`${file}: the user "${cleanText(name)}" gets its credentials from ${words}`, GET_NODES);
}

function material({ value, file }: Entry, key: string): KubeMaterial | undefined {
  const data = asText(value[`${key}-data`]);
  if (data !== undefined) return { data };
  const path = asText(value[key]);
  return path === undefined ? undefined : { path, file };
}

function tokenOf({ value, file }: Entry): KubeAccess["token"] {
  // kubectl prefers the file, as it may be renewed.
  const path = asText(value["tokenFile"]);
  if (path !== undefined) return { path, file };
  const token = asText(value["token"]);
  return token === undefined ? undefined : { value: token };
}
