import type { Fleet } from "../domain/inventory.ts";
import { stepSeconds } from "./prometheus-scene.ts";
import { type Scene, scenesOf } from "./prometheus-scenes.ts";
import { yamlText } from "./yaml-text.ts";

/**
 * Unit tests of the rules for `promtool test rules`: in every scene, which alerts fire at which time, and that no other
 * does.
 * Shape: alerts are counted by name and severity through the series ALERTS, as promtool's own form would want every
 * expanded annotation repeated.
 */
export function ruleTestsText(fleet: Fleet): string {
  return yamlText(
    {
      rule_files: ["k3s-lb.rules.yml"],
      evaluation_interval: `${stepSeconds}s`,
      tests: scenesOf(fleet).map(testOf),
    },
    ["Made by k3s-lb generate prometheus from the fleet file. Run: promtool test rules k3s-lb.rules.test.yml"],
  );
}

function testOf({ title, series, looks, records }: Scene): Record<string, unknown> {
  return {
    name: title,
    interval: `${stepSeconds}s`,
    input_series: series,
    promql_expr_test: [
      ...looks.map(({ at, firing }) => ({
        expr: 'count by (alertname, severity) (ALERTS{alertstate="firing"})',
        eval_time: at,
        exp_samples: Object.entries(firing).map(([alert, value]) => {
          const [name, severity] = alert.split("/");
          return { labels: `{alertname="${name}",severity="${severity}"}`, value };
        }),
      })),
      ...(records ?? []).map(({ at, expr, value }) => ({
        expr: `sum(${expr})`,
        eval_time: at,
        exp_samples: [{ labels: "{}", value }],
      })),
    ],
  };
}
