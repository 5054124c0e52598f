import { resolve } from "node:path";
import type { Clock } from "../app/clock.ts";
import { createPoller } from "../app/poller.ts";
import { createRecorder, type RecordingSink } from "../app/recorder.ts";
import { createStore } from "../app/store.ts";
import { formatDuration } from "../domain/ages.ts";
import { writeHead } from "../domain/recording-fleet.ts";
import { createRecordingFile } from "../io/recording-file.ts";
import { DEFAULT_PARALLEL, readDuration, readParallel } from "./flag-values.ts";
import { loadFleet, sayWarnings } from "./fleet-option.ts";
import { watchInterrupts } from "./interrupts.ts";
import { openIntents, watchIntents } from "./open-ledger.ts";
import { openReader } from "./open-reader.ts";
import type { RecordFlags } from "./record.ts";
import { recordOperations } from "./record-operations.ts";
import { sizeText } from "./recording-words.ts";
import type { Shell } from "./shell.ts";
import { fleetOf } from "./top-options.ts";

/** What came of the recording so far. */
type Count = RecordingSink & { polls(): number };

/**
 * Polls and writes until Ctrl-C, SIGTERM, or the time of `--for` is over; the file is whole then.
 * Shape: resolves to the exit code, 1 where the file could not be written to the end.
 * Errors: a UserError for flags, secrets, and a file that cannot be made.
 */
export async function runRecord(shell: Shell, path: string, flags: RecordFlags): Promise<number> {
  const forMs = flags.for === undefined ? undefined : readDuration("--for", flags.for, 1000);
  const parallel = flags.parallel === undefined ? DEFAULT_PARALLEL : readParallel(flags.parallel);
  const loaded = await loadFleet(shell, flags.config === undefined ? {} : { config: flags.config });
  sayWarnings(shell, loaded.warnings);
  const fleet = fleetOf(loaded.fleet, flags);
  const { clock, reader } = await openReader(shell, fleet.nodes);
  const interrupts = watchInterrupts();
  const failed = Promise.withResolvers<void>();
  let failure: string | undefined;
  try {
    const head = writeHead({ fleet, isAlone: flags.backend !== undefined, wallMs: clock.wall() });
    const file = await createRecordingFile(resolve(shell.cwd, path), head, (why) => {
      failure = why;
      failed.resolve();
    });
    const count = countPolls();
    const recorder = createRecorder({ nodes: fleet.nodes, clock, store: createStore(), sinks: [file, count] });
    const readIntents = openIntents(shell, fleet.cluster, (text) => sayWarnings(shell, [text]));
    const operations = recordOperations(shell, fleet.cluster, recorder);
    const intents = watchIntents(readIntents, clock, () => {
      recorder.facts(intents.current());
      operations.grew();
    });
    const poller = createPoller({ nodes: fleet.nodes, reader, clock, store: recorder.store, parallel });
    const startedMs = clock.now();
    const words = () => `${formatDuration(clock.now() - startedMs)}, ${count.polls()} polls, ${sizeText(file.size())}`;
    poller.start();
    const stopProgress = showProgress(shell, clock, `recording ${fleet.nodes.length} nodes to ${path}`, words);
    await Promise.race([interrupts.first, failed.promise, ...(forMs === undefined ? [] : [after(clock, forMs)])]);
    poller.stop();
    intents.stop();
    await operations.settle();
    recorder.settle();
    await file.end();
    stopProgress();
    if (failure !== undefined) sayWarnings(shell, [`the recording ${path} is not complete: ${failure}`]);
    shell.stderr.write(`k3s-lb: recorded ${words()}\n  See it again: k3s-lb replay ${path}\n`);
    return failure === undefined ? 0 : 1;
  } finally {
    interrupts.forget();
    await reader.close();
  }
}

function countPolls(): Count {
  let polls = 0;
  return {
    part() {},
    lines(text) {
      // What was known of nodes may stand before it.
      if (/^(\[|\{"(page|failed)":)/m.test(text)) polls += 1;
    },
    polls: () => polls,
  };
}

/** One line that moves, where stderr is a terminal; elsewhere one that says that it goes on. Returns the end. */
function showProgress({ env, stderr }: Shell, clock: Clock, what: string, words: () => string): () => void {
  if (stderr.isTTY !== true || env["TERM"] === "dumb") {
    stderr.write(`k3s-lb: ${what}\n`);
    return () => {};
  }
  let cancel = () => {};
  const show = () => {
    stderr.write(`\r\u001b[K${what}: ${words()}  Ctrl-C ends `);
    cancel = clock.after(1000, show);
  };
  show();
  return () => {
    cancel();
    stderr.write("\r\u001b[K");
  };
}

function after(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((done) => {
    clock.after(delayMs, done);
  });
}
