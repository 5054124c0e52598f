import { resolve } from "node:path";
import { createReplayer } from "../app/replayer.ts";
import { systemClock } from "../io/clock.ts";
import { openRecording } from "../io/recording-source.ts";
import { sayWarnings } from "./fleet-option.ts";
import type { ReplayFlags } from "./replay.ts";
import type { Shell } from "./shell.ts";
import { checkScreen, openScreen } from "./top.ts";
import { lookOf } from "./top-look.ts";
import { recallTop } from "./top-memory.ts";
import { exitCodeOf } from "./top-run.ts";
import { findTopSettings } from "./top-settings.ts";

/**
 * The dashboard on a recording, until it is left. Resolves to the exit code, as `top` does.
 * Errors: a UserError for what is no recording, and where there is no terminal.
 */
export async function runReplay(shell: Shell, path: string, flags: ReplayFlags): Promise<number> {
  checkScreen(shell, "replay", "zcat FILE, or cat for plain lines, shows what was recorded.");
  const source = await openRecording(resolve(shell.cwd, path));
  const replayer = await createReplayer(source, systemClock, flags.speed);
  const { tape } = replayer;
  const settings = await findTopSettings(shell);
  const read = await settings.read();
  const terminal = await openScreen(shell, flags, settings);
  const stop = replayer.start();
  try {
    const { startScreen } = await import("../ui/start-screen.ts");
    const { fleet } = source.head;
    const longestMs = Math.max(...fleet.nodes.map(({ poll }) => poll.intervalMs));
    const ending = await startScreen({
      fleet,
      clock: systemClock,
      look: lookOf(shell, flags, read),
      read: tape.view,
      watch: replayer.subscribe,
      poller: {
        pollNow: () => undefined,
        setIntervalMs: () => undefined,
        intervalMs: () => tape.intervalMs() ?? longestMs,
        inFlight: () => 0,
      },
      terminal,
      operations: undefined,
      // What is chosen while something old is looked at stays there.
      memory: { recalled: recallTop(shell), keep: () => undefined },
      replay: {
        time: { now: tape.nowMs, wall: tape.wallMs },
        witness: {
          // The tape has seen every change itself, also between two frames.
          look: () => undefined,
          timeline: tape.timeline,
          get samples() {
            return tape.samples();
          },
          still: () => ({ timeline: tape.timeline(), samples: tape.samples().still() }),
        },
        state: replayer.state,
        obey: replayer.obey,
      },
      mouse: flags.mouse ?? read.mouse ?? false,
      stdin: shell.stdin,
      stdout: shell.stdout,
    });
    terminal.leave();
    return exitCodeOf(ending);
  } finally {
    terminal.leave();
    stop();
    const { lost } = replayer.state();
    if (lost > 0) sayWarnings(shell, [`${lost === 1 ? "1 line" : `${lost} lines`} of ${path} could not be read`]);
    await source.close();
  }
}
