import { isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { sshTarget } from "../domain/describe-reply.ts";
import { failureDetails, networkFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { SshProblem } from "../domain/ssh-failure.ts";
import { KnownFailure } from "./failure-of-error.ts";
import type { NodeConnection } from "./node-connection.ts";
import type { NodeEndpoint } from "./node-reader.ts";
import type { Opener } from "./open-socket.ts";
import { type SshProcess, sshOptions, startSsh } from "./ssh-process.ts";
import { SshStream } from "./ssh-stream.ts";

/** An HTTP connection through one ssh process. It is opened by its first request, and never again once it is over. */
export type SshSession = {
  readonly connection: NodeConnection;
  readonly ended: Promise<void>;
  problem(): SshProblem;
  end(isLate?: boolean): Promise<void>;
};

/** Starts ssh towards the stats address on the node's own loopback. Units: `withinMs` for its connecting. */
export function openSshSession(
  endpoint: NodeEndpoint,
  node: FleetNode,
  withinMs: number,
  env: Readonly<Record<string, string | undefined>>,
): SshSession {
  const place = `127.0.0.1:${node.stats.port}`;
  const ssh = startSsh("ssh", [...sshOptions(node, withinMs), "-W", place, "--", sshTarget(node)], env, node);
  const connection = endpoint.connect(once(streamOpener(ssh, endpoint, node)));
  return {
    connection,
    ended: ssh.ended,
    problem: () => ssh.problem(),
    async end(isLate) {
      await Promise.all([connection.close(), ssh.end(isLate)]);
    },
  };
}

/** Bytes may be written before the login is over: they wait in the pipe. With TLS, its handshake comes first. */
function streamOpener(ssh: SshProcess, { tls }: NodeEndpoint, { address }: FleetNode): Opener {
  return (done) => {
    const stream = new SshStream(ssh);
    if (tls === undefined) {
      stream.on("error", () => undefined);
      queueMicrotask(() => done(null, stream));
      return { destroy: (error) => stream.destroy(error), timeoutDetail: () => failureDetails.connectTimeout };
    }
    const name = isIP(address) === 0 ? { servername: address } : {};
    const secure = connectTls({ socket: stream, host: address, ALPNProtocols: ["http/1.1"], ...name, ...tls });
    stream.on("error", (error) => secure.destroy(error));
    let isDone = false;
    const finish: typeof done = (...result) => {
      if (isDone) return;
      isDone = true;
      done(...result);
    };
    secure.once("secureConnect", () => finish(null, secure));
    secure.on("error", (error) => finish(error, null));
    secure.once("close", () => finish(new KnownFailure(networkFailure("unreachable", failureDetails.closed)), null));
    return { destroy: (error) => secure.destroy(error), timeoutDetail: () => failureDetails.handshakeTimeout };
  };
}

/** Whoever asks for a second way is refused: it would be a login that nobody counted. */
function once(open: Opener): Opener {
  let isUsed = false;
  return (done) => {
    if (!isUsed) {
      isUsed = true;
      return open(done);
    }
    queueMicrotask(() => done(new KnownFailure(networkFailure("unreachable", failureDetails.closed)), null));
    return { destroy: () => undefined, timeoutDetail: () => failureDetails.connectTimeout };
  };
}
