import type { FleetView } from "../domain/view.ts";
import { severityTone, type Tone } from "../output/tone.ts";
import { type ClusterRow, clusterRank } from "./clusters.ts";
import type { DetailText } from "./detail-text.ts";
import type { List } from "./list.ts";
import { drawPage } from "./list-page.ts";
import { calmTone } from "./master-columns.ts";
import type { Body, FrameInput } from "./picture.ts";
import { startText } from "./problem-lines.ts";
import { badgeSpan, type Look, type Span, span } from "./spans.ts";
import { byNumber, byText, type Column } from "./table.ts";

const severities = ["CRITICAL", "UNKNOWN", "WARNING", "OK"] as const;

/** The page of clusters: how each of them is, the worst first; Enter goes there. */
export function drawClusters(input: FrameInput): Body {
  const rows = (input.clusters ?? []).toSorted((a, b) => clusterRank(a) - clusterRank(b));
  const list: List<ClusterRow> = {
    pane: "rows",
    rows,
    columns: columnsOf(rows, input.look),
    idOf: ({ name }) => name,
    wordsOf: (row) => [row.name, row.file, stateWord(row), summaryText(row)].join(" "),
  };
  return drawPage(input, (selected) => textsOf(rows, selected), list, {
    target: ({ name }) => ({ kind: "cluster", id: name }),
    mark: () => undefined,
    scope: () => undefined,
    copy: (row) => ({
      row: `${row.name}: ${stateWord(row)}, ${summaryText(row)}`,
      command: `k3s-lb status${row.scope}`,
      isWhole: true,
    }),
    title: "clusters",
  });
}

function columnsOf(rows: readonly ClusterRow[], look: Look): readonly Column<ClusterRow>[] {
  const width = Math.min(26, Math.max(8, ...rows.map(({ name }) => name.length + 2)));
  const number = (id: string, title: string, drop: number, count: (view: FleetView) => number): Column<ClusterRow> => ({
    ...{ id, title, align: "right", width: Math.max(title.length, 5), drop },
    cell: ({ state }) => span(isKnown(state) ? String(count(state.view)) : "-"),
    order: byNumber(({ state }) => (isKnown(state) ? count(state.view) : undefined)),
  });
  return [
    {
      ...{ id: "cluster", title: " CLUSTER", width, drop: 0 },
      cell: ({ name, state }) =>
        state.kind === "open" && state.color !== undefined ? badgeSpan(name, state.color) : span(` ${name}`),
      order: byText(({ name }) => name),
    },
    {
      ...{ id: "severity", title: "SEVERITY", width: 11, drop: 0 },
      cell: (row) => severitySpan(row, look),
      order: (a, b) => clusterRank(a) - clusterRank(b),
    },
    number("nodes", "NODES", 2, ({ nodes }) => nodes.length),
    number("fresh", "FRESH", 3, ({ nodes }) => nodes.filter(({ state }) => state === "fresh").length),
    number("masters", "MASTERS", 4, ({ masters }) => masters.length),
    number("problems", "PROBLEMS", 5, ({ problems }) => problems.filter(({ severity }) => severity !== "OK").length),
    { id: "summary", title: "", width: 20, drop: 0, grow: true, cell: (row) => span(summaryText(row)) },
  ];
}

/** A cluster whose nodes have begun to answer. */
function isKnown(state: ClusterRow["state"]): state is Extract<ClusterRow["state"], { kind: "open" }> {
  return state.kind === "open" && startText(state.view) === undefined;
}

function stateWord({ state }: ClusterRow): string {
  if (state.kind !== "open") return state.kind === "closed" ? "not polled" : state.kind;
  return isKnown(state) ? state.view.severity : "polling";
}

function severitySpan(row: ClusterRow, { glyphs }: Look): Span {
  const word = stateWord(row);
  if (!isKnown(row.state)) return span(word, row.state.kind === "failed" ? "warn" : "muted");
  const { severity } = row.state.view;
  return span(`${glyphs.severity[severity]} ${word}`, calmTone(severityTone(severity)));
}

function summaryText({ file, state }: ClusterRow): string {
  switch (state.kind) {
    case "closed":
      return file;
    case "opening":
      return `opening ${file}`;
    case "failed":
      return state.text;
    case "open":
      return startText(state.view) ?? state.view.summary;
  }
}

/** How many there are of each severity, in words; the selected one in full; and where further ones would be found. */
function textsOf(rows: readonly ClusterRow[], selected: ClusterRow | undefined): readonly DetailText[] {
  const counts = severities.flatMap((severity): { readonly text: string; readonly tone: Tone }[] => {
    const count = rows.filter(({ state }) => isKnown(state) && state.view.severity === severity).length;
    return count === 0 ? [] : [{ text: `${count} ${severity}`, tone: calmTone(severityTone(severity)) }];
  });
  const unseen = rows.filter(({ state }) => !isKnown(state)).length;
  const text = [...counts.map(({ text: words }) => words), ...(unseen === 0 ? [] : [`${unseen} not known`])].join(", ");
  const clusters = `${rows.length} cluster${rows.length === 1 ? "" : "s"}`;
  const only =
    "Others are found as fleet files in ~/.config/k3s-lb/clusters, such as de1.yaml; k3s-lb top -A polls them all.";
  return [
    { text: `${clusters}: ${text}`, tone: counts[0]?.tone ?? "plain", maxLines: 1 },
    ...(selected === undefined || rows.length === 1
      ? []
      : [{ text: `${selected.name}: ${summaryText(selected)}`, tone: "plain" as const, maxLines: 3 }]),
    ...(rows.length === 1 ? [{ text: only, tone: "muted" as const, maxLines: 2 }] : []),
  ];
}
