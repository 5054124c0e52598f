import { EmbeddedHaproxy, type HaproxySettings } from "./embedded-haproxy.ts";
import type { HaproxyVersion } from "./haproxy-version.ts";
import { type MasterAnswer, statusAnswer } from "./health-check.ts";
import { createRandom } from "./random.ts";

/** The clock of the embedded world. Units: Unix milliseconds that never step back. Tests turn it by hand. */
export type DemoClock = { now(): number };

/** How a fleet is made. `uptimeMs` is how long its HAProxies have been running; half of it is spread over the nodes. */
export type DemoFleetSettings = {
  readonly nodes: number;
  readonly masters: number;
  readonly version: HaproxyVersion;
  readonly seed: number;
  readonly uptimeMs: number;
};

/** What the console meets when it connects to a node. */
export type NodeReachability = "open" | "silent" | "closed";

/** Told about a node whose connections change: it answers otherwise from now on, or its process is a new one. */
export type NodeWatcher = (node: DemoNode, what: NodeReachability | "restarted") => void;

export const demoNames = {
  cluster: "k8s-de1",
  backend: "k8s-de1-kube-api",
  frontend: "kubernetes_master_kube_api",
  username: "admin",
} as const;

const checks = { intervalMs: 1000, rise: 2, fall: 2 } as const;

/** One machine: its HAProxy process of the moment, and the paths that are cut for it. */
export class DemoNode {
  readonly name: string;
  readonly site: string;
  haproxy: EmbeddedHaproxy;
  reachability: NodeReachability = "open";
  private readonly settings: HaproxySettings;
  private readonly cutPaths = new Map<string, MasterAnswer>();
  private readonly answerOf: (master: string) => MasterAnswer;

  constructor(
    name: string,
    site: string,
    settings: HaproxySettings,
    answerOf: (master: string) => MasterAnswer,
    startedAtMs: number,
  ) {
    this.name = name;
    this.site = site;
    this.settings = settings;
    this.answerOf = answerOf;
    this.haproxy = this.start(startedAtMs);
  }

  cut(master: string, how: MasterAnswer): void {
    this.cutPaths.set(master, how);
  }

  heal(master: string): void {
    this.cutPaths.delete(master);
  }

  /** Replaces the process: admin states, counters and sessions are gone. */
  restart(nowMs: number): void {
    this.haproxy = this.start(nowMs);
  }

  private start(startedAtMs: number): EmbeddedHaproxy {
    return new EmbeddedHaproxy(
      this.settings,
      (master) => this.cutPaths.get(master) ?? this.answerOf(master),
      startedAtMs,
    );
  }
}

/**
 * A fleet of embedded HAProxies and the masters they check: the world that a demo or a test changes. Every change goes
 * through here, because all nodes have to live up to that moment under the old world first.
 */
export class DemoFleet {
  readonly nodes: readonly DemoNode[];
  readonly masters: readonly string[];
  readonly settings: DemoFleetSettings;
  private readonly answers = new Map<string, MasterAnswer>();
  private readonly clock: DemoClock;
  private readonly watchers = new Set<NodeWatcher>();

  constructor(settings: DemoFleetSettings, clock: DemoClock) {
    this.settings = settings;
    this.clock = clock;
    this.masters = Array.from({ length: settings.masters }, (_, index) => `${demoNames.cluster}-master-${index + 1}`);
    for (const master of this.masters) this.answers.set(master, statusAnswer(401));
    const random = createRandom(settings.seed);
    const digits = Math.max(2, String(settings.nodes).length);
    const sites = Math.min(3, settings.nodes);
    this.nodes = Array.from({ length: settings.nodes }, (_, index) => {
      const name = `node${String(index + 1).padStart(digits, "0")}`;
      const site = "abc".charAt(Math.floor((index * sites) / settings.nodes));
      const startedAtMs = clock.now() - Math.floor(settings.uptimeMs * (0.5 + random() / 2));
      return new DemoNode(
        name,
        site,
        {
          version: settings.version,
          nodeName: name,
          frontend: demoNames.frontend,
          backend: demoNames.backend,
          servers: this.masters,
          checks,
          expect: [401],
          heldConnections: 3 + Math.floor(random() * 6),
          seed: Math.floor(random() * 2 ** 32),
        },
        (master) => this.answers.get(master) ?? { kind: "dark" },
        startedAtMs,
      );
    });
  }

  now(): number {
    return this.clock.now();
  }

  /** Tells `watcher` about every node that changes its connections; returns the end of it. */
  watch(watcher: NodeWatcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** The node's process, lived up to now. */
  visit(node: DemoNode): EmbeddedHaproxy {
    node.haproxy.advance(this.clock.now());
    return node.haproxy;
  }

  answer(master: string, answer: MasterAnswer): void {
    this.settle();
    this.answers.set(master, answer);
  }

  cutPath(nodes: readonly DemoNode[], master: string, how: MasterAnswer = { kind: "dark" }): void {
    for (const node of nodes) {
      this.visit(node);
      node.cut(master, how);
    }
  }

  healPath(nodes: readonly DemoNode[], master: string): void {
    for (const node of nodes) {
      this.visit(node);
      node.heal(master);
    }
  }

  restart(node: DemoNode): void {
    node.restart(this.clock.now());
    for (const watcher of this.watchers) watcher(node, "restarted");
  }

  reach(node: DemoNode, reachability: NodeReachability): void {
    node.reachability = reachability;
    for (const watcher of this.watchers) watcher(node, reachability);
  }

  /** Posts the admin form on a node as somebody on that node's own shell would. */
  command(nodes: readonly DemoNode[], master: string, action: string): void {
    for (const node of nodes) {
      this.visit(node).post({ body: `s=${master}&action=${action}&b=${demoNames.backend}`, isAllowed: true });
    }
  }

  private settle(): void {
    for (const node of this.nodes) this.visit(node);
  }
}
