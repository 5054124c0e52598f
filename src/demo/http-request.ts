/** One request, as far as the stats listener looks at it. `body` is one character a byte. */
export type HttpRequest = {
  readonly method: string;
  readonly uri: string;
  readonly isHttp10: boolean;
  readonly wantsClose: boolean;
  readonly host: string | undefined;
  readonly authorization: string | undefined;
  readonly origin: string | undefined;
  readonly referer: string | undefined;
  readonly body: string;
};

/**
 * What stands at the beginning of the bytes received: a request and its length, not enough yet, or no HTTP.
 * `lacksBody`: the head is there, and its body is still to come.
 */
export type ReadRequest =
  | { readonly kind: "request"; readonly request: HttpRequest; readonly length: number }
  | { readonly kind: "incomplete"; readonly lacksBody: boolean }
  | { readonly kind: "malformed" };

type Head = {
  readonly request: HttpRequest;
  readonly bodyLength: number;
  readonly isChunked: boolean;
};

const headLimit = 15_000;

/**
 * Makes a reader for one connection. Polls repeat themselves, so the last head is remembered by its text and read
 * only when it differs.
 */
export function createRequestReader(): (received: Buffer) => ReadRequest {
  let lastText = "";
  let lastHead: Head | undefined;
  return (received) => {
    const headEnd = received.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      const hopeless =
        received.length > headLimit || (received.length > 0 && !/^[A-Z]+(?: |$)/.test(firstWord(received)));
      return hopeless ? { kind: "malformed" } : { kind: "incomplete", lacksBody: false };
    }
    const text = received.toString("latin1", 0, headEnd);
    if (text !== lastText) {
      lastText = text;
      lastHead = readHead(text);
    }
    if (lastHead === undefined) return { kind: "malformed" };
    const { request, bodyLength, isChunked } = lastHead;
    const bodyStart = headEnd + 4;
    if (isChunked) return readChunkedBody(received, bodyStart, request);
    if (received.length < bodyStart + bodyLength) return { kind: "incomplete", lacksBody: true };
    if (bodyLength === 0) return { kind: "request", request, length: bodyStart };
    const length = bodyStart + bodyLength;
    return { kind: "request", request: { ...request, body: received.toString("latin1", bodyStart, length) }, length };
  };
}

function firstWord(received: Buffer): string {
  return received.toString("latin1", 0, 16).split(" ", 1)[0] ?? "";
}

function readHead(text: string): Head | undefined {
  const [requestLine = "", ...lines] = text.split("\r\n");
  const [, method, uri, minor] = /^([A-Z]+) (\S+) HTTP\/1\.([01])$/.exec(requestLine) ?? [];
  if (method === undefined || uri === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) return undefined;
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const bodyLength = Number(headers.get("content-length") ?? 0);
  if (!Number.isSafeInteger(bodyLength) || bodyLength < 0) return undefined;
  const isHttp10 = minor === "0";
  const connection = headers.get("connection")?.toLowerCase();
  const request: HttpRequest = {
    method,
    uri,
    isHttp10,
    wantsClose: connection === "close" || (isHttp10 && connection !== "keep-alive"),
    host: headers.get("host"),
    authorization: headers.get("authorization"),
    origin: headers.get("origin"),
    referer: headers.get("referer"),
    body: "",
  };
  return { request, bodyLength, isChunked: headers.get("transfer-encoding")?.toLowerCase() === "chunked" };
}

function readChunkedBody(received: Buffer, bodyStart: number, request: HttpRequest): ReadRequest {
  let body = "";
  let at = bodyStart;
  while (true) {
    const lineEnd = received.indexOf("\r\n", at);
    if (lineEnd < 0) return { kind: "incomplete", lacksBody: true };
    const size = Number.parseInt(received.toString("latin1", at, lineEnd), 16);
    if (!(size >= 0)) return { kind: "malformed" };
    const end = lineEnd + 2 + size + 2;
    if (received.length < end) return { kind: "incomplete", lacksBody: true };
    body += received.toString("latin1", lineEnd + 2, lineEnd + 2 + size);
    if (size === 0) return { kind: "request", request: { ...request, body }, length: end };
    at = end;
  }
}
