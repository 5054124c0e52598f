import type { MatrixMode } from "./matrix-cell.ts";
import { changeMatrix } from "./round.ts";
import { changeSort, changeTop, type Level, push, type Screen, topLevel } from "./screen.ts";
import type { Sight } from "./sight.ts";
import type { Sort } from "./sort.ts";

/** What a command puts on the screen by its name, where a key goes from one to the next. */
export type Shown =
  | { readonly is: "pane"; readonly pane: "masters" | "nodes" }
  | { readonly is: "place"; readonly place: { readonly kind: "master" | "node"; readonly id: string } }
  | { readonly is: "sort"; readonly sort: Sort | undefined }
  | { readonly is: "group"; readonly label: string | undefined }
  | { readonly is: "matrix"; readonly mode: MatrixMode }
  | { readonly is: "filter"; readonly text: string };

/** Puts it there. What belongs to the fleet's page leads to that page: nothing changes out of sight. */
export function show(screen: Screen, what: Shown, sight: Sight): Screen {
  switch (what.is) {
    case "pane":
      return changeTop(toFleet(screen), { pane: what.pane });
    case "place": {
      const { place } = topLevel(screen);
      const isThere = place.kind === what.place.kind && place.id === what.place.id;
      return isThere ? screen : push(toFleet(screen), what.place);
    }
    case "sort":
      return changeSort(screen, sight, () => what.sort);
    case "group":
      return changeTop({ ...toFleet(screen), group: what.label }, { pane: "nodes" });
    case "matrix":
      return changeMatrix(screen, topLevel(screen).place, what.mode);
    case "filter":
      return changeTop(screen, { filter: what.text });
  }
}

/** Back to the fleet's page as it was left, or to the first level where there is none. */
function toFleet(screen: Screen): Screen {
  const at = Math.max(
    0,
    screen.stack.findLastIndex(({ place }) => place.kind === "fleet"),
  );
  const [first, ...others]: readonly [Level, ...Level[]] = screen.stack;
  return { ...screen, stack: [first, ...others.slice(0, at)] };
}
