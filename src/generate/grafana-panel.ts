/**
 * A panel before it has a place. `width` is of 24 columns, `height` in Grafana's rows.
 * Shape: `queries` are PromQL with the dashboard's variables. `table` queries ask for now, others for a time range.
 */
export type Panel = {
  readonly title: string;
  readonly about: string;
  readonly type: "stat" | "table" | "timeseries" | "state-timeline" | "heatmap";
  readonly width: number;
  readonly height: number;
  readonly queries: readonly Query[];
  readonly unit?: string;
  readonly steps?: readonly Step[];
  readonly mappings?: readonly Mapping[];
  readonly stacked?: boolean;
  readonly max?: number;
  readonly transformations?: readonly unknown[];
};

export type Query = { readonly expr: string; readonly legend: string };

/** From this value on, this colour; the first has none. */
export type Step = { readonly value: number | null; readonly color: string };

export type Mapping = { readonly value: number; readonly text: string; readonly color: string };

/** The data source that the dashboard's own variable names. */
export const datasource = { type: "prometheus", uid: "$datasource" } as const;

/** The panel as Grafana keeps it. Source: Grafana 10 and 11, dashboard JSON model. */
export function panelJson(
  panel: Panel,
  id: number,
  gridPos: Readonly<Record<string, number>>,
): Record<string, unknown> {
  const { title, about, type, unit = "short", steps = [{ value: null, color: "green" }], mappings = [], max } = panel;
  const isInstant = type === "stat" || type === "table";
  return {
    id,
    type,
    title,
    description: about,
    gridPos,
    datasource,
    targets: panel.queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource,
      expr,
      legendFormat: legend,
      instant: isInstant,
      range: !isInstant,
      format: type === "table" ? "table" : "time_series",
    })),
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        ...(max === undefined ? {} : { max }),
        color: { mode: type === "timeseries" ? "palette-classic" : "thresholds" },
        thresholds: { mode: "absolute", steps },
        mappings: mappingsJson(mappings),
        custom: customJson(panel),
      },
      overrides: [],
    },
    options: optionsJson(panel),
    transformations: panel.transformations ?? [],
  };
}

function mappingsJson(mappings: readonly Mapping[]): readonly unknown[] {
  if (mappings.length === 0) return [];
  const entries = mappings.map(({ value, text, color }, index) => [String(value), { text, color, index }] as const);
  return [{ type: "value", options: Object.fromEntries(entries) }];
}

function customJson({ type, stacked }: Panel): Record<string, unknown> {
  switch (type) {
    case "timeseries":
      return {
        drawStyle: "line",
        lineWidth: 1,
        fillOpacity: stacked === true ? 40 : 0,
        // A gap in what Prometheus knows stays one: nothing was seen there.
        spanNulls: false,
        stacking: { mode: stacked === true ? "normal" : "none", group: "A" },
      };
    case "table":
      return { align: "auto", cellOptions: { type: "color-text" } };
    case "state-timeline":
      return { fillOpacity: 80, lineWidth: 0, spanNulls: false };
    default:
      return {};
  }
}

function optionsJson({ type }: Panel): Record<string, unknown> {
  switch (type) {
    case "stat":
      return {
        reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
        colorMode: "background",
        graphMode: "none",
        textMode: "auto",
      };
    case "table":
      return { showHeader: true, cellHeight: "sm" };
    case "timeseries":
      return {
        legend: { displayMode: "table", placement: "right", showLegend: true, calcs: ["lastNotNull", "max"] },
        tooltip: { mode: "multi", sort: "desc" },
      };
    case "state-timeline":
      return {
        mergeValues: true,
        showValue: "never",
        rowHeight: 0.9,
        legend: { showLegend: true, placement: "bottom" },
      };
    case "heatmap":
      return {
        calculate: true,
        yAxis: { unit: "s" },
        color: { mode: "scheme", scheme: "Oranges" },
        legend: { show: true },
      };
  }
}
