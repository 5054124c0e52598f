import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import { promisify } from "node:util";
import type { MasterAnswer } from "../../src/demo/health-check.ts";

/**
 * A stand-in for a master on loopback: TLS, and on it what `answer` says from now on. `dark` and `no-route` are the
 * network's doing and cannot be had here.
 */
export type TlsMaster = {
  readonly port: number;
  answer(answer: MasterAnswer): Promise<void>;
  close(): Promise<void>;
};

/** Starts as many masters, with one self-signed EC certificate as k3s has; they answer 401. */
export async function startTlsMasters(count: number): Promise<readonly TlsMaster[]> {
  const context = await selfSignedContext();
  return Promise.all(Array.from({ length: count }, () => startMaster(context)));
}

async function selfSignedContext(): Promise<SecureContext> {
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-masters-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=master";
    await promisify(execFile)("openssl", [...words.split(" "), "-keyout", key, "-out", cert]);
    return createSecureContext({ key: await readFile(key), cert: await readFile(cert) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startMaster(context: SecureContext): Promise<TlsMaster> {
  const sockets = new Set<Socket>();
  let current: MasterAnswer = { kind: "status", statusCode: 401, phrase: "Unauthorized", delayMs: 0 };
  let server: Server | undefined;
  let port = 0;

  const listen = async (): Promise<void> => {
    const opened = createServer((socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => socket.destroy());
      serve(socket, context, current);
    });
    await new Promise<void>((resolve, reject) => {
      opened.once("error", reject);
      opened.listen(port, "127.0.0.1", resolve);
    });
    server = opened;
    port = (opened.address() as AddressInfo).port;
  };
  const close = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (closing !== undefined) await new Promise<void>((resolve) => closing.close(() => resolve()));
  };

  await listen();
  return {
    port,
    async answer(answer) {
      if (answer.kind === "dark" || answer.kind === "no-route") throw new Error(`a master cannot be ${answer.kind}`);
      current = answer;
      if (answer.kind === "refuse") await close();
      else if (server === undefined) await listen();
    },
    close,
  };
}

function serve(socket: Socket, context: SecureContext, answer: MasterAnswer): void {
  if (answer.kind === "tls-silence") return;
  if (answer.kind === "plain-text") {
    socket.end("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
    return;
  }
  const tls = new TLSSocket(socket, { isServer: true, secureContext: context });
  tls.on("error", () => socket.destroy());
  tls.once("data", () => {
    if (answer.kind === "babble") tls.end("this is not HTTP\r\n\r\n");
    if (answer.kind !== "status") return;
    const text = `HTTP/1.1 ${answer.statusCode} ${answer.phrase}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
    setTimeout(() => tls.end(Buffer.from(text, "latin1")), answer.delayMs);
  });
}
