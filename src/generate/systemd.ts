import { UserError } from "../domain/user-error.ts";
import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { hasFix } from "./haproxy-fix-notes.ts";
import { socketOf } from "./node-settings.ts";
import { saveCommand } from "./save-command.ts";
import { stateFile, stateFolder } from "./state-file.ts";

/**
 * A drop-in for Debian's and Ubuntu's haproxy.service that saves the state of the servers before HAProxy goes.
 * Shape: the lines of ExecReload are those of the packaged unit, with one more between them. Errors: `UserError` where
 * the fleet file leaves the state file out, and as `socketOf`.
 */
export function generateSystemd(input: GenerateInput): readonly GeneratedFile[] {
  if (!hasFix(input, "state-file")) {
    throw new UserError(
      "haproxy.without leaves the state file out, so there is nothing for systemd to save",
      "Take state-file out of haproxy.without.",
    );
  }
  const command = saveCommand({ socket: socketOf(input), file: stateFile });
  const text = dropIn(input.fleet.cluster, `-/bin/sh -c "${unitText(command)}"`);
  return [{ path: "haproxy.service.d/k3s-lb.conf", text, check: undefined, comment: "#" }];
}

/** In a unit file the dollar and the percent sign have a meaning, and stand for themselves when doubled. */
function unitText(command: string): string {
  return command.replace(/[$%]/g, "$&$&").replace(/[\\"]/g, "\\$&").split("\n").join(" \\\n  ");
}

function dropIn(cluster: string, save: string): string {
  const forget = `/usr/bin/find /var/lib/${stateFolder} -name servers -mmin +60 -delete`;
  return `# Made by k3s-lb generate systemd from the fleet file of ${cluster}.
# Goes to /etc/systemd/system/haproxy.service.d/k3s-lb.conf, then: systemctl daemon-reload
#
# Saves which masters are drained or in maintenance before HAProxy reloads or stops, into the file that haproxy.cfg
# names as server-state-file. What to know of it:
# - It needs socat (apt-get install socat). Without socat nothing is saved, and reloading works as before.
# - It asks the stats socket, so it has to run before the reload: the new worker knows nothing of the old one's drains.
#   A drain that is ordered in the moment between the two is lost.
# - What an old worker still holds (sessions, until they end) is in no state and in no statistics.
# - The file is read before HAProxy changes into a chroot, so its path is the node's own. /var/lib/haproxy, the chroot of
#   Debian's package, is left alone.
# - The first start finds no file, which is one warning and no error.
# - Servers are found by the names of backend and server: one that is renamed starts afresh.
# - HAProxy takes the ports from the file too, over those of haproxy.cfg. So the ports of haproxy.cfg are put into it.
# - Only a reload or a stop saves. After a crash, or where saving failed, the file is old and could bring back a drain that
#   was taken back since: one that is older than an hour is therefore deleted before it can be read.

[Service]
StateDirectory=${stateFolder}
StateDirectoryMode=0700
ExecStartPre=-${forget}

# The first and the last are those of the packaged unit. The empty line takes them away from there: what is added behind
# them would come after the reload. Should your unit have other lines, put them here.
ExecReload=
ExecReload=/usr/sbin/haproxy -Ws -f $CONFIG -c -q $EXTRAOPTS
ExecReload=${save}
ExecReload=-${forget}
ExecReload=/bin/kill -USR2 $MAINPID

# A restart is a stop and a start.
ExecStop=${save}
`;
}
