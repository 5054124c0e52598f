import { readFile } from "node:fs/promises";
import type { SecureContext } from "node:tls";
import type { TlsSettings } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";

/** TLS settings with their files read, as `tls.connect` takes them. */
export type NodeTls = {
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: boolean;
  readonly servername?: string;
};

/**
 * Reads the files of TLS settings. Nodes with the same settings should share the result: a context is a few hundred KB.
 * Errors: `UserError` for a file that cannot be read or holds no certificate or key; its contents are never shown.
 */
export async function loadTls(settings: TlsSettings): Promise<NodeTls> {
  // Plain fleets never load this.
  const { createSecureContext } = await import("node:tls");
  const [ca, cert, key] = await Promise.all([
    readPem(settings.ca, "ca"),
    readPem(settings.cert, "cert"),
    readPem(settings.key, "key"),
  ]);
  try {
    return {
      secureContext: createSecureContext({ ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }),
      rejectUnauthorized: !settings.insecure,
      ...(settings.servername !== undefined && { servername: settings.servername }),
    };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const files = [settings.ca, settings.cert, settings.key].filter((path) => path !== undefined).join(", ");
    throw new UserError(
      `stats.tls: OpenSSL does not accept ${files}`,
      "They must be PEM files; key and certificate must belong together, and the key must have no passphrase.",
    );
  }
}

async function readPem(path: string | undefined, name: "ca" | "cert" | "key"): Promise<Buffer | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "not readable";
    throw new UserError(
      `stats.tls.${name}: cannot read ${path} (${code})`,
      "Correct the path, or the file's permissions.",
    );
  }
}
