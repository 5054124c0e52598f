import type { Fleet } from "../domain/inventory.ts";
import { alertRules } from "./prometheus-alerts.ts";
import { recordingRules } from "./prometheus-records.ts";
import { yamlText } from "./yaml-text.ts";

/** How often the rules are evaluated. Units: Prometheus' duration. */
const evaluationInterval = "15s";

/** The rules file. One group, so that Prometheus evaluates the rules in their order. */
export function rulesText(fleet: Fleet): string {
  const records = recordingRules(fleet).map(({ record, expr, about }) => ({ "#": about, record, expr }));
  const alerts = alertRules(fleet).map(({ alert, expr, holds, severity, summary, description, whatToDo }) => ({
    alert,
    expr,
    ...(holds === "0s" ? {} : { for: holds }),
    labels: { severity },
    annotations: { summary, description, what_to_do: whatToDo },
  }));
  return yamlText({ groups: [{ name: "k3s-lb", interval: evaluationInterval, rules: [...records, ...alerts] }] }, [
    "Made by k3s-lb generate prometheus from the fleet file: make it anew when masters or the backend change.",
    "Needs the labels cluster and node, as k3s-lb.targets.json gives them, and the job k3s-lb.",
    "Tested by: promtool test rules k3s-lb.rules.test.yml",
  ]);
}
