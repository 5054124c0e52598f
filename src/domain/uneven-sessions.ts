import { holdsTooMuch, shareOf } from "./traffic.ts";
import type { MasterView, Problem } from "./view.ts";

/**
 * A note where one master in service holds over twice its fair share of all sessions, as after the others restarted:
 * watches stay where they are until they end, so that this does not mend itself.
 */
export function unevenSessions(masters: readonly MasterView[]): readonly Problem[] {
  const all = masters.reduce((sum, { sessions }) => sum + sessions, 0);
  const taking = masters.filter(({ nodes }) => nodes.up > 0).length;
  return masters
    .filter((master) => master.nodes.up > 0 && holdsTooMuch(master, masters))
    .map((master): Problem => {
      const share = Math.round(100 * (shareOf(master, masters) ?? 0));
      const fair = Math.round(100 / taking);
      return {
        severity: "OK",
        kind: "uneven-sessions",
        master: master.name,
        nodes: [],
        text: `${master.name} holds ${share} % of all sessions (${master.sessions} of ${all}); even would be ${fair} %`,
        fix: `sessions move when they end only: k3s-lb kill-sessions ${master.name} --batch 10% --pause 10s`,
      };
    });
}
