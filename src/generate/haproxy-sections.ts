import type { GenerateInput } from "./generate-input.ts";
import { backendSection } from "./haproxy-backend.ts";
import { defaultsSection } from "./haproxy-defaults.ts";
import { frontendSection } from "./haproxy-frontend.ts";
import { globalSection } from "./haproxy-global.ts";
import { listenSection } from "./haproxy-listen.ts";
import type { HaproxySection } from "./haproxy-section.ts";
import { userlistSection } from "./haproxy-userlist.ts";

/**
 * HAProxy's configuration of the pattern, in the sample's order.
 * Shape: with `sectionsOnly` without `global` and `defaults`.
 * Errors: `UserError` for what the fleet file says and one HAProxy, or one file for all nodes, cannot.
 */
export function haproxySections(input: GenerateInput): readonly HaproxySection[] {
  const pattern = [userlistSection(input), listenSection(input), frontendSection(input), backendSection(input)];
  return input.sectionsOnly ? pattern : [globalSection(input), defaultsSection(), ...pattern];
}
