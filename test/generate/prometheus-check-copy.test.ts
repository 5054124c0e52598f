import { describe, expect, it } from "vitest";
import { prometheusCheckCopy } from "../../src/generate/prometheus-check-copy.ts";

const rules = { path: "prometheus/k3s-lb.rules.yml", text: "groups: []\n", check: "promtool-rules" } as const;
const config = (text: string) => ({ path: "prometheus/prometheus.yml", text, check: "promtool-config" }) as const;

describe("prometheusCheckCopy", () => {
  it("leaves files without a configuration as they are", () => {
    expect(prometheusCheckCopy([rules])).toEqual([rules]);
  });

  it("lets files of the server be files of the check, and rules those beside it", () => {
    const text = `rule_files:
  - /etc/prometheus/rules/k3s-lb.rules.yml
  - /etc/prometheus/others.yml
scrape_configs:
  - basic_auth:
      password_file: /etc/prometheus/k3s-lb.password
    tls_config:
      ca_file: "/etc/prometheus/ca.pem"
    metrics_path: /metrics
`;
    const [copy, ...others] = prometheusCheckCopy([config(text), rules]);
    expect(copy?.text).toBe(`rule_files:
  - k3s-lb.rules.yml
  - /etc/prometheus/others.yml
scrape_configs:
  - basic_auth:
      password_file: stands-for-a-file-of-the-server
    tls_config:
      ca_file: stands-for-a-file-of-the-server
    metrics_path: /metrics
`);
    expect(others).toEqual([
      rules,
      { path: "prometheus/stands-for-a-file-of-the-server", text: "x\n", check: undefined },
    ]);
  });
});
