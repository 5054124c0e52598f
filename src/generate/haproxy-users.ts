import { UserError } from "../domain/user-error.ts";
import type { GenerateInput } from "./generate-input.ts";
import { statsOf } from "./node-settings.ts";

/** The userlist of the stats listener. */
export const userlistName = "k3s-lb";

/** The group whose members may give orders, where `haproxy.admin` is `group`. */
export const adminGroup = "admin";

/** The user in that group. Who only watches, Prometheus included, logs in as `stats.username`. */
export const adminUser = "k3s-lb-admin";

/** A user of the stats listener; `variable` holds the password in HAProxy's environment, in the form `env`. */
export type HaproxyUser = { readonly name: string; readonly variable: string; readonly isAdmin: boolean };

/**
 * Everyone for whom a password, or a hash of one, has to be there.
 * Errors: `UserError` where the user of the stats page has the name that is kept for the one in the group.
 */
export function haproxyUsers(input: GenerateInput): readonly HaproxyUser[] {
  const reader = { name: statsOf(input).username, variable: "K3S_LB_STATS_PASSWORD", isAdmin: false };
  if (input.fleet.haproxy.admin.kind !== "group") return [reader];
  if (reader.name === adminUser) {
    throw new UserError(
      `stats.username is ${adminUser}, which is the user of the group that may give orders (haproxy.admin: group)`,
      "Give stats.username the name of who only watches, and act with K3S_LB_STATS_USERNAME=k3s-lb-admin.",
    );
  }
  return [reader, { name: adminUser, variable: "K3S_LB_ADMIN_PASSWORD", isAdmin: true }];
}
