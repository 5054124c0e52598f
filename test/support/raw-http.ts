import { connect } from "node:net";

/** What came back over one connection, byte for byte (one character a byte), and whether the server closed it. */
export type RawExchange = { readonly text: string; readonly closed: boolean };

/** One answer cut out of an exchange; a chunked body is put together. Header names are as they were sent. */
export type RawAnswer = {
  readonly statusLine: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * Sends bytes as they are and reads until the server closes or `answers` whole answers have come.
 * `headless` tells that they have no body, as answers to HEAD.
 */
export function exchange(
  target: { readonly host: string; readonly port: number },
  request: string,
  options: { readonly answers?: number; readonly headless?: boolean } = {},
): Promise<RawExchange> {
  const wanted = options.answers ?? 1;
  return new Promise((resolve, reject) => {
    let text = "";
    let settle: NodeJS.Timeout | undefined;
    const socket = connect(target.port, target.host, () => socket.write(Buffer.from(request, "latin1")));
    const finish = (closed: boolean): void => {
      clearTimeout(settle);
      socket.destroy();
      resolve({ text, closed });
    };
    socket.setTimeout(5000, () => {
      socket.destroy();
      reject(new Error(`no whole answer within 5 s; so far: ${JSON.stringify(text.slice(0, 200))}`));
    });
    socket.on("data", (bytes: Buffer) => {
      text += bytes.toString("latin1");
      // Whether a server keeps a connection open shows only in nothing happening: a moment of quiet is the condition.
      if (splitAnswers(text, options.headless === true).length >= wanted)
        settle ??= setTimeout(() => finish(false), 150);
    });
    socket.on("error", reject);
    socket.on("close", () => finish(true));
  });
}

/** Cuts answers apart by their framing; an answer that is not whole yet is left out. */
export function splitAnswers(text: string, headless = false): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = text;
  while (rest !== "") {
    const headEnd = rest.indexOf("\r\n\r\n");
    if (headEnd < 0) break;
    const [statusLine = "", ...lines] = rest.slice(0, headEnd).split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
    );
    const after = rest.slice(headEnd + 4);
    const body = headless ? { body: "", length: 0 } : readBody(after, headers);
    if (body === undefined) break;
    answers.push({ statusLine, status: Number(statusLine.split(" ")[1]), headers, body: body.body });
    rest = after.slice(body.length);
  }
  return answers;
}

function readBody(
  text: string,
  headers: Readonly<Record<string, string>>,
): { readonly body: string; readonly length: number } | undefined {
  if (headers["transfer-encoding"] !== "chunked") {
    const length = Number(headers["content-length"] ?? text.length);
    return text.length < length ? undefined : { body: text.slice(0, length), length };
  }
  let body = "";
  let at = 0;
  while (true) {
    const lineEnd = text.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (text.length < next) return undefined;
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    if (size === 0) return { body, length: next };
    at = next;
  }
}
