import { connect as connectTcp, isIP } from "node:net";
import type { Duplex } from "node:stream";
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from "node:tls";
import { failureDetails } from "../domain/failure.ts";
import type { NodeTls } from "./node-tls.ts";

/**
 * Where to connect to; with `tls` the socket is ready only after the handshake and the check of the certificate, which
 * is for `certifiedAs` where that is not the host.
 */
export type SocketTarget = {
  readonly host: string;
  readonly port: number;
  readonly tls: NodeTls | undefined;
  readonly certifiedAs?: string;
};

/** Something that is being opened; `destroy` gives it up, `timeoutDetail` says what it was still waiting for. */
export type Opening = { destroy(error: Error): void; timeoutDetail(): string };

/** Opens a way for bytes to a node and calls `done` exactly once, with it or with the error, after it has returned. */
export type Opener = (done: (...result: [null, Duplex] | [Error, null]) => void) => Opening;

/**
 * Makes the opener of sockets to one place.
 * Shape: it returns at once, so that whoever waits can destroy what is being opened: undici's own connector only looks
 * at a clock of one-second steps, and at no signal while it connects (polling.md §4). HTTP/2 is not offered.
 */
export function socketOpener({ host, port, tls, certifiedAs = host }: SocketTarget): Opener {
  const name = nameForTls(host, certifiedAs, tls);
  return (done) => {
    const socket =
      tls === undefined
        ? connectTcp({ host, port })
        : connectTls({ host, port, ALPNProtocols: ["http/1.1"], ...name, ...tls });
    let isLookingUp = isIP(host) === 0;
    socket.once("lookup", () => {
      isLookingUp = false;
    });
    let isDone = false;
    const finish: typeof done = (...result) => {
      if (isDone) return;
      isDone = true;
      done(...result);
    };
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.once(tls === undefined ? "connect" : "secureConnect", () => finish(null, socket));
    socket.on("error", (error) => finish(error, null));
    return {
      destroy: (error) => socket.destroy(error),
      timeoutDetail() {
        if (isLookingUp) return failureDetails.nameServer;
        return socket.connecting || tls === undefined ? failureDetails.connectTimeout : failureDetails.handshakeTimeout;
      },
    };
  };
}

/** An IP address is verified against the certificate too, but is never sent as a name (RFC 6066). */
function nameForTls(host: string, certifiedAs: string, tls: NodeTls | undefined) {
  if (isIP(certifiedAs) === 0) return { servername: certifiedAs };
  if (certifiedAs === host || tls?.servername !== undefined) return {};
  const checkAs = (_: string, certificate: PeerCertificate) => checkServerIdentity(certifiedAs, certificate);
  return { checkServerIdentity: checkAs };
}
