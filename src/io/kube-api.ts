import type { IncomingMessage } from "node:http";
import type { RequestOptions } from "node:https";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { failureOfError } from "./failure-of-error.ts";

/** How to ask the API, with everything read. `where` names the kubeconfig and its context in errors. */
export type KubeApi = {
  readonly where: string;
  readonly server: string;
  readonly servername: string | undefined;
  readonly isInsecure: boolean;
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
  readonly token: string | undefined;
};

/** For all pages together. */
const LIMIT_MS = 10_000;
/** A node's object has some 10 KB, most of it the list of its images. */
const MAX_BYTES = 128 * 1024 * 1024;
const PAGE = 250;

/**
 * Lists the nodes that the Kubernetes API knows, page by page.
 * Shape: the objects as they came; whoever uses them checks them.
 * Errors: a `UserError` for everything that keeps the list from coming, in words; it never holds a credential.
 */
export async function listKubeNodes(api: KubeApi, limitMs: number = LIMIT_MS): Promise<readonly unknown[]> {
  const { request: ask, Agent } = await import(api.server.startsWith("https:") ? "node:https" : "node:http");
  const agent = new Agent({ keepAlive: true });
  const signal = AbortSignal.timeout(limitMs);
  const items: unknown[] = [];
  let left = MAX_BYTES;
  let next: string | undefined = "";
  try {
    while (next !== undefined) {
      const url: URL = new URL(api.server);
      url.pathname = `${url.pathname.replace(/\/$/, "")}/api/v1/nodes`;
      url.search = `?limit=${PAGE}${next === "" ? "" : `&continue=${encodeURIComponent(next)}`}`;
      const { status, body } = await answerOf(ask, url, { ...optionsOf(api), agent, signal }, left, api, limitMs);
      left -= body.length;
      const page = parse(body);
      if (status !== 200) throw refused(api, status, page);
      if (!Array.isArray(page["items"]))
        throw new UserError(`${api.where}: ${place(api)} answers with no list of nodes`);
      for (const item of page["items"]) items.push(item);
      const metadata = page["metadata"] as Record<string, unknown> | undefined;
      const more: unknown = metadata?.["continue"];
      next = typeof more === "string" && more !== "" ? more : undefined;
    }
    return items;
  } finally {
    agent.destroy();
  }
}

type Ask = (
  url: URL,
  options: RequestOptions,
  answered: (answer: IncomingMessage) => void,
) => import("node:http").ClientRequest;

function optionsOf({ server, servername, isInsecure, ca, cert, key, token }: KubeApi): RequestOptions {
  // Over plain http, as `kubectl proxy` speaks it, a token would be everybody's.
  const isTls = server.startsWith("https:");
  const authorization = token === undefined || !isTls ? {} : { authorization: `Bearer ${token}` };
  return {
    headers: { accept: "application/json", "user-agent": "k3s-lb", ...authorization },
    ...(isTls && {
      rejectUnauthorized: !isInsecure,
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
      ...(servername !== undefined && { servername }),
    }),
  };
}

function answerOf(
  ask: Ask,
  url: URL,
  options: RequestOptions,
  maxBytes: number,
  api: KubeApi,
  limitMs: number,
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(error instanceof UserError ? error : unreachable(api, error, limitMs));
    };
    try {
      const request = ask(url, options, (answer) => {
        const chunks: Buffer[] = [];
        let length = 0;
        answer.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > maxBytes) {
            request.destroy(
              new UserError(`${api.where}: ${place(api)} sends more than ${MAX_BYTES / 1024 / 1024} MiB`),
            );
          }
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
        answer.on("error", fail);
      });
      request.on("error", fail);
      request.end();
    } catch (error) {
      // OpenSSL reads certificate and key before anything is sent.
      fail(error);
    }
  });
}

function unreachable(api: KubeApi, error: unknown, limitMs: number): UserError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const name = error instanceof Error ? error.name : "";
  if (name === "AbortError" || name === "TimeoutError" || code === "ABORT_ERR") {
    return new UserError(`${api.where}: ${place(api)} did not answer within ${limitMs / 1000} s`, REACH);
  }
  if (/^ERR_OSSL|^ERR_CRYPTO/.test(code)) {
    return new UserError(`${api.where}: OpenSSL does not accept the certificate or key (${cleanText(code, 60)})`);
  }
  const { kind, detail } = failureOfError(error, false);
  if (kind === "tls")
    return new UserError(
      `${api.where}: TLS to ${place(api)} failed: ${detail}`,
      "Compare the kubeconfig's server and certificate-authority with the API's certificate.",
    );
  return new UserError(`${api.where}: ${place(api)} cannot be reached: ${detail}`, REACH);
}

const REACH =
  "Try kubectl get nodes with the same context; from elsewhere, the server of the kubeconfig may be another one.";

function refused(api: KubeApi, status: number, page: Readonly<Record<string, unknown>>): UserError {
  const said = typeof page["message"] === "string" ? `: ${cleanText(page["message"], 200)}` : "";
  const words: Readonly<Record<number, string>> = {
    401: "refuses the credentials (401)",
    403: "does not let this user list nodes (403)",
  };
  const hint = status === 401 ? "Is the client certificate or token still valid?" : undefined;
  return new UserError(`${api.where}: ${place(api)} ${words[status] ?? `answers ${status}`}${said}`, hint);
}

/** Host and port; a URL may hold more than should be shown. */
function place({ server }: KubeApi): string {
  return cleanText(new URL(server).host, 100);
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
