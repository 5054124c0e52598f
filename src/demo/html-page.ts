import type { EmbeddedHaproxy } from "./embedded-haproxy.ts";
import type { StatsPageRow } from "./stats-rows.ts";

/**
 * The page for browsers: the same rows as a plain table. HAProxy's own is 24 KB of styled forms; who reads the CSV
 * only needs to see that this is not it.
 */
export function htmlPage(haproxy: EmbeddedHaproxy, rows: readonly StatsPageRow[]): string {
  const lines = rows.map((row) => {
    const cells = [
      row.proxy,
      row.name,
      row.values["status"] ?? "",
      row.values["scur"] ?? "",
      row.values["last_chk"] ?? "",
    ];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(String(cell))}</td>`).join("")}</tr>`;
  });
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"
"http://www.w3.org/TR/html4/loose.dtd">
<html><head><title>Statistics Report for HAProxy on ${haproxy.settings.nodeName}</title></head>
<body><h1>HAProxy</h1><h2>Statistics Report on ${haproxy.settings.nodeName} (embedded, of k3s-lb demo)</h2>
<table border="1"><tr><th>proxy</th><th>name</th><th>status</th><th>sessions</th><th>last check</th></tr>
${lines.join("\n")}
</table></body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
