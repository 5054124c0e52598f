import { describe, expect, it } from "vitest";
import { lint } from "../../src/lint/lint.ts";
import { changed, cleanCfg, findingsOf, found } from "../support/lint.ts";

describe("LB020 and LB055, global", () => {
  it.each([
    [" level admin", "", "LB020 global: the stats socket has level operator, the default"],
    ["level admin", "level user", "LB020 global: the stats socket has level user"],
    [/ {2}stats socket.*\n/, "", "LB020 global: no stats socket"],
    [/ {2}node.*\n/, "", "LB055 global: no node"],
  ])("misses what %s was", (from, to, words) => {
    expect(found(changed(from, to))).toEqual([words]);
  });

  it("is content with one socket of several that takes orders, also in a second global", () => {
    const text = changed(" level admin", "").concat("\nglobal\n  stats socket /run/b.sock level admin\n");
    expect(found(text)).toEqual([]);
  });

  it("keeps the socket's own path in the line to write", () => {
    expect(findingsOf(changed("/run/haproxy/admin.sock mode 660 level admin", "/x.sock"))[0]?.fix).toBe(
      "stats socket /x.sock mode 660 level admin",
    );
  });
});

describe("LB052, the state file", () => {
  it.each([
    [/ {2}server-state-file.*\n/, "", "no server-state-file in global"],
    [/ {2}load-server-state.*\n/, "", "no load-server-state-from-file global here"],
    ["from-file global", "from-file none", "no load-server-state-from-file global here"],
  ])("misses what %s was", (from, to, words) => {
    expect(found(changed(from, to))).toEqual([`LB052 backend masters: ${words}`]);
  });

  it("lets a file of the backend's own be, and asks defaults too", () => {
    expect(found(changed("from-file global", "from-file local"))).toEqual([]);
    const inherited = changed(/ {2}load-server-state.*\n/, "").replace(
      "  mode tcp\n",
      "  mode tcp\n  load-server-state-from-file global\n",
    );
    expect(found(inherited)).toEqual([]);
  });
});

describe("a part of a configuration", () => {
  it("is not judged by what global would have, and that is said", () => {
    const text = cleanCfg.slice(cleanCfg.indexOf("defaults"));
    const { findings, remarks } = lint([{ file: "a", text }], {
      fleet: undefined,
      version: undefined,
      caAtHand: undefined,
    });
    expect(findings).toEqual([]);
    expect(remarks).toEqual(["no section global here: LB020, LB052 and LB055 could not be judged"]);
  });

  it("without a backend of masters is not held to what they need, and that is said", () => {
    const text = `global
  ssl-default-bind-ciphers ECDHE-RSA-AES128-GCM-SHA256
defaults
  mode http
listen stats
  bind :8404
  stats enable
  stats auth "ops:\${P}"
frontend www
  bind :80
  default_backend app
backend app
  server a 10.0.0.1:8080 check
`;
    expect(lint([{ file: "a", text }], { fleet: undefined, version: undefined, caAtHand: undefined })).toEqual({
      findings: [],
      remarks: [
        expect.stringContaining("no backend here leads to Kubernetes masters"),
        "global was not held to what such a backend needs; where it is in another file, name both files",
      ],
    });
  });

  it("without a backend of masters still tells a page of statistics that is open", () => {
    const text = "listen stats\n mode http\n bind :1936\n stats admin if TRUE\n";
    expect(findingsOf(text).map(({ id }) => id)).toEqual(["LB024", "LB021"]);
  });
});

describe("several files", () => {
  it("are one configuration, with findings in the order of the files and lines", () => {
    const cut = cleanCfg.indexOf("listen stats");
    const sources = [
      { file: "z.cfg", text: cleanCfg.slice(0, cut).replace("  node node01\n", "") },
      {
        file: "a.cfg",
        text: cleanCfg.slice(cut).replace("  option contstats\n", "").replace("  timeout tunnel 24h\n", ""),
      },
    ];
    const { findings } = lint(sources, { fleet: undefined, version: undefined, caAtHand: undefined });
    expect(findings.map(({ file, line, id, text }) => `${file}:${line} ${id} ${text}`)).toEqual([
      "z.cfg:1 LB055 no node",
      "a.cfg:11 LB013 no option contstats",
      "a.cfg:17 LB010 no timeout tunnel, and timeout server (z.cfg:11) cuts a session that is silent for 50 s",
    ]);
  });
});

describe("LB001, lines that cannot be read", () => {
  it("tells the place and nothing of the line", () => {
    const text = changed("  stats enable\n", "  stats enable\n  stats auth admin:it's-s3cret\n");
    const [finding] = findingsOf(text);
    expect(finding).toMatchObject({
      id: "LB001",
      line: 22,
      section: "listen stats",
      text: "a quote is not closed (column 22)",
    });
    expect(JSON.stringify(findingsOf(text))).not.toContain("s3cret");
  });

  it("counts a file that ends in the middle of a line", () => {
    expect(found(`${cleanCfg}  # end`)).toEqual([
      "LB001 backend masters: the last line has no line end: HAProxy takes the file for a cut one",
    ]);
  });
});

describe("a comment that allows", () => {
  const without = changed("  option contstats\n", "");
  const allowed = (text: string) => findingsOf(text).map((finding) => finding.allowed);

  it.each([
    ["in the section", without.replace("  option tcplog\n", "  option tcplog # k3s-lb: allow LB013 nobody reads it\n")],
    [
      "right above its header",
      without.replace("frontend api\n", "# k3s-lb: allow LB011, LB013: nobody reads it\nfrontend api\n"),
    ],
    [
      "in the defaults of the section",
      without.replace("  mode tcp\n", "  # K3S-LB: allow LB013 nobody reads it\n  mode tcp\n"),
    ],
  ])("%s keeps the finding with its reason", (_, text) => {
    expect(allowed(text)).toEqual(["nobody reads it"]);
  });

  it.each([
    ["of another section", without.replace("\nbackend masters\n", "\nbackend masters\n  # k3s-lb: allow LB013 x\n")],
    ["of another rule", without.replace("  option tcplog\n", "  option tcplog # k3s-lb: allow LB011 x\n")],
    [
      "above the header, with a line between",
      without.replace("frontend api\n", "# k3s-lb: allow LB013 x\n\nfrontend api\n"),
    ],
    ["that is none", without.replace("  option tcplog\n", "  option tcplog # allow LB013\n")],
  ])("%s allows nothing", (_, text) => {
    expect(allowed(text)).toEqual([undefined]);
  });

  it("counts in any section that has a part in the finding", () => {
    const text = changed(/ {2}server-state-file.*\n/, "  # k3s-lb: allow LB052\n");
    expect(allowed(text)).toEqual([""]);
  });
});

describe("a hostile file", () => {
  it("is judged in a moment: as many proxies as fit, as many unreadable lines", () => {
    const many = (line: (at: number) => string) => Array.from({ length: 40_000 }, (_, at) => line(at)).join("");
    const context = { fleet: undefined, version: undefined, caAtHand: undefined };
    const proxies = many(
      (at) => `backend b${at}\n server a h:6443\nfrontend f${at}\n default_backend b${at}\n bind *:1\n`,
    );
    expect(lint([{ file: "a", text: proxies }], context).findings.length).toBeGreaterThan(1000);
    const { findings } = lint([{ file: "a", text: `global\n${many(() => " '\n")}` }], context);
    expect(findings.filter(({ id }) => id === "LB001")).toHaveLength(51);
    expect(findings.at(-1)?.text).toBe("39950 more of the kind from here on");
  });
});
