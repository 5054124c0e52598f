import { noHttpCheck, unverifiedCheck, weakCheck } from "./checks.ts";
import { ciphers } from "./ciphers.ts";
import { publicApi } from "./exposure.ts";
import { fleetProxies, fleetServers } from "./fleet-rules.ts";
import { adminSocket, nodeName, stateFile } from "./global.ts";
import { knownPassword } from "./passwords.ts";
import type { LintRule } from "./rule.ts";
import { initAddr, initState, noCheck, shutdownSessions, slowstart } from "./server-params.ts";
import { contstats, keepalive, redispatch, tcplog } from "./session-options.ts";
import { metricsPassword, noPassword, openAdmin, showLegends } from "./stats-rules.ts";
import { tunnelTimeout } from "./timeouts.ts";
import { unreadable } from "./unreadable.ts";

/** Every rule, in the order of the README's table. */
export const rules: readonly LintRule[] = [
  unreadable,
  tunnelTimeout,
  keepalive,
  shutdownSessions,
  contstats,
  tcplog,
  slowstart,
  redispatch,
  initState,
  adminSocket,
  openAdmin,
  metricsPassword,
  knownPassword,
  noPassword,
  weakCheck,
  noHttpCheck,
  unverifiedCheck,
  noCheck,
  fleetServers,
  fleetProxies,
  publicApi,
  ciphers,
  stateFile,
  initAddr,
  showLegends,
  nodeName,
];
