import { hostname, userInfo } from "node:os";
import type { Actor } from "../domain/ledger.ts";
import { cleanText } from "../domain/text.ts";

/**
 * Who is at the keyboard, as far as the system says: the login behind a sudo, this machine, and where the ssh session
 * came from. It is for the record and proves nothing.
 */
export function readActor(env: Readonly<Record<string, string | undefined>>): Actor {
  const ssh = (env["SSH_CONNECTION"] || env["SSH_CLIENT"])?.trim().split(/\s+/)[0];
  return {
    user: cleanText(env["SUDO_USER"] || loginName(env), 64),
    host: cleanText(hostname(), 253),
    sshClient: ssh ? cleanText(ssh, 64) : undefined,
  };
}

/** A user without an entry in the passwd file (a container's) makes `userInfo` throw. */
function loginName(env: Readonly<Record<string, string | undefined>>): string {
  try {
    return userInfo().username;
  } catch {
    return env["USER"] || env["LOGNAME"] || "unknown";
  }
}
