import type { Copy } from "./copy.ts";
import type { Mark } from "./marks.ts";
import type { OwnTable } from "./own-table.ts";
import type { Scope } from "./scope.ts";
import type { Pane, Place } from "./screen.ts";
import type { Extent } from "./scrolling.ts";
import type { SightMap } from "./sight-map.ts";

/** What the reducer must know of the frame that the viewer looked at when the key was pressed. */
export type Sight = {
  readonly panes: readonly Pane[];
  readonly ids: readonly string[];
  readonly height: number;
  readonly columns: readonly string[];
  /** The lists whose columns and order are a person's own. */
  readonly tables?: Readonly<Partial<Record<Pane, OwnTable | undefined>>>;
  readonly helpLines: number;
  /** The labels that the nodes can be grouped by. */
  readonly labels: readonly string[];
  /** What Enter would open; another cluster is no place of this one. */
  readonly target: Place | { readonly kind: "cluster"; readonly id: string } | undefined;
  /** What the row under the cursor would be marked as. */
  readonly row: Mark | undefined;
  /** What the row under the cursor is copied as, and the command that tells the same. */
  readonly copy: Copy | undefined;
  /** What an action would be about. */
  readonly scope: Scope | undefined;
  /** How much of an open dialog is on the screen; `undefined` where none of it is. */
  readonly dialog: Extent | undefined;
  /** Where the lists stand on the screen, for the mouse. */
  readonly map: SightMap;
};
