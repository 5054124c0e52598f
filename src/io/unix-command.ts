import { connect } from "node:net";
import { failureDetails, networkFailure, type PollFailure } from "../domain/failure.ts";

/** What came of one command on a unix socket. `no-answer`: it was written, or may have been. */
export type CommandReply =
  | { readonly kind: "answer"; readonly bytes: Buffer }
  | { readonly kind: "not-sent" | "no-answer"; readonly failure: PollFailure };

const limitBytes = 8 * 1024 * 1024;

/**
 * Writes one command to HAProxy's socket, once, and reads until HAProxy closes.
 * Shape: an end without a single byte is no answer, since even silence is an empty line. Never rejects.
 * Units: `withinMs` for all of it.
 */
export function askSocket(path: string, command: string, withinMs: number): Promise<CommandReply> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isSent = false;
    const socket = connect(path);
    const finish = (reply: CommandReply) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reply);
    };
    const fail = (failure: PollFailure) => finish({ kind: isSent ? "no-answer" : "not-sent", failure });
    const timer = setTimeout(
      () => {
        fail(networkFailure("timeout", isSent ? failureDetails.answerTimeout : failureDetails.connectTimeout));
      },
      Math.max(0, withinMs),
    );
    socket.once("connect", () => {
      isSent = true;
      // The end of ours is what the master CLI waits for before it closes; the stats socket closes by itself.
      socket.end(`${command}\n`);
    });
    socket.on("data", (bytes: Buffer) => {
      chunks.push(bytes);
      size += bytes.length;
      if (size > limitBytes) fail(networkFailure("too-large", "its answer does not end"));
    });
    socket.once("end", () => {
      if (size > 0) finish({ kind: "answer", bytes: Buffer.concat(chunks) });
      else fail(networkFailure("unreachable", failureDetails.closed));
    });
    socket.on("error", (error: NodeJS.ErrnoException) =>
      fail(networkFailure("unreachable", explain(error.code, path, isSent))),
    );
    socket.once("close", () => fail(networkFailure("unreachable", failureDetails.closed)));
  });
}

function explain(code: string | undefined, path: string, isSent: boolean): string {
  if (isSent) return failureDetails.lost;
  if (code === "ENOENT") return `there is no socket ${path}`;
  if (code === "EACCES" || code === "EPERM") return `this user may not open ${path}`;
  if (code === "ECONNREFUSED") return `nobody listens on ${path}`;
  return `${path} cannot be opened (${code ?? "unknown error"})`;
}
