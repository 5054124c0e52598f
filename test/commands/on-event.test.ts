import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFleet } from "../support/open-fleet.ts";
import { openShell } from "../support/pty-shell.ts";
import { tempDir } from "../support/temp-dir.ts";
import { startWatch } from "../support/watch-process.ts";

const master = "k8s-de1-master-2";

/** A program for `on_event`; `runs` is what each run of it wrote to `$OUT`. */
async function program(text: string) {
  const folder = await tempDir();
  const path = join(folder, "hook");
  await writeFile(path, `#!/bin/sh\nOUT=${folder}/$$\n${text}\necho $OUT >> ${folder}/runs\n`);
  await chmod(path, 0o755);
  return {
    path,
    async runs(): Promise<readonly string[]> {
      const names = await readFile(join(folder, "runs"), "utf8").catch(() => "");
      return Promise.all(names.split("\n").flatMap((name) => (name === "" ? [] : [readFile(name, "utf8")])));
    },
  };
}

const events = (path: string, more = "") => `\nevents: { on_event: [${path}, "a b"]${more} }\n`;

/** Asks again and again, as a program of somebody else tells nobody that it has run. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: 15_000, interval: 50 }).toBe(true);
}

describe("events.on_event", () => {
  it("is given what gets worse, as JSON, without the fleet's secrets", async () => {
    const small = await openFleet(6);
    const hook = await program('{ echo "$1 [$K3S_LB_STATS_USERNAME]"; cat; } > $OUT');
    const config = await small.config(events(hook.path));
    const watch = startWatch(config, [], { K3S_LB_STATS_USERNAME: "admin" });
    await watch.sees(/all 3 masters up/);
    small.dies(master);
    await watch.sees(/UP → DOWN/);
    small.recovers(master);
    await watch.sees(/DOWN → UP on 6/);
    watch.kill("SIGINT");
    expect(await watch.ended).toMatchObject({ signal: "SIGINT", stderr: "" });
    const runs = await hook.runs();
    expect(runs).toHaveLength(1);
    const [words, line, ...rest] = (runs[0] ?? "").split("\n");
    expect([words, rest]).toEqual(["a b []", [""]]);
    expect(JSON.parse(line ?? "")).toMatchObject({ event: "change", severity: "CRITICAL", master, to: "down" });
  });

  it("is not started where this run is not to", async () => {
    const small = await openFleet(6);
    const hook = await program("cat > $OUT");
    const watch = startWatch(await small.config(events(hook.path)), ["--no-on-event"]);
    await watch.sees(/all 3 masters up/);
    small.dies(master);
    await watch.sees(/UP → DOWN/);
    watch.kill("SIGINT");
    await watch.ended;
    expect(await hook.runs()).toEqual([]);
  });

  it("says once that it cannot be started, and the watch goes on", async () => {
    const small = await openFleet(6);
    const watch = startWatch(await small.config(events("/no/such/hook", ", min_severity: ok, debounce: 0s")));
    await watch.sees(/all 3 masters up/);
    small.dies(master);
    await watch.sees(/UP → DOWN/);
    small.recovers(master);
    await watch.sees(/DOWN → UP on/);
    watch.kill("SIGINT");
    const { stderr } = await watch.ended;
    expect(stderr).toBe('k3s-lb: warning: on_event: "/no/such/hook" is not installed, or not in PATH\n');
  });

  it("keeps nothing waiting while it hangs, and is killed soon after the end", async () => {
    const small = await openFleet(6);
    const hook = await program("sleep 1000");
    const watch = startWatch(await small.config(events(hook.path, ", min_severity: ok")));
    await watch.sees(/all 3 masters up/);
    small.dies(master);
    await watch.sees(/UP → DOWN/);
    small.recovers(master);
    await watch.sees(/DOWN → UP on/);
    watch.kill("SIGTERM");
    const { signal, stderr } = await watch.ended;
    expect(signal).toBe("SIGTERM");
    expect(stderr).toContain(`on_event: "${hook.path}" was still at work at the end and was killed`);
    expect(stderr).toContain("k3s-lb: waiting for on_event, 5 s at most; Ctrl-C leaves at once.");
    expect(stderr).toContain("on_event is too slow: 1 events were not given to it");
  }, 40_000);

  it("is started once for three hundred nodes that are lost at once", async () => {
    const large = await openFleet(300);
    const hook = await program("cat > $OUT");
    const watch = startWatch(await large.config(events(hook.path)), ["--interval", "1s"]);
    await watch.sees(/all 3 masters up on all 300 nodes/);
    for (const node of large.demo.fleet.nodes) large.demo.fleet.reach(node, "closed");
    await watch.sees(/300 nodes \(node\[001-300\]\) → UNREACHABLE: connection refused/);
    watch.kill("SIGINT");
    await watch.ended;
    const given = (await hook.runs()).map((run) =>
      run
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    );
    expect(given.map((run) => run.map(({ severity, nodes }) => [severity, nodes.length]))).toEqual([
      [["UNKNOWN", 300]],
    ]);
  });
});

describe("top, of events", () => {
  it("starts the program, rings by --bell, and stays usable while the program fails", async () => {
    const small = await openFleet(6);
    const hook = await program(
      'cat > $OUT; [ -s $OUT ] && { echo "no route to pager" >&2; echo $OUT >> "$(dirname "$0")/runs"; exit 3; }',
    );
    const shell = openShell();
    let bytes = "";
    shell.pty.onData((chunk) => {
      bytes += chunk;
    });
    shell.run(`--config ${await small.config(events(hook.path))} top --interval 300ms --bell`);
    await shell.sees("all 3 masters up on all 6 nodes");
    small.dies(master);
    const why = `on_event: "${hook.path}" failed (exit code 3): no route to pager`;
    await shell.sees(why.slice(0, 60));
    await until(async () => bytes.includes("\u001b]9;"));
    expect(bytes).toContain(
      `\u001b]9;k3s-lb k8s-de1: ${master} UP → DOWN on 6 nodes (node[01-06]): connection refused\u0007\u0007`,
    );
    expect(await hook.runs()).toHaveLength(1);
    shell.type("e");
    await shell.sees("WHAT HAPPENED");
    shell.type("qq");
    await shell.sees("exit-0 tty-same");
    await shell.sees("k3s-lb: warning: on_event:");
  });
});
