import { compareNames } from "../domain/fold.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { mostHosts } from "./host-pattern.ts";

/** Variables by name. Values are as the source has them: texts, numbers, lists, mappings. */
export type Vars = Map<string, unknown>;

/** A group of an inventory. `vars` stand in the inventory itself, `fileVars` in a file of group_vars. */
export type Group = {
  readonly name: string;
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly parents: Set<string>;
  readonly vars: Vars;
  readonly fileVars: Vars;
};

type Host = { readonly groups: Set<string>; readonly vars: Vars; readonly fileVars: Vars };

/**
 * An Ansible inventory while it is read, and after it.
 * Shape: `all` and `ungrouped` are always there. The same host may be added to many groups.
 * Errors: `UserError` for more hosts than an inventory has, and for groups that hold each other.
 */
export class Inventory {
  readonly groups: Map<string, Group> = new Map();
  readonly hosts: Map<string, Host> = new Map();
  readonly #file: string;
  #ranks: ReadonlyMap<string, number> | undefined;
  #depths: ReadonlyMap<string, number> | undefined;

  constructor(file: string) {
    this.#file = file;
    this.addGroup("all");
    this.addGroup("ungrouped");
  }

  addGroup(name: string): Group {
    const known = this.groups.get(name);
    if (known !== undefined) return known;
    const group: Group = {
      name,
      hosts: new Set(),
      children: new Set(),
      parents: new Set(),
      vars: new Map(),
      fileVars: new Map(),
    };
    this.groups.set(name, group);
    this.#forget();
    return group;
  }

  addHost(name: string, group: string): Host {
    const host = this.hosts.get(name) ?? { groups: new Set(), vars: new Map(), fileVars: new Map() };
    if (!this.hosts.has(name) && this.hosts.size >= mostHosts) {
      throw new UserError(`${this.#file}: more than ${mostHosts} hosts; no fleet has so many. Is it the right file?`);
    }
    this.hosts.set(name, host);
    if (group === "all") return host;
    host.groups.add(group);
    this.addGroup(group).hosts.add(name);
    return host;
  }

  addChild(parent: string, child: string): void {
    if (child === "all") return;
    this.addGroup(parent).children.add(child);
    this.addGroup(child).parents.add(parent);
    this.#forget();
  }

  /** How far each group is below `all`, by the longest way. Errors: a `UserError` for a cycle. */
  depths(): ReadonlyMap<string, number> {
    if (this.#depths !== undefined) return this.#depths;
    const depths = new Map<string, number>([["all", 0]]);
    const waiting = new Map<string, number>();
    const ready: string[] = [];
    for (const group of this.groups.values()) {
      const parents = [...group.parents].filter((parent) => parent !== "all");
      waiting.set(group.name, parents.length);
      if (parents.length === 0 && group.name !== "all") {
        depths.set(group.name, 1);
        ready.push(group.name);
      }
    }
    for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
      for (const child of this.groups.get(name)?.children ?? []) {
        depths.set(child, Math.max(depths.get(child) ?? 1, (depths.get(name) ?? 0) + 1));
        const left = (waiting.get(child) ?? 1) - 1;
        waiting.set(child, left);
        if (left === 0) ready.push(child);
      }
    }
    const isStuck = (name: string): boolean => name !== "all" && (waiting.get(name) ?? 0) > 0;
    const stuck = [...waiting.keys()].find(isStuck);
    if (stuck !== undefined) {
      const circle = this.#cycle(stuck, isStuck).map((name) => cleanText(name));
      throw new UserError(
        `${this.#file}: the groups ${circle.slice(0, 10).join(" > ")} hold each other; expected children without a circle`,
      );
    }
    this.#depths = depths;
    return depths;
  }

  /** Up through parents, which never come to an end here, until one comes twice. */
  #cycle(from: string, isStuck: (name: string) => boolean): readonly string[] {
    const way = [from];
    for (;;) {
      const parents = this.groups.get(way[0] ?? "")?.parents ?? [];
      const parent = [...parents].find(isStuck) ?? from;
      const twice = way.indexOf(parent);
      if (twice >= 0) return [parent, ...way.slice(0, twice + 1)];
      way.unshift(parent);
    }
  }

  /** Every group that holds the host, itself or through its children, `all` first: whoever comes later weighs more. */
  groupsOf(host: string): readonly Group[] {
    const own = [...(this.hosts.get(host)?.groups ?? [])].filter((name) => name !== "ungrouped");
    const names = new Set<string>(["all"]);
    const open = own.length === 0 ? ["ungrouped"] : own;
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (names.has(name)) continue;
      names.add(name);
      open.push(...(this.groups.get(name)?.parents ?? []));
    }
    this.#ranks ??= this.#rank();
    const ranks = this.#ranks;
    return [...names]
      .sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
      .flatMap((name) => this.groups.get(name) ?? []);
  }

  /** The hosts of a group and of all groups below it. */
  hostsIn(group: string): ReadonlySet<string> {
    if (group === "all") return new Set(this.hosts.keys());
    const seen = new Set<string>();
    const hosts = new Set<string>();
    const open = [group];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const host of this.groups.get(name)?.hosts ?? []) hosts.add(host);
      open.push(...(this.groups.get(name)?.children ?? []));
    }
    return hosts;
  }

  /** By depth, then `ansible_group_priority`, then name. */
  #rank(): ReadonlyMap<string, number> {
    const depths = this.depths();
    const priority = ({ vars, fileVars }: Group): number => {
      const value = Number(fileVars.get("ansible_group_priority") ?? vars.get("ansible_group_priority") ?? 1);
      return Number.isFinite(value) ? value : 1;
    };
    const sorted = [...this.groups.values()].sort(
      (a, b) =>
        (depths.get(a.name) ?? 0) - (depths.get(b.name) ?? 0) ||
        priority(a) - priority(b) ||
        (a.name < b.name ? -1 : 1),
    );
    return new Map(sorted.map(({ name }, rank) => [name, rank]));
  }

  #forget(): void {
    this.#depths = undefined;
    this.#ranks = undefined;
  }

  /**
   * A host's variables as Ansible lays them over each other: groups by depth, then group_vars, then the host's own,
   * then host_vars.
   */
  varsOf(host: string): Vars {
    const groups = this.groupsOf(host);
    const own = this.hosts.get(host);
    return new Map([
      ...groups.flatMap(({ vars }) => [...vars]),
      ...groups.flatMap(({ fileVars }) => [...fileVars]),
      ...(own?.vars ?? []),
      ...(own?.fileVars ?? []),
    ]);
  }

  /** Every host, in natural order. */
  hostNames(): readonly string[] {
    return [...this.hosts.keys()].sort(compareNames);
  }
}
