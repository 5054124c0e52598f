import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A self-signed certificate with its key: the files for settings, the texts for servers. */
export type Certificate = {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: Buffer;
  readonly key: Buffer;
};

/** Makes a certificate with openssl into a folder. `names` as in subjectAltName; `days` may be negative: expired. */
export function makeCertificate(
  folder: string,
  name: string,
  { names = "DNS:lb.test,IP:127.0.0.1", days = 30 }: { readonly names?: string; readonly days?: number } = {},
): Certificate {
  const [certFile, keyFile, request] = ["crt", "key", "csr"].map((ending) => join(folder, `${name}.${ending}`)) as [
    string,
    string,
    string,
  ];
  const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", keyFile];
  openssl("req", "-new", ...key, "-subj", `/CN=${name}`, "-addext", `subjectAltName=${names}`, "-out", request);
  const sign = ["-signkey", keyFile, "-days", String(days), "-copy_extensions", "copy"];
  openssl("x509", "-req", "-in", request, ...sign, "-out", certFile);
  return { certFile, keyFile, cert: readFileSync(certFile), key: readFileSync(keyFile) };
}
