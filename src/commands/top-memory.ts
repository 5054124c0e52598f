import { join } from "node:path";
import { ownStateFolder } from "../io/state-folder.ts";
import { openStateNote, readStateNote } from "../io/state-note.ts";
import { type Memory, mergeRemembered, type Remembered, readRemembered } from "../ui/remembered.ts";
import type { Shell } from "./shell.ts";

/** The memory of a running top. `end` writes what waits and resolves to what is to be said of it. */
export type TopMemory = Memory & { end(): Promise<readonly string[]> };

/** What this user chose on the screen the last time. Costs one small read. */
export function recallTop(shell: Shell): Remembered {
  const path = notePath(shell);
  return path === undefined ? {} : readRemembered(readStateNote(path));
}

/** The same, and keeps what is chosen from now on; where there is no home for it, nothing outlives the run. */
export function openTopMemory(shell: Shell): TopMemory {
  const path = notePath(shell);
  const note = path === undefined ? undefined : openStateNote<Remembered>(path, mergeRemembered);
  let recalled = recallTop(shell);
  return {
    // A screen that is opened later in the same run finds what was chosen on an earlier one.
    get recalled() {
      return recalled;
    },
    keep(change) {
      recalled = readRemembered(mergeRemembered(recalled, change));
      note?.keep(change);
    },
    async end() {
      const failure = await note?.end();
      return failure === undefined ? [] : [`what was chosen is not remembered: ${path} cannot be written: ${failure}`];
    },
  };
}

function notePath({ env }: Shell): string | undefined {
  const folder = ownStateFolder(env);
  return folder === undefined ? undefined : join(folder, "top.json");
}
