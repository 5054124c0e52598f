import type { Clock } from "../app/clock.ts";
import { createEventHook } from "../app/event-hook.ts";
import type { Fleet } from "../domain/inventory.ts";
import type { SettledEvent } from "../domain/settling.ts";
import { isAtLeastAsBad } from "../domain/severity.ts";
import { startEventCommand } from "../io/event-command.ts";
import { type EventOrigin, formatEventLine, toChangeEvent } from "../output/event-json.ts";
import type { Shell } from "./shell.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** The program of `events.on_event`, as it is fed. */
export type FleetHook = {
  tell(events: readonly SettledEvent[]): void;
  /** Gives it what waits, and waits for it a few seconds at most; where that takes a while, stderr says so. */
  end(): Promise<void>;
};

const limitMs = 30_000;
const endLimitMs = 5_000;
const patienceMs = 500;

/** Nothing is started before the first event at or above `events.min_severity`. `undefined` where there is no program. */
export function openEventHook(
  shell: Shell,
  fleet: Fleet,
  { clock, origin, say }: { readonly clock: Clock; readonly origin: EventOrigin; readonly say: (text: string) => void },
): FleetHook | undefined {
  const { debounceMs, minSeverity, onEvent } = fleet.events;
  if (onEvent === undefined) return undefined;
  const env = withoutSecrets(shell.env, fleet);
  const start = (input: string) => startEventCommand(onEvent, env, input, limitMs);
  const hook = createEventHook({ clock, debounceMs, start, say });
  return {
    tell(events) {
      const wanted = events.filter(({ severity }) => isAtLeastAsBad(severity, minSeverity));
      if (wanted.length === 0) return;
      hook.add(
        wanted.map((settled) => {
          const told = toChangeEvent(settled, origin);
          return { key: `${told.type} ${told.master ?? ""}`, id: told.id, line: formatEventLine(told) };
        }),
      );
    },
    async end() {
      const cancel = clock.after(patienceMs, () =>
        shell.stderr.write("k3s-lb: waiting for on_event, 5 s at most; Ctrl-C leaves at once.\n"),
      );
      await hook.end(endLimitMs);
      cancel();
    },
  };
}
