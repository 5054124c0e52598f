import { join, resolve } from "node:path";
import type { Clock } from "../app/clock.ts";
import { createRecent } from "../app/recent.ts";
import { createRecorder, type Recorder } from "../app/recorder.ts";
import type { Store } from "../app/store.ts";
import { formatDuration } from "../domain/ages.ts";
import type { Fleet } from "../domain/inventory.ts";
import { writeHead } from "../domain/recording-fleet.ts";
import { UserError } from "../domain/user-error.ts";
import { openStateFolder } from "../io/state-folder.ts";
import type { ConsoleRecording } from "../ui/console-parts.ts";
import { recordOperations } from "./record-operations.ts";
import { recordingName, sizeText } from "./recording-words.ts";
import type { Shell } from "./shell.ts";

/** The recordings of a dashboard: always the last minutes, and all of it with `--record`. */
export type TopRecording = Recorder &
  ConsoleRecording & {
    /** Resolves when the file is whole, to what is to be said of it. */
    end(): Promise<readonly string[]>;
  };

const keepMs = 600_000;
const keepBytes = 64 * 1024 * 1024;

/**
 * Begins to record what is dispatched to `store`. Errors: a UserError where the file of `--record` cannot be made.
 */
export async function openTopRecording(
  shell: Shell,
  parts: {
    readonly fleet: Fleet;
    readonly isAlone: boolean;
    readonly clock: Clock;
    readonly store: Store;
    readonly path: string | undefined;
  },
): Promise<TopRecording> {
  const { clock, fleet, isAlone, path, store } = parts;
  const recent = createRecent({ keepMs, maxBytes: keepBytes });
  const head = () => writeHead({ fleet, isAlone, wallMs: clock.wall() });
  let failure: string | undefined;
  const file = path === undefined ? undefined : await openFile(resolve(shell.cwd, path));

  async function openFile(absolute: string) {
    const { createRecordingFile } = await import("../io/recording-file.ts");
    return createRecordingFile(absolute, head(), (why) => {
      failure = why;
    });
  }

  async function writeTo(absolute: string): Promise<string> {
    const { writeRecording } = await import("../io/recording-file.ts");
    const lengthMs = recent.lengthMs(clock.now());
    const size = await writeRecording(absolute, head(), recent.bytes());
    return `The last ${formatDuration(lengthMs)} (${sizeText(size)}) are in ${absolute}`;
  }

  /** In the working directory, and where nobody may write there, in the folder of this cluster's state. */
  async function writeAnywhere(): Promise<string> {
    const name = recordingName(fleet.cluster, clock.wall());
    try {
      return await writeTo(resolve(shell.cwd, name));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return openStateFolder(shell.env, fleet.cluster).then(
        (folder) => writeTo(join(folder, name)),
        () => Promise.reject(error),
      );
    }
  }

  const recorder = createRecorder({
    ...{ nodes: fleet.nodes, clock, store, sinks: file === undefined ? [recent] : [recent, file] },
  });
  const operations = recordOperations(shell, fleet.cluster, recorder);
  return {
    ...recorder,
    facts(next) {
      recorder.facts(next);
      operations.grew();
    },
    sign() {
      if (file === undefined) return undefined;
      return failure === undefined ? "REC" : `REC ENDED: ${failure}`;
    },
    async write(to) {
      recorder.settle();
      if (recent.bytes().length === 0) throw new UserError("nothing is recorded yet");
      return to === undefined ? writeAnywhere() : writeTo(resolve(shell.cwd, to));
    },
    async end() {
      await operations.settle();
      recorder.settle();
      await file?.end();
      return failure === undefined ? [] : [`the recording ${path} is not complete: ${failure}`];
    },
  };
}
