/** Bytes as people say them: "850 B", "1.2 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A file name for what was written at this moment: the cluster's name as far as a file may be called so, and UTC. */
export function recordingName(cluster: string, wallMs: number): string {
  const moment = new Date(wallMs).toISOString().slice(0, 19).replace(/[-:]/g, "");
  return `k3s-lb-${cluster.replace(/[^\w.-]+/g, "_").slice(0, 60)}-${moment}Z.jsonl.gz`;
}
