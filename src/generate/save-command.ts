import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";

/**
 * A command for /bin/sh that writes the state of HAProxy's servers into a file.
 * Shape: the new file takes the old one's place in one step, and only if the answer is whole: it begins with the version
 * of the format, tells of at least one server and ends in an empty line. An empty answer, an error or a cut one changes
 * nothing and gives an exit code other than 0. Holds no double quotes and no backslashes, for unit files.
 * Units: socat waits 10 s for an answer. Errors: `UserError` for a path that socat or the shell would read as more.
 * Source: haproxy-facts §6; HAProxy src/server_state.c, where a server's port is
 * taken from the file and not from the configuration, whence the first half of the awk program.
 */
export function saveCommand({ socket, file }: { readonly socket: string; readonly file: string }): string {
  if (!/^\/[A-Za-z0-9_.@+=/-]+$/.test(socket)) {
    throw new UserError(
      `admin.socket is ${JSON.stringify(cleanText(socket, 60))}; socat reads letters, digits and _ . @ + = / - only as a path`,
      "Take another path for the stats socket.",
    );
  }
  return `umask 077; \
echo show servers state | socat -t 10 -T 10 - UNIX-CONNECT:${socket} |
awk 'NR == FNR { if ($1 ~ /^(backend|listen)$/) proxy = $2; n = split($3, part, /:/);
if ($1 ~ /^server$/ && n > 1 && part[n] ~ /^[0-9]+$/) port[proxy, $2] = part[n]; next }
{ last = NF } FNR == 1 { isState = $0 ~ /^1$/ }
FNR > 2 && ($2, $4) in port { $19 = port[$2, $4] } { print }
END { exit !(isState && FNR > 3 && last == 0) }' \${CONFIG:-/etc/haproxy/haproxy.cfg} - > ${file}.new &&
mv ${file}.new ${file}`;
}
