import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMetrics } from "../../src/domain/metrics.ts";
import { createStatsParser } from "../../src/domain/stats-csv.ts";
import { cleanText } from "../../src/domain/text.ts";
import { obeyed, textsIn } from "../support/captured.ts";

/** A cell as HAProxy writes it (haproxy-facts §3): quoted only where it must be, quotes doubled, no line ends inside. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""').replaceAll("\r", "").replaceAll("\n", " ")}"` : text;
}

const name = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,30}$/);
const freeText = fc.string({ unit: "binary", maxLength: 127 });
const count = fc.option(fc.nat(), { nil: undefined });
const row = fc.record({ proxy: name, server: name, text: freeText, sessions: count, bytes: count, odd: freeText });

// Orders and strangers as newer versions bring them.
const columns = ["proxy", "server", "text", "sessions", "bytes", "odd", "type", "status"] as const;
const titles: Readonly<Record<(typeof columns)[number], string>> = {
  proxy: "pxname",
  server: "svname",
  text: "last_chk",
  sessions: "scur",
  bytes: "bout",
  odd: "new_column",
  type: "type",
  status: "status",
};
const orders = fc.shuffledSubarray(columns.slice(1), { minLength: columns.length - 1 });

describe("createStatsParser, whatever HAProxy has to write", () => {
  it("reads back every row, in any order of columns", () => {
    const parse = createStatsParser();
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), orders, (rows, order) => {
        const all = ["proxy", ...order] as const;
        const lines = rows.map((one) => {
          const cells = { ...one, type: 2, status: "UP" };
          return `${all.map((key) => cell(String(cells[key] ?? ""))).join(",")},`;
        });
        const page = `# ${all.map((key) => titles[key]).join(",")},\n${lines.join("\n")}\n`;
        const result = parse(new TextEncoder().encode(page));
        if (!result.ok) throw new Error(result.reason);
        expect(
          result.rows.map((one) => [one.proxy, one.name, one.lastCheckText ?? "", one.sessions, one.bytesOut]),
        ).toEqual(
          rows.map((one) => [
            one.proxy,
            one.server,
            cleanText(one.text.replaceAll("\r", "").replaceAll("\n", " ")),
            one.sessions,
            one.bytes,
          ]),
        );
      }),
    );
  });

  it("survives any bytes behind a header, and gives rows or a reason", () => {
    const parse = createStatsParser();
    const header = new TextEncoder().encode("# pxname,svname,status,type,last_chk,scur,\n");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const result = parse(Uint8Array.of(...header, ...bytes));
        if (result.ok) expect(result.rows.length).toBeGreaterThan(0);
        expect(textsIn(result).filter((text) => obeyed.test(text))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("parseMetrics, whatever comes", () => {
  it("survives any text, and lets no control character through", () => {
    const line = fc.oneof(
      fc.constant("# TYPE haproxy_server_status gauge"),
      fc.constant("# TYPE haproxy_process_build_info gauge"),
      fc.tuple(freeText, freeText).map(([a, b]) => `haproxy_server_status{proxy="${a}",server="${b}",state="UP"} 1`),
      freeText.map((text) => `haproxy_process_build_info{version="${text}"} 1`),
      freeText,
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const result = parseMetrics(new TextEncoder().encode(`${lines.join("\n")}\n`));
        expect(textsIn(result).filter((text) => obeyed.test(text))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
