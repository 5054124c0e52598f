import { type Examination, examine } from "../app/doctor.ts";
import { formatDuration } from "../domain/ages.ts";
import type { DoctorVerdict } from "../domain/doctor-finding.ts";
import { type Diagnosis, diagnose } from "../domain/doctor-judge.ts";
import type { Fleet } from "../domain/inventory.ts";
import { systemClock as clock } from "../io/clock.ts";
import { count, debugSayer } from "./debug.ts";
import type { DoctorFlags } from "./doctor.ts";
import { openDoctorTools } from "./doctor-tools.ts";
import { readDuration, readParallel } from "./flag-values.ts";
import { loadFleet, sayWarnings, selectNodes } from "./fleet-option.ts";
import { watchInterrupts } from "./interrupts.ts";
import { print, type Shell } from "./shell.ts";
import { styleOf } from "./stream-style.ts";
import { tellWhile } from "./tell-while.ts";

const exitCodes: Readonly<Record<Exclude<DoctorVerdict, "skipped">, number>> = {
  ok: 0,
  note: 0,
  warning: 1,
  critical: 2,
};

const interruptedCode = 130;

/**
 * Examines the nodes and prints what was found. Resolves to the exit code; after Ctrl-C to 130, with what is known.
 * Errors: a UserError for flags, the fleet file, and a secret that cannot be read.
 */
export async function runDoctor(shell: Shell, flags: DoctorFlags): Promise<number> {
  const limitMs = readDuration("--timeout", flags.timeout, 100);
  const parallel = readParallel(flags.parallel);
  const { fleet, path, warnings } = await loadFleet(shell, flags.config === undefined ? {} : { config: flags.config });
  sayWarnings(shell, warnings);
  const debug = debugSayer(shell, flags);
  debug(`fleet file ${path}`);
  const nodes = selectNodes(fleet, flags.node ?? []);
  const ssh = flags.ssh ? "with" : "without";
  debug(
    `examining ${count(nodes.length, "node")}, ${parallel} at once, ${formatDuration(limitMs)} for each, ${ssh} ssh`,
  );
  const tools = await openDoctorTools(shell, fleet, nodes, flags.ssh);
  const interrupts = watchInterrupts();
  try {
    const options = { nodes, backend: fleet.backend, probes: tools.probes, clock, parallel, limitMs };
    const startedMs = clock.now();
    const examination = examine(options);
    await waitFor(shell, examination, nodes.length, interrupts.first);
    debug(
      `${examination.done()} of ${count(nodes.length, "node")} through in ${formatDuration(clock.now() - startedMs)}`,
    );
    const isWhole = !interrupts.isStopped();
    const moment = { nowMs: clock.now(), wallMs: clock.wall() };
    const diagnosis = diagnose(fleet, examination.facts(), moment);
    await print(shell, await write(shell, fleet, diagnosis, isWhole, moment.wallMs, flags));
    if (isWhole) return exitCodes[diagnosis.verdict];
    shell.stderr.write(`k3s-lb: interrupted; ${examination.done()} of ${nodes.length} nodes are through\n`);
    return interruptedCode;
  } finally {
    interrupts.forget();
    await tools.close();
  }
}

async function waitFor(shell: Shell, examination: Examination, total: number, stop: Promise<unknown>): Promise<void> {
  const say = (seconds: number) => `examining: ${examination.done()} of ${total} nodes are through, ${seconds}s`;
  try {
    await tellWhile(shell, clock, say, Promise.race([examination.ended, stop]));
  } finally {
    examination.stop();
  }
}

async function write(
  shell: Shell,
  fleet: Fleet,
  diagnosis: Diagnosis,
  isWhole: boolean,
  wallMs: number,
  flags: DoctorFlags,
): Promise<string> {
  if (flags.output === "json") {
    const { formatDoctorJson, toDoctorReport } = await import("../output/doctor-json.ts");
    return formatDoctorJson(toDoctorReport(diagnosis, new Date(wallMs).toISOString(), isWhole));
  }
  const { formatDoctor } = await import("../output/doctor-table.ts");
  const style = styleOf(shell.stdout, shell, flags, fleet.check.expect);
  return formatDoctor(diagnosis, flags.all ?? false, style);
}
