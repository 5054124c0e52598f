import type { Fleet } from "../domain/inventory.ts";
import { fleetAlerts } from "./prometheus-fleet-alerts.ts";
import { masterAlerts } from "./prometheus-master-alerts.ts";

/**
 * An alert. `kind` is the problem of `status` that it tells of, where there is one; `fires` says in words when it does.
 * Shape: `summary`, `description` and `whatToDo` are templates of Prometheus. Names of nodes and masters reach them as
 * labels, whose values are not read as templates, so that no name can be one.
 */
export type AlertRule = {
  readonly alert: string;
  readonly severity: "critical" | "warning" | "info";
  readonly kind: string | undefined;
  readonly expr: string;
  readonly holds: string;
  readonly fires: string;
  readonly summary: string;
  readonly description: string;
  readonly whatToDo: string;
};

/** Every alert, worst first. All can fire where HAProxy passes TCP: none looks at an HTTP response. */
export function alertRules(fleet: Fleet): readonly AlertRule[] {
  const all = [...fleetAlerts(fleet), ...masterAlerts(fleet)];
  return (["critical", "warning", "info"] as const).flatMap((severity) =>
    all.filter((alert) => alert.severity === severity),
  );
}
