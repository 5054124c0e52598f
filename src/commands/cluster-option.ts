import { didYouMean } from "../domain/nearest.ts";
import { UserError } from "../domain/user-error.ts";
import { type ClusterFile, clusterFiles, clusterFolders } from "../io/cluster-files.ts";
import type { Shell } from "./shell.ts";

/** The fleet file of `--cluster`. Errors: a UserError that says which there are. */
export async function clusterPath(shell: Shell, name: string): Promise<string> {
  const files = await clusterFiles(shell.env);
  const file = files.find((one) => one.name === name);
  if (file !== undefined) return file.path;
  throw unknownCluster(shell, name, files);
}

/** What is to be said of a cluster that nobody knows. */
function unknownCluster({ env }: Shell, name: string, files: readonly ClusterFile[]): UserError {
  const names = files.map((file) => file.name);
  const near = didYouMean(name, names);
  if (names.length > 0) return new UserError(`there is no cluster "${name}"${near}`, `Clusters: ${names.join(", ")}`);
  return new UserError(`there is no cluster "${name}"`, `Put its fleet file there: ${whereTo(env, name)}`);
}

/** Where the fleet file of a cluster is to stand so that it is known by its name. */
export function whereTo(env: Shell["env"], name: string): string {
  return `${clusterFolders(env)[0]}/${name}.yaml`;
}
