import { failureDetails, networkFailure, type PollFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { SshProblem } from "../domain/ssh-failure.ts";
import { createPlaces, type Places } from "./places.ts";

/** Something that runs on one ssh process. `ended` resolves when that is gone, `problem` says then why. */
export type Held = {
  readonly ended: Promise<void>;
  problem(): SshProblem;
  end(isLate?: boolean): Promise<void>;
};

/** `endMs`: the deadline, later by the time that was spent waiting for a place. */
export type Use<One extends Held> = { readonly ok: true; readonly one: One; readonly endMs: number } | Failed;

type Failed = { readonly ok: false; readonly failure: PollFailure; readonly hint: string | undefined };

/** One ssh process per node as long as it is used, and few logins at a time. */
export type SshPool<One extends Held> = {
  /** The one that stands, or a new one, proved. Nobody else logs in to the same node meanwhile. */
  use(node: FleetNode, deadlineMs: number): Promise<Use<One>>;
  /** It is not needed for now: it ends unless somebody uses it soon. */
  rest(node: FleetNode): void;
  stop(): void;
  close(): Promise<void>;
};

export type SshPoolParts<One extends Held> = {
  readonly places: Places;
  readonly now: () => number;
  /** Errors: the system's own, with its `code`, where nothing can be begun; nothing is left of it then. */
  readonly begin: (node: FleetNode, withinMs: number) => Promise<One> | One;
  /** Resolves to why the way is not open, or to `undefined` when it is. */
  readonly prove: (one: One, node: FleetNode, endMs: number) => Promise<PollFailure | undefined>;
};

/** What nobody used for this long is ended: the steps of a node come close together, and a thousand kept are 8 GB. */
const idleMs = 1_500;
const tries = 6;
const ending = { ok: false, failure: networkFailure("unreachable", failureDetails.ending), hint: undefined } as const;

const noTemporary = "Set TMPDIR to a folder that this user may write to, with room left.";
const noFiles = "Raise `ulimit -n` of this shell, or act on fewer nodes at once (--parallel).";
const beginHints: Readonly<Record<string, string>> = {
  ENOENT: noTemporary,
  ENOTDIR: noTemporary,
  EACCES: noTemporary,
  EROFS: noTemporary,
  EMFILE: noFiles,
  ENFILE: noFiles,
};

/** Few enough for a jump host whose sshd has the default MaxStartups 10:30:100. */
export function createLoginPlaces(): Places {
  return createPlaces(8);
}

/** Makes an empty pool. Units: milliseconds on the clock of `now`. */
export function createSshPool<One extends Held>({ places, now, begin, prove }: SshPoolParts<One>): SshPool<One> {
  const uses = new Map<string, Promise<Use<One>>>();
  const idle = new Map<string, NodeJS.Timeout>();
  const living = new Set<One>();
  let isClosed = false;

  /** This machine itself may be out of what a process needs: files, or room for its folder. */
  async function beginOrTell(node: FleetNode, withinMs: number): Promise<One | Failed> {
    try {
      return await begin(node, withinMs);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      const failure = networkFailure("unreachable", `ssh cannot be started on this machine (${code})`);
      return {
        ok: false,
        failure,
        hint: beginHints[code] ?? "See with `ulimit -a` and `df` what this machine is out of.",
      };
    }
  }

  async function login(node: FleetNode, deadlineMs: number): Promise<Use<One>> {
    let endMs = deadlineMs;
    for (let attempt = 1; ; attempt += 1) {
      const askedMs = now();
      const leave = await places.enter();
      // Our own queue costs the order no time.
      endMs += now() - askedMs;
      if (leave === undefined) return ending;
      const one = await beginOrTell(node, endMs - now());
      if ("ok" in one) {
        leave();
        return one;
      }
      living.add(one);
      void one.ended.then(() => living.delete(one));
      const failure = isClosed ? ending.failure : await prove(one, node, endMs);
      if (failure === undefined) {
        leave();
        places.widen();
        return { ok: true, one, endMs };
      }
      await one.end(failure.kind === "timeout");
      // What HAProxy itself said is not explained by ssh.
      const problem = failure.kind === "unreachable" || failure.kind === "timeout" ? one.problem() : undefined;
      if (problem?.isBusy) places.narrow();
      leave();
      if (problem === undefined) return { ok: false, failure, hint: undefined };
      const pauseMs = 150 * 2 ** (attempt - 1) * (0.5 + Math.random());
      if (isClosed || !problem.isBusy || attempt === tries || now() + pauseMs >= endMs) {
        return { ok: false, failure: problem.failure, hint: problem.hint };
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  return {
    use(node, deadlineMs) {
      clearTimeout(idle.get(node.name));
      const known = uses.get(node.name);
      if (known !== undefined) return known;
      const use = login(node, deadlineMs);
      uses.set(node.name, use);
      const forget = () => {
        if (uses.get(node.name) === use) uses.delete(node.name);
      };
      void use.then((result) => {
        if (!result.ok) return forget();
        void result.one.ended.then(() => {
          forget();
          // Also where ssh died by itself: nothing may wait on what it carried.
          void result.one.end();
        });
      });
      return use;
    },
    rest(node) {
      clearTimeout(idle.get(node.name));
      const use = uses.get(node.name);
      const timer = setTimeout(() => {
        idle.delete(node.name);
        if (uses.get(node.name) === use) uses.delete(node.name);
        void use?.then((result) => (result.ok ? result.one.end() : undefined));
      }, idleMs);
      idle.set(node.name, timer.unref());
    },
    stop: () => places.stop(),
    async close() {
      isClosed = true;
      places.stop();
      for (const timer of idle.values()) clearTimeout(timer);
      await Promise.all([...living].map((one) => one.end()));
      await Promise.all(uses.values());
      await Promise.all([...living].map((one) => one.end()));
    },
  };
}
