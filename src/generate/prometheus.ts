import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { scrapeJobs } from "./prometheus-jobs.ts";
import { ruleTestsText } from "./prometheus-rule-tests.ts";
import { rulesText } from "./prometheus-rules.ts";
import { scrapeText } from "./prometheus-scrape.ts";

/**
 * Everything for a Prometheus that watches the fleet: what to scrape, recording rules, alerts, and tests of both.
 * Shape: the files belong into one folder. The targets are a file each job, one job unless nodes have credentials of
 * their own. No secret is in any of them.
 * Errors: `UserError` where labels of a node cannot be told apart in Prometheus.
 */
export function generatePrometheus({ fleet }: GenerateInput): readonly GeneratedFile[] {
  const jobs = scrapeJobs(fleet);
  return [
    {
      path: "prometheus/k3s-lb.scrape.yml",
      text: scrapeText(fleet, jobs),
      check: "promtool-config",
      comment: "#",
    },
    ...jobs.map(
      ({ name, targets }): GeneratedFile => ({
        path: `prometheus/${name}.targets.json`,
        text: `${JSON.stringify(targets, undefined, 2)}\n`,
        check: undefined,
        comment: undefined,
      }),
    ),
    { path: "prometheus/k3s-lb.rules.yml", text: rulesText(fleet), check: "promtool-rules", comment: "#" },
    { path: "prometheus/k3s-lb.rules.test.yml", text: ruleTestsText(fleet), check: "promtool-tests", comment: "#" },
  ];
}
