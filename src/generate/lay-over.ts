import type { HaproxyFixId } from "../domain/haproxy-fixes.ts";
import type { AdminRule, Fleet, FleetCheck } from "../domain/inventory.ts";

/** What the flags of one run say in place of the fleet file. `undefined`: as the file has it. */
export type FleetChanges = {
  readonly expect: FleetCheck["expect"] | undefined;
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly admin: AdminRule | undefined;
  readonly vpnInterface: string | undefined;
  /** Fixes to leave out, and fixes to write although the fleet file leaves them out. */
  readonly without: readonly HaproxyFixId[];
  readonly with: readonly HaproxyFixId[];
};

/** The fleet as this run is to write it. */
export function layOver(fleet: Fleet, changes: FleetChanges): Fleet {
  const { check, haproxy } = fleet;
  const without = new Set([...haproxy.without, ...changes.without]);
  for (const fix of changes.with) without.delete(fix);
  return {
    ...fleet,
    check: {
      ...check,
      expect: changes.expect ?? check.expect,
      ca: changes.ca ?? check.ca,
      cert: changes.cert ?? check.cert,
    },
    haproxy: {
      ...haproxy,
      without: [...without],
      admin: changes.admin ?? haproxy.admin,
      vpnInterface: changes.vpnInterface ?? haproxy.vpnInterface,
    },
  };
}
