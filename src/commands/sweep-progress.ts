import type { Clock } from "../app/clock.ts";
import type { Store } from "../app/store.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { Shell } from "./shell.ts";

/** A sweep that takes longer than this tells what it waits for. */
const quietMs = 1_000;
const refreshMs = 200;

/**
 * Says on stderr how far a slow sweep is, on one line that vanishes again. Only where stderr is a terminal that can
 * take a line back. Returns the end.
 */
export function startProgress(shell: Shell, clock: Clock, store: Store, nodes: readonly FleetNode[]): () => void {
  const { stderr, env } = shell;
  if (stderr.isTTY !== true || env["TERM"] === "dumb") return () => {};
  const startedMs = clock.now();
  let shown = false;
  const answered = ({ name }: FleetNode) => {
    const { good, failure } = store.get(name);
    return Math.max(good?.atMs ?? -1, failure?.atMs ?? -1) >= startedMs;
  };
  const show = () => {
    const waiting = nodes.filter((node) => !answered(node));
    const seconds = Math.round((clock.now() - startedMs) / 1000);
    const whom = waiting.length === 1 ? ` (${waiting[0]?.name})` : "";
    stderr.write(`\r\u001b[Kwaiting for ${waiting.length} of ${nodes.length} nodes${whom}, ${seconds}s `);
    shown = true;
    cancel = clock.after(refreshMs, show);
  };
  let cancel = clock.after(quietMs, show);
  return () => {
    cancel();
    if (shown) stderr.write("\r\u001b[K");
  };
}
