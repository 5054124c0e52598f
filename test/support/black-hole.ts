import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Where connecting leads nowhere: no answer, no refusal. */
export type BlackHole = { readonly address: string; readonly port: number; close(): Promise<void> };

/**
 * Opens a listener on loopback that takes no connection any more: its process is stopped and its queue is full, so
 * that the kernel drops whoever comes. Needs no root and no packet filter.
 */
export async function openBlackHole(): Promise<BlackHole> {
  const script =
    'const s = require("net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(s.address().port))';
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const port = Number(String(line));
  child.kill("SIGSTOP");
  // Linux lets one more in than the backlog says; the rest of these hang, as all that come after them.
  const fillers: Socket[] = [];
  const open = () => fillers.filter((socket) => !socket.connecting).length;
  for (let before = -1; open() > before && fillers.length < 64; ) {
    before = open();
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    fillers.push(socket);
    await Promise.race([once(socket, "connect"), new Promise((resolve) => setTimeout(resolve, 150))]);
  }
  return {
    address: "127.0.0.1",
    port,
    async close() {
      for (const socket of fillers) socket.destroy();
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
