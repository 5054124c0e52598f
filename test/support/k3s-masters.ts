import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { createServer, type TLSSocket } from "node:tls";

/** An authority and what it signed: PEM files, `pair` with the key. */
export type Authority = {
  readonly ca: string;
  /** Signs a certificate for a name and returns the file that holds it with its key. */
  pair(name: string): string;
};

/** A stand-in for a k3s server: it answers 200 to who shows a certificate of its authority, else 401, or 200 to all. */
export type K3sMaster = { readonly port: number; readonly askedFor: ReadonlySet<string>; close(): Promise<void> };

/** Makes an authority with openssl, with EC keys as k3s has them. */
export function makeAuthority(folder: string): Authority {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  const key = (name: string) => ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", at(name)];
  openssl("req", "-x509", ...key("ca.key"), "-days", "30", "-subj", "/CN=k3s-server-ca", "-out", at("ca.crt"));
  return {
    ca: at("ca.crt"),
    pair(name) {
      const request = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`, "-out", at(`${name}.csr`)];
      openssl("req", "-new", ...key(`${name}.key`), ...request);
      const by = ["-CA", at("ca.crt"), "-CAkey", at("ca.key"), "-CAcreateserial", "-days", "30"];
      openssl("x509", "-req", "-in", at(`${name}.csr`), ...by, "-copy_extensions", "copy", "-out", at(`${name}.crt`));
      const pair = at(`${name}.pem`);
      writeFileSync(pair, readFileSync(at(`${name}.crt`), "utf8") + readFileSync(at(`${name}.key`), "utf8"));
      return pair;
    },
  };
}

/** Starts one on loopback, with the certificate of `name`: k3s' own have the name kubernetes. */
export async function startK3sMaster(
  authority: Authority,
  { name = "kubernetes", isOpen = false }: { readonly name?: string; readonly isOpen?: boolean } = {},
): Promise<K3sMaster> {
  const pem = readFileSync(authority.pair(name));
  const sockets = new Set<Socket>();
  const askedFor = new Set<string>();
  const settings = {
    key: pem,
    cert: pem,
    ca: readFileSync(authority.ca),
    requestCert: true,
    rejectUnauthorized: false,
  };
  const server = createServer(settings, (socket: TLSSocket) => {
    askedFor.add(String((socket as { servername?: string | false }).servername));
    socket.on("error", () => socket.destroy());
    const status = isOpen || socket.authorized ? "200 OK" : "401 Unauthorized";
    socket.once("data", () => socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok`));
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    askedFor,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
