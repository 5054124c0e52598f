import { describe, expect, it } from "vitest";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { formatLintTable } from "../../src/output/lint-table.ts";
import type { Style } from "../../src/output/style.ts";
import { changed, cleanCfg, findingsOf } from "../support/lint.ts";

const plain: Style = { colour: false, glyphs: UTF8_GLYPHS, columns: undefined, headers: true, expect: 401 };
const text = changed("  timeout tunnel 24h\n", "").replace(" level admin", "").replace("  option tcplog\n", "");

describe("formatLintTable", () => {
  it("says of each finding where it is, why it hurts and what to write, and counts", () => {
    expect(formatLintTable(findingsOf(text), plain)).toMatchInlineSnapshot(`
      "haproxy.cfg:2 warning LB020 the stats socket has level operator, the default
          the socket, which still works when the stats page does not, can show but takes no drain and no maintenance
        → stats socket /run/haproxy/admin.sock mode 660 level admin
      haproxy.cfg:28 note LB014 no option tcplog
          the log says nothing of which master a connection went to, how long it took and who ended it
        → option tcplog
      haproxy.cfg:34 error LB010 no timeout tunnel, and timeout server (line 12) cuts a session that is silent for 50 s
          watches, kubectl exec and the agents' tunnels are silent for longer; each cut breaks one and logs no error
        → timeout tunnel 24h
      1 error, 1 warning, 1 note
      "
    `);
  });

  it("breaks lines where the terminal ends, and keeps the place and the id together", () => {
    const lines = formatLintTable(findingsOf(text), { ...plain, columns: 60 }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines.filter((line) => /^haproxy\.cfg:\d+ \w+ LB\d{3} /.test(line))).toHaveLength(3);
  });

  it("paints the severity by its tone, beside the word that says the same", () => {
    const painted = formatLintTable(findingsOf(text), { ...plain, colour: true });
    expect(painted).toContain("haproxy.cfg:2\u001b[33m warning LB020 \u001b[0mthe stats socket");
    expect(painted).toContain("\u001b[1;31m error LB010 \u001b[0m");
  });

  it("leaves out what a comment allows, and counts it", () => {
    const allowed = cleanCfg.replace("  option tcplog\n", "  # k3s-lb: allow LB014 x\n");
    expect(formatLintTable(findingsOf(allowed), plain)).toBe("no findings; 1 allowed by comments\n");
    expect(formatLintTable([], plain)).toBe("no findings\n");
  });
});
