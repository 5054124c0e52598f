import type { FleetCheck } from "../domain/inventory.ts";
import { shellWord } from "../domain/shell-word.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { hashComment } from "./hash-comment.ts";

/**
 * The script that makes `check.cert` on a node from the kubelet's own client certificate.
 * Shape: it can run as often as one likes; HAProxy is reloaded only where the certificate is another one.
 * Source: k3s docs/cli/certificate.md (365 days, renewed at a start within 120 days, 90 before May 2025).
 */
export function clientPemFile(cert: string, expect: FleetCheck["expect"]): GeneratedFile {
  const against =
    expect === 401
      ? [
          "check.expect is 401, and with this certificate the masters answer 200: HAProxy would take all of them for down.",
          "Set check.expect to migrate first, and to 200 once every node has the file.",
          "",
        ]
      : [];
  const text = `#!/bin/sh\n${hashComment([...head, ...against, ...traps])}${script(cert)}`;
  return { path: "k3s-lb-check-pem.sh", text, check: undefined, comment: "#" };
}

const head = [
  "Written by k3s-lb generate k3s. On every node, as root: makes check.cert, the client certificate and key that HAProxy",
  "shows the masters, from those of the node's own kubelet.",
  "",
];

const traps = [
  "Run it every day (a timer, or /etc/cron.daily): k3s renews the certificate only when it starts, within 120 days of its end",
  "(90 before the releases of May 2025), and HAProxy keeps the old one until it is reloaded. Once that has expired the masters",
  "answer 401: with check.expect 200 this node then takes all of them for down, and its k3s agent, which goes through HAProxy,",
  "cannot get a new one. `migrate` bears that, and is the safer choice with a certificate that nobody watches.",
  "A node that has not joined yet has no such certificate, and HAProxy does not start without the file: let it join with",
  "check.expect 401 and without check.cert.",
  "The key speaks for the node (system:node:...): the file is for root alone, who reads it before HAProxy drops its rights.",
];

function script(cert: string): string {
  return `set -eu
umask 077
pem=${shellWord(cert)}
from=/var/lib/rancher/k3s/agent
new="$pem.new"

cat "$from/client-kubelet.crt" "$from/client-kubelet.key" >"$new"
openssl x509 -in "$new" -noout -checkend 86400 >/dev/null || {
  rm -f "$new"
  echo "the kubelet's certificate ends within a day: restart k3s (or k3s-agent), which renews it" >&2
  exit 1
}
if cmp -s "$new" "$pem"; then
  rm -f "$new"
  exit 0
fi
# One step, so that HAProxy never reads half a file.
mv "$new" "$pem"
if systemctl is-active --quiet haproxy; then
  systemctl reload haproxy
fi
`;
}
