/** One family of gauges in the Prometheus text format. */
export type GaugeFamily = {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly GaugeSample[];
};

/** A sample whose value is not known is left out, as NaN would make every sum NaN. */
export type GaugeSample = {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | undefined;
};

/**
 * The text of these families; one without a known value is left out whole.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function prometheusText(families: readonly GaugeFamily[]): string {
  return families.map(familyText).join("");
}

function familyText({ name, help, samples }: GaugeFamily): string {
  const lines = samples.flatMap(({ labels, value }) =>
    value === undefined ? [] : [`${name}${labelText(labels)} ${value}\n`],
  );
  if (lines.length === 0) return "";
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeLabel(value: string): string {
  return value.replace(/[\\"\n]/g, (char) => (char === "\n" ? "\\n" : `\\${char}`));
}

function escapeHelp(text: string): string {
  return text.replace(/[\\\n]/g, (char) => (char === "\n" ? "\\n" : "\\\\"));
}
