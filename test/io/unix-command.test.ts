import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { askSocket } from "../../src/io/unix-command.ts";
import { tempDir } from "../support/temp-dir.ts";

const close: (() => void)[] = [];
afterEach(() => {
  for (const one of close.splice(0)) one();
});

/** A socket that does as told with each command; `commands` is what arrived. */
async function serve(answer: (socket: Socket, command: string) => void) {
  const path = join(await tempDir(), "admin.sock");
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      commands.push(String(bytes));
      answer(socket, String(bytes));
    });
  }).listen(path);
  await once(server, "listening");
  close.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { path, commands };
}

describe("askSocket", () => {
  it("writes the command once and reads until the other side closes", async () => {
    const { path, commands } = await serve((socket) => {
      socket.write("one ");
      setImmediate(() => socket.end("two\n\n"));
    });
    expect(await askSocket(path, "show stat", 2_000)).toEqual({ kind: "answer", bytes: Buffer.from("one two\n\n") });
    expect(commands).toEqual(["show stat\n"]);
  });

  it.each([
    ["is closed without a byte", (socket: Socket) => socket.end(), "closed without an answer"],
    ["is cut", (socket: Socket) => socket.destroy(), "closed without an answer"],
    ["says nothing in time", () => undefined, "no answer in time"],
  ])("knows nothing of an order where the connection %s", async (_what, answer, detail) => {
    const { path, commands } = await serve(answer);
    expect(await askSocket(path, "set server b/s state drain", 200)).toMatchObject({
      kind: "no-answer",
      failure: { detail },
    });
    expect(commands).toHaveLength(1);
  });

  it("says not sent where there is no socket", async () => {
    const path = join(await tempDir(), "none.sock");
    expect(await askSocket(path, "show stat", 2_000)).toMatchObject({
      kind: "not-sent",
      failure: { detail: `there is no socket ${path}` },
    });
  });

  it("gives up an answer that does not end", async () => {
    const { path } = await serve((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write("x".repeat(1 << 16)));
      };
      socket.on("drain", pour);
      pour();
    });
    expect(await askSocket(path, "show stat", 5_000)).toMatchObject({
      kind: "no-answer",
      failure: { kind: "too-large" },
    });
  });
});
