/**
 * A piece of an annotation that lists nodes, in Prometheus' template language; at most twenty, by name.
 * Shape: `condition` is PromQL over series of the alert's master, with `%s` for their selector. Names come into it as
 * quoted arguments when the alert fires, never when the rules are made.
 * Source: Prometheus, "Template reference" (query, sortByLabel).
 */
export function nodeList(condition: string): string {
  const format = condition.replace("%s", "cluster=%q,proxy=%q,server=%q");
  const clusters = format.split("%q").length - 4;
  const given = ["cluster", "proxy", "server", ...Array<string>(clusters).fill("cluster")];
  const values = given.map((label) => `$labels.${label}`).join(" ");
  const found = `printf ${JSON.stringify(format)} ${values} | query | sortByLabel "node"`;
  return `{{ range $i, $one := ${found} }}{{ if lt $i 20 }}{{ if $i }}, {{ end }}{{ $one.Labels.node }}{{ else if eq $i 20 }} and more{{ end }}{{ end }}`;
}

/** The voting nodes for which a `server` record of the alert's master is 1. */
export function votersWhere(record: string): string {
  return nodeList(`${record}{%s} == 1 and on (cluster, node) k3s_lb:node_vote:bool{cluster=%q} == 1`);
}
