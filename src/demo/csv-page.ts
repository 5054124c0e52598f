import { type ColumnLayout, columnLayout, type RowKind } from "./columns.ts";
import type { HaproxyVersion } from "./haproxy-version.ts";
import type { StatsPageRow } from "./stats-rows.ts";

/** Writes rows as one version of HAProxy does; made once per version, as it keeps what never changes in a row. */
export type CsvWriter = (rows: readonly StatsPageRow[]) => string;

/** A row's text cut at the columns that move: constant, column, constant, column … constant. */
type RowTemplate = { readonly constants: readonly string[]; readonly columns: readonly string[] };

/**
 * Makes the CSV writer of a version.
 * Shape: "# " and the header, then the rows; every line ends in a comma and a line feed. Text is one character a byte.
 */
export function createCsvWriter(version: HaproxyVersion): CsvWriter {
  const layout = columnLayout(version);
  const header = `# ${layout.names.join(",")},\n`;
  const templates = new Map<RowKind, RowTemplate>();
  return (rows) => {
    let page = header;
    for (const row of rows) {
      let template = templates.get(row.kind);
      if (template === undefined) {
        template = createTemplate(layout, row);
        templates.set(row.kind, template);
      }
      page += template.constants[0] ?? "";
      for (let i = 0; i < template.columns.length; i++) {
        page += quote(row.values[template.columns[i] ?? ""] ?? "") + (template.constants[i + 1] ?? "");
      }
    }
    return page;
  };
}

function createTemplate(layout: ColumnLayout, row: StatsPageRow): RowTemplate {
  const constants: string[] = [];
  const columns: string[] = [];
  let text = "";
  for (const name of layout.names) {
    if (Object.hasOwn(row.values, name)) {
      constants.push(text);
      columns.push(name);
      text = ",";
    } else text += `${layout.atRest[row.kind].get(name) ?? ""},`;
  }
  constants.push(`${text}\n`);
  return { constants, columns };
}

/** HAProxy quotes a field only when it has to, and drops the blanks at its end. */
function quote(value: string | number): string | number {
  if (typeof value === "number") return value;
  const text = value.trimEnd();
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
