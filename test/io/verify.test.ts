import { describe, expect, it } from "vitest";
import type { CheckVerdict } from "../../src/io/check-verdict.ts";
import { type HaproxyVerdict, verifyHaproxy } from "../../src/io/verify-haproxy.ts";
import { verifyNft } from "../../src/io/verify-nft.ts";
import { verifyPromtool } from "../../src/io/verify-promtool.ts";
import { skipsWithout } from "../support/real-program.ts";

const env = { PATH: process.env["PATH"] ?? "", K3S_LB_PASSWORD: "of-the-user" };

/** What was said, or how it was found. */
const words = (verdict: CheckVerdict | HaproxyVerdict): string =>
  verdict.kind === "unsound" ? `${verdict.program}: ${verdict.lines.join("\n")}` : verdict.kind;

describe.skipIf(skipsWithout("files are not checked by the real haproxy", "haproxy", "openssl"))(
  "verifyHaproxy",
  () => {
    const ask = (text: string, { major = 2, needsPem = false } = {}) =>
      verifyHaproxy(
        {
          files: [{ name: "haproxy.cfg", localText: ({ pem }) => text.replace("PEM", pem) }],
          needsPem,
          version: { major, minor: 4 },
        },
        env,
      );

    /** Without one HAProxy would not start, which is a refusal too. */
    const listener = "frontend f\n  mode tcp\n  timeout client 5s\n  bind 127.0.0.1:1\n";

    it("accepts what HAProxy accepts, with the certificate that it made for the check", async () => {
      const text = "defaults\n  timeout client 5s\nfrontend f\n  mode tcp\n  bind 127.0.0.1:1 ssl crt PEM\n";
      expect(words(await ask(text, { needsPem: true }))).toBe("sound");
    });

    it("refuses what HAProxy refuses, with its words and the line, and without paths of this machine", async () => {
      const said = words(await ask("global\n  no-such-keyword\n"));
      expect(said).toMatch(/^haproxy: \[ALERT\] config : parsing \[haproxy\.cfg:2\].*no-such-keyword/);
      expect(said).not.toContain("/tmp");
      expect(said).not.toMatch(/\(\d+\)/);
    });

    it("knows that an older HAProxy cannot tell", async () => {
      expect(await ask("global\n  no-such-keyword\n", { major: 99 })).toMatchObject({ kind: "too-old" });
      expect(words(await ask(listener, { major: 99 }))).toBe("sound");
    });

    it("gives the program no variable of the user's, and a password of its own", async () => {
      const whether = (name: string) => `${listener}  .if defined(${name})\n  .alert "${name} is there"\n  .endif\n`;
      expect(words(await ask(whether("K3S_LB_PASSWORD")))).toBe("sound");
      expect(words(await ask(whether("K3S_LB_STATS_PASSWORD")))).toContain("K3S_LB_STATS_PASSWORD is there");
    });
  },
);

describe.skipIf(skipsWithout("files are not checked by the real promtool", "promtool"))("verifyPromtool", () => {
  const rules = (expression: string) => ({
    path: "prometheus/rules.yml",
    text: `groups: [{ name: g, rules: [{ alert: Down, expr: "${expression}" }] }]\n`,
  });
  const tests = {
    path: "prometheus/rules.test.yml",
    text: `rule_files: [rules.yml]
tests:
  - input_series: [{ series: "up", values: "0 0" }]
    alert_rule_test: [{ eval_time: 1m, alertname: Down, exp_alerts: [{}] }]
`,
  };
  const config = { path: "prometheus/prometheus.yml", text: "rule_files: [rules.yml]\n" };
  const checks = [
    { path: config.path, as: "config" },
    { path: "prometheus/rules.yml", as: "rules" },
    { path: tests.path, as: "tests" },
  ] as const;

  it("accepts a configuration, rules and their tests, as they lie beside one another", async () => {
    expect(words(await verifyPromtool([config, rules("up == 0"), tests], checks, env))).toBe("sound");
  });

  it("refuses rules that cannot be read, and rules that fail their tests", async () => {
    expect(words(await verifyPromtool([config, rules("up =="), tests], checks, env))).toMatch(
      /^promtool: (?:.|\n)*parse error/,
    );
    expect(words(await verifyPromtool([config, rules("up == 1"), tests], checks, env))).toMatch(
      /^promtool: (?:.|\n)*FAILED/,
    );
  });
});

describe.skipIf(skipsWithout("files are not checked by the real nft", "nft"))("verifyNft", () => {
  it("tells sound rules from others where the kernel lets it, and else that it cannot", async () => {
    const file = (text: string) => ({ path: "rules.nft", text });
    const sound = await verifyNft(file("table inet k3s_lb_test { }\n"), env);
    const unsound = await verifyNft(file("table inet k3s_lb_test { nonsense }\n"), env);
    if (sound.kind === "unchecked") expect(sound.why).toBe("nft checks rules for root only");
    else expect(sound.kind).toBe("sound");
    expect(words(unsound)).toMatch(/^nft: rules\.nft:1:\d+-\d+: Error: syntax error|^unchecked$/);
  });
});
