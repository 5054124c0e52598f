import type { Fleet } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import { readDuration } from "./flag-values.ts";
import { selectNodes } from "./fleet-option.ts";
import type { TopFlags } from "./top.ts";

/** The fleet as the flags narrow and change it. Errors: a UserError that names the flag and what it takes. */
export function fleetOf(fleet: Fleet, flags: TopFlags): Fleet {
  const intervalMs = flags.interval === undefined ? undefined : readDuration("--interval", flags.interval, 100);
  const timeoutMs = flags.timeout === undefined ? undefined : readDuration("--timeout", flags.timeout, 1);
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
