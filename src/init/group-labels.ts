import type { Inventory } from "./inventory.ts";

const LABEL = "group";
const LABEL_NAME = /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/;

/**
 * Makes labels of an inventory's groups, so that --node @group=rack-a and --node @gpu work, and that what failing nodes
 * have in common can be named.
 * Shape: `group` is the group nearest to the host; every other group is a label of its own name with the value
 * "member". Groups that hold all of these hosts say nothing, and the standard ones neither.
 */
export function groupLabels(
  inventory: Inventory,
  hosts: readonly string[],
  standard: ReadonlySet<string>,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const counts = new Map<string, number>();
  const groupsOf = new Map(hosts.map((host) => [host, inventory.groupsOf(host).map(({ name }) => name)]));
  for (const groups of groupsOf.values()) {
    for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const says = (group: string): boolean =>
    !standard.has(group) && counts.get(group) !== hosts.length && LABEL_NAME.test(group);
  return new Map(
    hosts.map((host) => {
      const own = inventory.hosts.get(host)?.groups ?? new Set();
      const groups = (groupsOf.get(host) ?? []).filter(says);
      // Those that come last weigh most in Ansible: the deepest ones.
      const nearest = groups.findLast((group) => own.has(group)) ?? groups.at(-1);
      const others = groups.filter((group) => group !== nearest && group !== LABEL).map((group) => [group, "member"]);
      return [host, { ...Object.fromEntries(others), ...(nearest !== undefined && { [LABEL]: nearest }) }];
    }),
  );
}
