import type { FleetView } from "../domain/view.ts";

/** `-o name`: the masters' names, one a line, as the other commands take them. */
export function formatNames(view: FleetView): string {
  return view.masters.map((master) => `${master.name}\n`).join("");
}
