import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/domain/user-error.ts";
import { type KubeApi, listKubeNodes } from "../../src/io/kube-api.ts";
import { makeCertificate } from "../support/certificates.ts";
import { kubeNode, sendJson, startKubeServer } from "../support/kube-server.ts";
import { tempDir } from "../support/temp-dir.ts";

function api(server: string, more: Partial<KubeApi> = {}): KubeApi {
  const nothing = {
    servername: undefined,
    isInsecure: false,
    ca: undefined,
    cert: undefined,
    key: undefined,
    token: undefined,
  };
  return { where: "the API of context x", server, ...nothing, ...more };
}

async function refusal(asked: KubeApi, limitMs?: number): Promise<string> {
  const error = await listKubeNodes(asked, limitMs).then(
    () => new Error("it answered"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  return error.message.replace(/127\.0\.0\.1:\d+/, "HOST").replace("the API of context x: ", "");
}

describe("listKubeNodes", () => {
  it("asks page by page, with the client certificate, and verifies the server", async () => {
    const folder = await tempDir();
    const server = makeCertificate(folder, "server");
    const client = makeCertificate(folder, "client");
    const seen: unknown[] = [];
    const url = await startKubeServer(
      (request, response) => {
        const { socket } = request as IncomingMessage & { readonly socket: TLSSocket };
        seen.push([request.url, socket.authorized]);
        if (request.url?.includes("continue") === true)
          sendJson(response, { items: [kubeNode("n2", "10.0.0.2")], metadata: {} });
        else sendJson(response, { items: [kubeNode("n1", "10.0.0.1")], metadata: { continue: "a b" } });
      },
      { cert: server.cert, key: server.key, ca: client.cert, requestCert: true },
    );
    const items = await listKubeNodes(api(`${url}/`, { ca: server.cert, cert: client.cert, key: client.key }));
    expect(items).toEqual([kubeNode("n1", "10.0.0.1"), kubeNode("n2", "10.0.0.2")]);
    expect(seen).toEqual([
      ["/api/v1/nodes?limit=250", true],
      ["/api/v1/nodes?limit=250&continue=a%20b", true],
    ]);
  });

  it("sends a token over TLS and never without it", async () => {
    const { cert, key } = makeCertificate(await tempDir(), "server");
    const seen: unknown[] = [];
    const hear = (request: IncomingMessage) => seen.push(request.headers.authorization);
    const answer = (request: IncomingMessage, response: Parameters<typeof sendJson>[0]) => {
      hear(request);
      sendJson(response, { items: [] });
    };
    await listKubeNodes(api(await startKubeServer(answer, { cert, key }), { ca: cert, token: "t0ken" }));
    await listKubeNodes(api(await startKubeServer(answer), { token: "t0ken" }));
    expect(seen).toEqual(["Bearer t0ken", undefined]);
  });

  it("refuses a certificate that the authority did not sign, unless it is told not to look", async () => {
    const folder = await tempDir();
    const { cert, key } = makeCertificate(folder, "server");
    const other = makeCertificate(folder, "other");
    const url = await startKubeServer((_, response) => sendJson(response, { items: [] }), { cert, key });
    expect(await refusal(api(url, { ca: other.cert }))).toBe("TLS to HOST failed: self-signed certificate");
    expect(await listKubeNodes(api(url, { ca: other.cert, isInsecure: true }))).toEqual([]);
  });

  it.each([
    [401, "HOST refuses the credentials (401): no [31mentry"],
    [403, "HOST does not let this user list nodes (403): no [31mentry"],
    [503, "HOST answers 503: no [31mentry"],
  ])("tells what the API says with %i, cleaned", async (statusCode, message) => {
    const url = await startKubeServer((_, response) =>
      sendJson(response, { message: "no \u001b[31mentry" }, statusCode),
    );
    expect(await refusal(api(url))).toBe(message);
  });

  it("names what is no list, what does not answer, and a port where nobody is", async () => {
    const text = await startKubeServer((_, response) => response.end("<html>"));
    expect(await refusal(api(text))).toBe("HOST answers with no list of nodes");
    const silent = await startKubeServer(() => {});
    expect(await refusal(api(silent), 100)).toBe("HOST did not answer within 0.1 s");
    expect(await refusal(api("http://127.0.0.1:1"))).toBe("HOST cannot be reached: connection refused");
  });

  it("shows nothing of a key that OpenSSL does not take", async () => {
    const key = Buffer.from("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
    const message = await refusal(api("https://127.0.0.1:1", { cert: key, key }));
    expect(message).toMatch(/^OpenSSL does not accept the certificate or key/);
    expect(message).not.toContain("c2VjcmV0");
  });
});
