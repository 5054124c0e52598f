import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Certificate, Connected, Resolution } from "../domain/doctor-facts.ts";
import { failureDetails, networkFailure, type PollFailure } from "../domain/failure.ts";
import { failureOfError } from "./failure-of-error.ts";
import type { NodeTls } from "./node-tls.ts";
import { socketOpener } from "./open-socket.ts";

/** A stats port and the TLS settings that hold for it. */
export type PortTarget = { readonly host: string; readonly port: number; readonly tls: NodeTls | undefined };

/** Every address of a name, as the system's resolver has them. Units: milliseconds. */
export async function resolveHost(host: string, withinMs: number): Promise<Resolution> {
  if (isIP(host) !== 0) return { kind: "literal" };
  const over: Resolution = { kind: "failed", failure: networkFailure("dns", failureDetails.nameServer) };
  if (withinMs <= 0) return over;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Resolution>((resolve) => {
    timer = setTimeout(() => resolve(over), withinMs);
  });
  const found = lookup(host, { all: true }).then(
    (all): Resolution => ({ kind: "found", addresses: [...new Set(all.map(({ address }) => address))] }),
    (error: unknown): Resolution => ({ kind: "failed", failure: failureOfError(error, false) }),
  );
  const resolution = await Promise.race([found, late]);
  clearTimeout(timer);
  return resolution;
}

/** Opens a connection and hangs up. Without TLS, also where that is set: whether the port answers is one question alone. */
export function probeConnect({ host, port }: PortTarget, withinMs: number, stop: AbortSignal): Promise<Connected> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const giveUp = (failure: PollFailure) => {
      finish({ ok: false, failure });
      opening.destroy(new Error("given up"));
    };
    const finish = endOnce(resolve, withinMs, stop, {
      late: () => giveUp(networkFailure("timeout", opening.timeoutDetail())),
      stopped: () => giveUp(ending),
    });
    const opening = socketOpener({ host, port, tls: undefined })((error, socket) => {
      const ms = performance.now() - startedMs;
      if (error !== null) return finish({ ok: false, failure: failureOfError(error, false) });
      socket.destroy();
      finish({ ok: true, ms });
    });
  });
}

/** Shakes hands with whoever it is, to be able to tell what the certificate says. Nothing is sent over it. */
export function probeCertificate(
  { host, port, tls }: PortTarget,
  withinMs: number,
  stop: AbortSignal,
): Promise<Certificate> {
  return new Promise((resolve) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connectTls({ host, port, ALPNProtocols: ["http/1.1"], ...name, ...tls, rejectUnauthorized: false });
    const end = endOnce(resolve, withinMs, stop, {
      late: () => finish({ ok: false, failure: networkFailure("timeout", failureDetails.handshakeTimeout) }),
      stopped: () => finish({ ok: false, failure: ending }),
    });
    const finish = (certificate: Certificate) => {
      end(certificate);
      socket.destroy();
    };
    socket.on("error", (error) => finish({ ok: false, failure: failureOfError(error, false) }));
    socket.once("close", () => finish({ ok: false, failure: networkFailure("unreachable", failureDetails.closed) }));
    socket.once("secureConnect", () => {
      const { valid_from, valid_to } = socket.getPeerCertificate();
      finish({
        ok: true,
        problem: socket.authorized ? undefined : problemOf(socket.authorizationError),
        validFromMs: Date.parse(valid_from),
        validToMs: Date.parse(valid_to),
      });
    });
  });
}

/** Node puts the error's code there, whatever the type says. */
function problemOf(error: unknown): PollFailure {
  return failureOfError(typeof error === "string" ? { code: error } : error, false);
}

const ending = networkFailure("unreachable", failureDetails.ending);

/** A result that comes once, and by its time or when all is stopped at the latest. */
function endOnce<Result>(
  resolve: (result: Result) => void,
  withinMs: number,
  stop: AbortSignal,
  { late, stopped }: { readonly late: () => void; readonly stopped: () => void },
): (result: Result) => void {
  const timer = setTimeout(late, Math.max(0, withinMs));
  stop.addEventListener("abort", stopped, { once: true });
  return (result) => {
    clearTimeout(timer);
    stop.removeEventListener("abort", stopped);
    resolve(result);
  };
}
