import type { DemoFleet } from "./demo-fleet.ts";
import { Incident, type IncidentStep } from "./incident.ts";

// Node's timers take no more than this; the script's pauses are far shorter.
const longestPauseMs = 60_000;

/**
 * Plays the incident in real time and tells each step as it happens. Returns the end of it.
 * The timer does not keep the process alive.
 */
export function playIncident(fleet: DemoFleet, speed: number, tell: (step: IncidentStep) => void): () => void {
  const incident = new Incident(fleet, speed);
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    timer = setTimeout(
      () => {
        for (const step of incident.advance()) tell(step);
        wait();
      },
      Math.min(longestPauseMs, Math.max(0, incident.nextAtMs - fleet.now())),
    );
    timer.unref();
  };
  wait();
  return () => clearTimeout(timer);
}
