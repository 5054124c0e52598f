import { parseDuration } from "../domain/duration.ts";
import type { Fleet } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import { selectNodes } from "./fleet-option.ts";
import type { TopFlags } from "./top.ts";

/** The fleet as the flags narrow and change it. Errors: a UserError that names the flag and what it takes. */
export function fleetOf(fleet: Fleet, flags: TopFlags): Fleet {
  const intervalMs = durationOf("--interval", flags.interval);
  const timeoutMs = durationOf("--timeout", flags.timeout);
  const nodes = selectNodes(fleet, flags.node ?? []).map((node) => {
    const interval = intervalMs ?? Math.max(node.poll.intervalMs, timeoutMs ?? 0);
    if (timeoutMs !== undefined && timeoutMs > interval) {
      throw new UserError(
        `--timeout ${flags.timeout} is longer than the interval of ${interval} ms`,
        "Give a shorter one, or a longer --interval.",
      );
    }
    const timeout = Math.min(timeoutMs ?? node.poll.timeoutMs, interval);
    return { ...node, poll: { ...node.poll, intervalMs: interval, timeoutMs: timeout } };
  });
  return { ...fleet, nodes, backend: flags.backend ?? fleet.backend };
}

/** How many connections may be opened at once. */
export function parallelOf({ parallel = "64" }: TopFlags): number {
  const count = Number(parallel);
  if (/^\d+$/.test(parallel) && count >= 1) return count;
  throw new UserError(`--parallel ${parallel}: a whole number from 1 on is expected`);
}

function durationOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const read = parseDuration(text);
  if (read.ok && read.ms > 0) return read.ms;
  throw new UserError(`${flag} ${text}: ${read.ok ? "more than nothing" : read.expected} is expected`);
}
