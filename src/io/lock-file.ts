import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readlink, symlink, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../domain/user-error.ts";

/** How long one and the same holder is waited for, and how long it may take in all while holders change. */
const patienceMs = 2_000;
const limitMs = 15_000;

/** Who holds a lock; `started` tells a process from a later one of the same number. */
type Holder = { readonly pid: number; readonly started: string; readonly host: string };

/**
 * Takes a lock among all processes of this machine, waits for it if it must. Resolves to its release.
 * The lock is a symbolic link to nowhere whose target names the holder: it is made in one step, or not at all, with
 * its content, and needs no block of a full disk. A holder that no longer runs loses it.
 * `file` is what is locked, in words.
 * Errors: a UserError that names the holder after 2 s; what the file system says otherwise, with its `code`.
 */
export async function takeLock(path: string, file = "the ledger"): Promise<() => Promise<void>> {
  const mine = ownName();
  const startedMs = performance.now();
  let seen = "";
  let seenMs = startedMs;
  for (;;) {
    if (await isMade(mine, path)) return () => release(path, mine);
    const theirs = await nameIn(path);
    if (theirs === undefined) continue;
    const nowMs = performance.now();
    if (theirs !== seen) [seen, seenMs] = [theirs, nowMs];
    if (isGone(theirs)) {
      await takeAway(path, theirs);
    } else if (nowMs - seenMs > patienceMs || nowMs - startedMs > limitMs) {
      throw new UserError(
        `another k3s-lb (${describe(theirs)}) is writing to ${file} and does not end`,
        `Wait for it, or end it. If it is long gone: rm ${path}`,
      );
    }
    // Unequal pauses, so that two that wait do not meet again and again.
    await pause(2 + Math.random() * 20);
  }
}

function ownName(): string {
  return [process.pid, startOf(process.pid) ?? "", randomUUID().slice(0, 8), hostname()].join(":");
}

function holderOf(name: string): Holder | undefined {
  const [pid, started = "", , ...host] = name.split(":");
  return /^\d+$/.test(pid ?? "") ? { pid: Number(pid), started, host: host.join(":") } : undefined;
}

function describe(name: string): string {
  const holder = holderOf(name);
  return holder === undefined ? name : `process ${holder.pid} on ${holder.host}`;
}

/** Only of this machine's processes can it be known. A name that is none of ours was not made by us and stays. */
function isGone(name: string): boolean {
  const holder = holderOf(name);
  if (holder === undefined || holder.host !== hostname()) return false;
  const started = startOf(holder.pid);
  if (started !== undefined && holder.started !== "") return started !== holder.started;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/** When a process was started, in ticks since the machine was. `undefined` where there is no /proc, or no process. */
function startOf(pid: number): string | undefined {
  try {
    // The name in brackets may hold blanks and brackets itself; the start is the 20th field behind it (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

/**
 * Removes the lock of a process that is gone. Two that saw it at once would remove it twice, the second time from a
 * third that has taken it meanwhile: so only the holder of a second lock may, and looks again before.
 */
async function takeAway(path: string, dead: string): Promise<void> {
  const guard = `${path}.takeover`;
  const mine = ownName();
  if (!(await isMade(mine, guard))) {
    const theirs = await nameIn(guard);
    if (theirs !== undefined && isGone(theirs)) await remove(guard);
    return;
  }
  try {
    if ((await nameIn(path)) === dead) await remove(path);
  } finally {
    await release(guard, mine);
  }
}

async function release(path: string, mine: string): Promise<void> {
  if ((await nameIn(path)) === mine) await remove(path);
}

async function isMade(name: string, path: string): Promise<boolean> {
  try {
    await symlink(name, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** The name in a lock; `undefined` when it has just been released. Something else in its place is named as such. */
async function nameIn(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    if (codeOf(error) === "EINVAL") return `${path}, which is no lock`;
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch((error) => {
    if (codeOf(error) !== "ENOENT") throw error;
  });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
