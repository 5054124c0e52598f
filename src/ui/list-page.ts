import { labelNames } from "../domain/node-groups.ts";
import type { FleetView } from "../domain/view.ts";
import { severityTone } from "../output/tone.ts";
import { shownName } from "./clusters.ts";
import { type Copy, copyRow } from "./copy.ts";
import type { DetailText } from "./detail-text.ts";
import { type DrawnList, drawList, type List, selectedRow } from "./list.ts";
import { hasMark, type Mark } from "./marks.ts";
import { frozenNote } from "./own-table.ts";
import { type Body, type FrameInput, settleAll } from "./picture.ts";
import { knowProblems } from "./problem-lines.ts";
import { placeText, ruleLine } from "./rule.ts";
import type { Scope } from "./scope.ts";
import { type Place, type Screen, topLevel } from "./screen.ts";
import type { Sight } from "./sight.ts";
import { besideSpots, listSpots } from "./sight-map.ts";
import { badgeSpan, type Look, paintEnds, paintLine, span, wrapText } from "./spans.ts";

/** What a row leads to, what it is marked as, and what an action on it would be about. */
export type Meaning<Row> = {
  readonly target: (row: Row) => Sight["target"];
  readonly mark: (row: Row) => Mark | undefined;
  readonly scope: (row: Mark | undefined) => Scope | undefined;
  /** What a row is copied as, where it is more than its columns. */
  readonly copy?: (row: Row) => Copy;
  readonly areBytesFrozen?: () => boolean;
  /** What the rows are called; "rows" without it. */
  readonly title?: string;
};

/** A page of one list: the way to it, what is known in words, then its rows. */
export function drawPage<Row>(
  { clusters, look, screen, size, view }: FrameInput,
  texts: readonly DetailText[] | ((selected: Row | undefined) => readonly DetailText[]),
  plainList: List<Row>,
  meaning: Meaning<Row>,
): Body {
  const { columns } = size;
  const list: List<Row> = { ...plainList, isMarked: (row) => hasMark(screen.marks, meaning.mark(row)) };
  const told = typeof texts === "function" ? texts(selectedRow(list, topLevel(screen))) : texts;
  const words = told.flatMap(({ isLine, maxLines, text, tone }) =>
    (isLine === true ? [text] : wrapText(text, columns - 2, maxLines, look)).map((line) =>
      paintLine([span("  "), span(line, tone)], columns, look),
    ),
  );
  const room = Math.max(1, size.rows - 6);
  const above = [pathLine(view, shownName(view, clusters), screen, columns, look), ...words.slice(0, room)];
  const height = Math.max(1, size.rows - 1 - above.length - 2);
  const drawn: DrawnList<Row> = drawList(list, topLevel(screen), true, { columns, height }, look);
  const frozen = drawn.own === undefined ? "" : frozenNote(drawn.own, () => meaning.areBytesFrozen?.() === true);
  const selected = drawn.selectedRow;
  const row = selected === undefined ? undefined : meaning.mark(selected);
  return {
    lines: [
      ...above,
      ruleLine(`${meaning.title ?? "rows"}${placeText(drawn)}${frozen}`, true, columns, look),
      ...drawn.lines,
    ],
    sight: {
      panes: ["rows"],
      ids: drawn.ids,
      height,
      columns: drawn.sortColumns,
      tables: { rows: drawn.own },
      helpLines: 0,
      labels: labelNames(view),
      target: selected === undefined ? undefined : meaning.target(selected),
      row,
      copy: selected !== undefined && meaning.copy ? meaning.copy(selected) : copyRow(drawn.selectedText, row),
      scope: meaning.scope(row),
      dialog: undefined,
      map: [...besideSpots({ pane: "rows", ids: drawn.ids }, above.length + 1), ...listSpots("rows", drawn)],
    },
    screen: settleAll(screen, [{ pane: "rows", ...drawn }]),
    list: { shown: drawn.ids.length, total: drawn.total, filterNote: drawn.filterNote },
  };
}

/** The way in, "k8s-de1 > master-2 > node07", and the fleet's severity, which is never out of sight. */
function pathLine(view: FleetView, cluster: string, screen: Screen, columns: number, look: Look): string {
  const step = look.glyphs.utf8 ? " › " : " > ";
  const names = screen.stack.map(({ place }) => (place.kind === "fleet" ? cluster : placeName(view, place)));
  return paintEnds(
    [
      badgeSpan(names[0] ?? "", look.badge),
      span(
        names
          .slice(1)
          .map((name) => step + name)
          .join(""),
      ),
    ],
    [span(`${look.glyphs.severity[view.severity]} ${view.severity}`, severityTone(view.severity))],
    columns,
    look,
  );
}

function placeName(view: FleetView, place: Place): string {
  if (!("id" in place)) return place.kind;
  if (place.kind !== "problem") return place.id;
  return knowProblems(view).find(({ id }) => id === place.id)?.kind ?? "problem";
}
