// From `a` to the outcome table on real HAProxies, in a real terminal; the operator answers each dialog at once.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedHaproxy, type RealHaproxy, startRealHaproxy } from "../support/real-haproxy.ts";
import { startTlsMasters } from "../support/tls-masters.ts";
import { median, printBench } from "./bench-table.ts";
import { program } from "./demo-config.ts";
import { type PtyProgram, startInPty } from "./pty-start.ts";

const count = Number(process.env["NODES"] ?? 12);
const rounds = Number(process.env["ROUNDS"] ?? 10);

/** One action on the second master: from the key to its outcome, and from the confirmation to its outcome. */
async function act(run: PtyProgram, choose: string): Promise<{ readonly wholeMs: number; readonly actMs: number }> {
  const startMs = performance.now();
  run.pty.write("a");
  await run.saw("Enter chooses", startMs);
  const chosenMs = performance.now();
  run.pty.write(`${choose}\r`);
  await run.saw("Enter alone sends nothing", chosenMs);
  const confirmedMs = performance.now();
  run.pty.write("y\r");
  const endMs = await run.saw("outcome, after", confirmedMs);
  await run.saw(`proved on all ${count}`, confirmedMs);
  const closedMs = performance.now();
  run.pty.write("\r");
  // The rows of the nodes are there again.
  await run.saw("node0", closedMs);
  return { wholeMs: endMs - startMs, actMs: endMs - confirmedMs };
}

function fleetFile(nodes: readonly RealHaproxy[], password: string): string {
  const lines = nodes.map(
    ({ statsPort }, at) =>
      `  - { name: node${String(at + 1).padStart(2, "0")}, address: 127.0.0.1, stats: { port: ${statsPort} } }`,
  );
  return `cluster: k8s-de1
masters: [{ name: "k8s-de1-master-[1:3]", address: "127.0.0.1" }]
nodes:
${lines.join("\n")}
backend: k8s-de1-kube-api
stats: { username: admin, password: { file: ${JSON.stringify(password)} } }
admin: { via: http, locked: false }
poll: { interval: 1s, timeout: 800ms, source: stats }
`;
}

if (installedHaproxy === undefined) {
  process.stderr.write("SKIPPED: haproxy is not installed\n");
} else {
  const masters = await startTlsMasters(3);
  const masterPorts = masters.map(({ port }) => port);
  const nodes: RealHaproxy[] = [];
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-acting-"));
  try {
    for (let node = 0; node < count; node += 1) nodes.push(await startRealHaproxy({ masterPorts }));
    const password = join(folder, "password");
    const config = join(folder, "k3s-lb.yaml");
    await writeFile(password, nodes[0]?.password ?? "", { mode: 0o600 });
    await writeFile(config, fleetFile(nodes, password));
    process.env["XDG_STATE_HOME"] = folder;
    const run = startInPty([process.execPath, program, "--config", config, "top"]);
    await run.saw(`all ${count} nodes`);
    run.pty.write("\u001b[Zj");
    const took: { readonly wholeMs: number; readonly actMs: number }[] = [];
    for (let round = 0; round < rounds; round += 1) took.push(await act(run, ""), await act(run, "jj"));
    await run.end();
    const [first] = took;
    const seconds = (ms: number | undefined) => `${((ms ?? Number.NaN) / 1000).toFixed(3)} s`;
    printBench(`Drain and enable of a master on ${count} real HAProxies ${installedHaproxy.version}, inside top`, [
      { what: "first drain: a to the outcome table", value: seconds(first?.wholeMs) },
      { what: "a to the outcome table, median", value: seconds(median(took.map(({ wholeMs }) => wholeMs))) },
      { what: "y and Enter to the outcome table, median", value: seconds(median(took.map(({ actMs }) => actMs))) },
      {
        what: "y and Enter to the outcome table, slowest",
        value: seconds(Math.max(...took.map(({ actMs }) => actMs))),
      },
    ]);
  } finally {
    for (const node of nodes) await node.stop();
    for (const master of masters) await master.close();
    await rm(folder, { recursive: true, force: true });
  }
}
