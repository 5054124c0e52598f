import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { NodeTls } from "./node-tls.ts";

/** Where to connect to; with `tls` the socket is ready only after the handshake and the check of the certificate. */
export type SocketTarget = { readonly host: string; readonly port: number; readonly tls: NodeTls | undefined };

/** Whether the host is a name that has not been resolved yet. Listens on the socket, so it is asked for at once. */
export function watchLookup(target: SocketTarget, socket: Socket): () => boolean {
  let isLookingUp = isIP(target.host) === 0;
  socket.once("lookup", () => {
    isLookingUp = false;
  });
  return () => isLookingUp;
}

/**
 * Opens a socket and calls `done` exactly once, with it or with the error.
 * Shape: returns the socket at once, so that whoever waits can destroy it: undici's own connector only looks at a
 * clock of one-second steps, and at no signal while it connects (polling.md §4). HTTP/2 is not offered.
 */
export function openSocket(target: SocketTarget, done: (...result: [null, Socket] | [Error, null]) => void): Socket {
  const { host, port, tls } = target;
  // An IP address is verified against the certificate too, but is never sent as a name (RFC 6066).
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket =
    tls === undefined
      ? connectTcp({ host, port })
      : connectTls({ host, port, ALPNProtocols: ["http/1.1"], ...name, ...tls });
  let isDone = false;
  const finish = (...result: [null, Socket] | [Error, null]) => {
    if (isDone) return;
    isDone = true;
    done(...result);
  };
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.once(tls === undefined ? "connect" : "secureConnect", () => finish(null, socket));
  socket.on("error", (error) => finish(error, null));
  return socket;
}
