import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type IPty, spawn } from "@lydell/node-pty";
import { describe, expect, it, vi } from "vitest";
import { createRandom } from "../../src/demo/random.ts";
import { programPath } from "../support/program.ts";
import { isRestored, setTopStage } from "../support/top-stage.ts";

const masters = ["k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-3"];

/** Bytes as a terminal would send what somebody dropped into it: anything at all, `without` some of them. */
function garbage(length: number, without: string): string {
  const random = createRandom(7);
  const markers = [
    "\u001b[200~",
    "\u001b[201~",
    "\u001b[A",
    "\u001b[31m",
    "\u001b]52;c;",
    "\u001b[?1049l",
    ":drain\r",
    "a\ry\r",
  ];
  let text = "";
  while (text.length < length) {
    const marker = markers[Math.floor(random() * 40 * markers.length)];
    text += marker ?? String.fromCharCode(Math.floor(random() * 256));
  }
  return [...text].filter((character) => !without.includes(character)).join("");
}

describe("top", () => {
  it("shows the right screen after forty sizes in a second", async () => {
    const { openTop } = await setTopStage();
    const shell = await openTop();
    const random = createRandom(3);
    for (let time = 0; time < 38; time += 1) {
      shell.resize(1 + Math.floor(random() * 300), 1 + Math.floor(random() * 80));
      // Not to wait for anything: this is how fast somebody drags a corner.
      await new Promise((next) => setTimeout(next, 25));
    }
    shell.resize(1, 1);
    shell.resize(300, 80);
    await shell.sees(/^✓ OK {2}k8s-de1 {2}6 nodes, 3 masters {200,}k3s-lb top\n {2}all 3 masters up on all 6 nodes\n/);
    expect(shell.screen().split("\n")).toHaveLength(80);
    shell.resize(80, 24);
    await shell.sees(/^✓ OK {2}k8s-de1 {2}6 nodes, 3 masters {20,40}k3s-lb top\n[\s\S]*every 1s.*q quit$/);
    expect(masked(shell.screen())).toMatchInlineSnapshot(`
      "✓ OK  k8s-de1  6 nodes, 3 masters                                     k3s-lb top
        all 3 masters up on all 6 nodes
      ── masters k8s-de1-master-* ────────────────────────────────────────────────────
        MASTER VERDICT           UP  DOWN  DRAIN   SESS CHECK        REASON
        1      ✓ up               6     .      . n weak nms     up on all 6 nodes
        2      ✓ up               6     .      . n weak nms     up on all 6 nodes
        3      ✓ up               6     .      . n weak nms     up on all 6 nodes
      ── nodes ───────────────────────────────────────────────────────────────────────
        NODE   STATE             1  2  3    SESS
      > node01 ok                ✓  ✓  ✓ n
        node02 ok                ✓  ✓  ✓ n
        node03 ok                ✓  ✓  ✓ n
        node04 ok                ✓  ✓  ✓ n
        node05 ok                ✓  ✓  ✓ n
        node06 ok                ✓  ✓  ✓ n

      6/6 fresh, age <1s  every 1s         Enter open  a act  / filter  ? help  q quit"
    `);
    shell.type("q");
    await isRestored(shell);
  });

  it("ends with its terminal, says so, and leaves nothing running", async () => {
    const { config, folder } = await setTopStage();
    const said = join(folder, "said");
    // A shell that outlives the terminal, or nobody could tell how the program ended.
    const script = `trap : HUP; ${process.execPath} ${programPath} --config ${config} top; echo "exit-$?" > ${said}`;
    const pty = spawn("sh", ["-c", script], { cols: 80, rows: 24, env: { HOME: folder, LANG: "C.UTF-8" } });
    let bytes = "";
    pty.onData((chunk) => {
      bytes += chunk;
    });
    await vi.waitFor(() => expect(bytes).toContain("all 6 nodes"), 10_000);
    // Every process of this terminal is in the session of the shell that was started in it.
    const left = () => readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && sessionOf(pid) === pty.pid);
    expect(left().length).toBeGreaterThan(1);
    // Its types leave out what closes the terminal itself.
    (pty as IPty & { destroy(): void }).destroy();
    await vi.waitFor(
      () => expect([existsSync(said) && readFileSync(said, "utf8"), left()]).toEqual(["exit-129\n", []]),
      10_000,
    );
  });

  it("takes no garbage for an order, marked as a paste or not", async () => {
    const { demo, openTop, statesOf } = await setTopStage();
    const before = demo.fleet.nodes.length;
    const shell = await openTop();
    const pid = shell.childPid();
    shell.type(`\u001b[200~${garbage(10_000, "\u001b")}q\u0003\u001b[201~`);
    await shell.sees("Pasted text is not taken for keys.");
    // A terminal that marks nothing: bytes are keys then, but for those that leave (q, Ctrl-C, Ctrl-Z) all may come.
    shell.type(garbage(10_000, "q\u0003\u001a"));
    // The end of a paste that had no beginning, and the repaint that shows that all of it was served.
    shell.type("\u001b[201~\u000c?");
    await shell.sees("Keys of k3s-lb top");
    for (const master of masters) expect(await statesOf(master)).toEqual(Array.from({ length: before }, () => "UP"));
    expect(isAlive(pid)).toBe(true);
    shell.type("\u0003");
    await isRestored(shell);
  });

  it("serves a key that was held down within a second", async () => {
    const { openTop } = await setTopStage(40);
    const shell = await openTop();
    const startMs = performance.now();
    shell.type("j".repeat(2000));
    shell.type("g");
    shell.type("j".repeat(2000));
    await shell.sees("> node40");
    expect(performance.now() - startMs).toBeLessThan(1000);
    shell.type("q");
    await isRestored(shell);
  });
});

/** The screen without the numbers that chance has made. */
function masked(screen: string): string {
  return screen
    .replace(/age <\d+s/, "age <1s")
    .replace(/ +\d+ weak \d+ms/g, " n weak nms")
    .replace(/(✓ {2}✓ {2}✓) +\d+ *$/gm, "$1 n")
    .replace(/\n{2,}/g, "\n\n");
}

/** Source: proc(5). */
function sessionOf(pid: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[3]);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
