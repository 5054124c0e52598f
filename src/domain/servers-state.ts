import type { StatsRow } from "./stats.ts";
import { cleanText } from "./text.ts";

/**
 * The admin state of one server line as HAProxy keeps it, apart from its health. A forced flag was set by an order,
 * an inherited one comes from a tracked server, a configured one from the word `disabled`.
 */
export type AdminBits = {
  readonly backend: string;
  readonly server: string;
  readonly forcedMaint: boolean;
  readonly inheritedMaint: boolean;
  readonly configuredMaint: boolean;
  readonly forcedDrain: boolean;
  readonly inheritedDrain: boolean;
};

/**
 * Reads the answer to `show servers state`.
 * Shape: `undefined` for anything else; lines that are not whole are left out. Columns are found by their names.
 * Source: haproxy-facts §6; HAProxy doc/management.txt, "show servers state", srv_admin_state.
 */
export function parseServersState(text: string): readonly AdminBits[] | undefined {
  const [version, header, ...lines] = text.split("\n");
  if (version?.trim() !== "1" || header?.startsWith("# ") !== true) return undefined;
  const names = header.slice(2).trim().split(" ");
  const [backend, server, state] = ["be_name", "srv_name", "srv_admin_state"].map((name) => names.indexOf(name));
  if (backend === undefined || server === undefined || state === undefined) return undefined;
  if (Math.min(backend, server, state) < 0) return undefined;
  return lines.flatMap((line) => {
    const cells = line.trim().split(" ");
    const bits = Number(cells[state] ?? "");
    const [be, srv] = [cells[backend], cells[server]];
    if (be === undefined || srv === undefined || cells.length < names.length || !Number.isInteger(bits)) return [];
    const has = (bit: number) => (bits & bit) !== 0;
    return [
      {
        backend: cleanText(be),
        server: cleanText(srv),
        forcedMaint: has(1),
        inheritedMaint: has(2),
        configuredMaint: has(4),
        forcedDrain: has(8),
        inheritedDrain: has(16),
      },
    ];
  });
}

/**
 * The rows with their admin state where the status column hides it ("DOWN" says nothing of a drain underneath): the
 * text and the health stay, only an unknown `admin` is replaced.
 */
export function revealAdmin(rows: readonly StatsRow[], bits: readonly AdminBits[]): readonly StatsRow[] {
  const known = new Map(bits.map((one) => [`${one.backend}/${one.server}`, one]));
  return rows.map((row) => {
    const one =
      row.type === "server" && row.status.admin === "unknown" ? known.get(`${row.proxy}/${row.name}`) : undefined;
    return one === undefined ? row : { ...row, status: { ...row.status, admin: adminOf(one) } };
  });
}

function adminOf(bits: AdminBits): "ready" | "drain" | "maint" {
  if (bits.forcedMaint || bits.inheritedMaint || bits.configuredMaint) return "maint";
  return bits.forcedDrain || bits.inheritedDrain ? "drain" : "ready";
}
