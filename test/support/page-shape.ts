/** A stats page as text, cut into cells: the header's names, and each row by them. One character a byte. */
export type CsvPage = {
  readonly names: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
};

/** Reads a page by its own means, so that a test of the embedded HAProxy does not lean on the console's parser. */
export function readCsv(text: string): CsvPage {
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const names = header.replace(/^# /, "").replace(/,$/, "").split(",");
  return {
    names,
    rows: lines.map((line) => {
      const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell = ""]) =>
        cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
      );
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]));
    }),
  };
}

// What stands in these columns follows from the configuration and the situation; every other one counts something.
const stable = new Set(
  (
    "pxname svname status weight act bck qlimit pid iid sid throttle tracked type rate_lim check_status check_code " +
    "last_chk last_agt agent_status agent_code agent_duration check_desc agent_desc check_rise check_fall check_health " +
    "agent_rise agent_fall agent_health addr cookie mode algo uweight - srid proto (null)"
  ).split(" "),
);

/**
 * A page without what only time and traffic decide: the stable columns as they are, of every other one only whether
 * it is filled. Two pages of one version in one situation have the same shape, whoever serves them.
 */
export function shapeOf(text: string): readonly string[] {
  const { names, rows } = readCsv(text);
  return rows.map((row) =>
    names
      .map((name) => [name, row[name] ?? ""] as const)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => (stable.has(name) ? `${name}=${value}` : name))
      .join(" "),
  );
}

/**
 * The same for /metrics: every line with its labels, the value only where it says a state or a code, and never of the
 * process, which is a machine's and a build's own. Help texts were mended between versions and are left out.
 */
export function shapeOfMetrics(text: string): readonly string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      if (line.startsWith("# HELP")) return line.split(" ", 3).join(" ");
      if (line.startsWith("haproxy_process_")) return line.replace(/ \S+$/, "");
      if (line.startsWith("#") || /_status\{|_check_code\{|_weight\{|_servers\{|NaN$/.test(line)) return line;
      return line.replace(/ \S+$/, "");
    });
}
