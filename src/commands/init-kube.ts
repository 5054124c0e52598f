import { type Found, found } from "../init/found.ts";
import { foundInNodeList } from "../init/kube-nodes.ts";
import { readKubeconfigs } from "../init/kubeconfig.ts";
import { listKubeNodes } from "../io/kube-api.ts";
import { readKubeconfigFiles, readMaterial } from "../io/kubeconfig-files.ts";
import type { Shell } from "./shell.ts";

/** Asks the API of a kubeconfig for its nodes. Errors: `UserError` for everything that keeps them from coming. */
export async function readKube(shell: Shell, file: string | undefined, context: string | undefined): Promise<Found> {
  const files = await readKubeconfigFiles(file, shell);
  const access = readKubeconfigs(files, context);
  const where = `the API of context ${access.context}`;
  if (access.isInsecure) {
    shell.stderr.write(
      `k3s-lb: warning: ${where} is asked without a check of its certificate (insecure-skip-tls-verify)\n`,
    );
  }
  const token = access.token !== undefined && "value" in access.token ? undefined : access.token;
  const [ca, cert, key, tokenText] = await Promise.all([
    readMaterial(access.ca, "certificate-authority", shell.cwd),
    readMaterial(access.cert, "client-certificate", shell.cwd),
    readMaterial(access.key, "client-key", shell.cwd),
    readMaterial(token, "tokenFile", shell.cwd),
  ]);
  const { server, servername, isInsecure } = access;
  const given =
    access.token !== undefined && "value" in access.token ? access.token.value : tokenText?.toString().trim();
  const items = await listKubeNodes({ where, server, servername, isInsecure, ca, cert, key, token: given });
  const nodes = foundInNodeList(items, where);
  const isName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(access.clusterName) && access.clusterName !== "default";
  return found(nodes.source, { ...nodes, ...(isName && { cluster: access.clusterName }) });
}
