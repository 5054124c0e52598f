import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { AdminResult } from "../../src/output/admin-result.ts";
import type { FleetStatus } from "../../src/output/fleet-status.ts";
import { type DemoProcess, startDemo } from "./demo-process.ts";
import { type ProgramRun, runProgram } from "./program.ts";

/** An embedded fleet to act on, without the incident, and the program with a ledger of each test's own. */
export type AdminFleet = {
  demo(): DemoProcess;
  env(): Readonly<Record<string, string>>;
  /** Runs one command to its end, without a terminal; words are separated by blanks. */
  k3sLb(words: string, config?: string): Promise<ProgramRun>;
  /** The status column of this master on each node, as the fleet itself shows it. */
  shown(master: string): Promise<Readonly<Record<string, string>>>;
  /** Every session that the fleet holds to this master. */
  sessions(master: string): Promise<number>;
};

/** Starts the fleet before the tests of this file and ends it after them; every test finds all masters in service. */
export function adminFleet(...args: readonly string[]): AdminFleet {
  let demo: DemoProcess | undefined;
  let state = "";
  beforeAll(async () => {
    demo = await startDemo(["--no-incident", ...args]);
  });
  afterAll(() => demo?.stop());
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), "k3s-lb-state-"));
  });
  afterEach(async () => {
    await k3sLb("enable 1 2 3 --yes --wait --stable 0s --no-ledger");
    await rm(state, { recursive: true, force: true });
  });
  const running = () => {
    if (demo === undefined) throw new Error("the fleet is not running yet");
    return demo;
  };
  const env = () => ({ XDG_STATE_HOME: state });
  const k3sLb: AdminFleet["k3sLb"] = (words, config = running().configPath) =>
    runProgram([...words.split(" "), "--config", config], { env: env() });
  const rowsOf = async (master: string) => {
    const { stdout } = await k3sLb("status -o json");
    const { nodes } = JSON.parse(stdout) as FleetStatus;
    return nodes.flatMap(({ name, servers }) =>
      servers.filter(({ server }) => server.endsWith(master)).map(({ status, scur }) => ({ name, status, scur })),
    );
  };
  return {
    demo: running,
    env,
    k3sLb,
    shown: async (master) => Object.fromEntries((await rowsOf(master)).map(({ name, status }) => [name, status])),
    sessions: async (master) => (await rowsOf(master)).reduce((sum, { scur }) => sum + (scur ?? 0), 0),
  };
}

/** What `-o json` printed. */
export function resultOf({ stdout }: ProgramRun): AdminResult {
  return JSON.parse(stdout) as AdminResult;
}
