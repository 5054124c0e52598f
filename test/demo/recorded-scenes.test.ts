import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type HaproxyVersion, haproxyVersions } from "../../src/demo/haproxy-version.ts";
import { type MasterAnswer, statusAnswer } from "../../src/demo/health-check.ts";
import { statusText } from "../../src/demo/status-text.ts";
import { readCsv, shapeOf, shapeOfMetrics } from "../support/page-shape.ts";
import { createWorld, type World } from "../support/world.ts";

const [first, second, third] = ["k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-3"] as const;

/** How each recorded scene came about, as the recordings' index tells it. */
const scenes: Readonly<Record<string, (world: World) => void>> = {
  "all-up": settle,
  "down-l4con": (world) => goDown(world, { kind: "refuse" }),
  "down-l4con-unreachable": (world) => goDown(world, { kind: "no-route" }),
  "down-l4tout": (world) => goDown(world, { kind: "dark" }),
  "down-l6rsp": (world) => goDown(world, { kind: "plain-text" }),
  "down-l6tout": (world) => goDown(world, { kind: "tls-silence" }),
  "down-l7tout": (world) => goDown(world, { kind: "hang" }),
  "down-l7rsp": (world) => goDown(world, { kind: "babble" }),
  "down-l7sts-500": (world) => goDown(world, statusAnswer(500)),
  "down-l7sts-200-while-expect-401": (world) => goDown(world, statusAnswer(200)),
  "hostile-esc": (world) => goDown(world, statusAnswer(500, "\x1b[31mRED\x1b[0m\x1b]0;title\x07")),
  "hostile-json-breaking": (world) => goDown(world, statusAnswer(500, 'a"b\\c\x01d')),
  "hostile-quotes-comma": (world) => waver(world, 'say "hi", ok,; <b>x</b> \\ back'),
  "hostile-tab-del-bs": (world) => waver(world, "a\tb\bc\x7fd\x0be"),
  "hostile-long": (world) => waver(world, "L".repeat(300)),
  "going-down-up-1-2": (world) => waver(world, "Internal Server Error"),
  "going-up-down-1-2": (world) => {
    goDown(world, { kind: "refuse" });
    world.fleet.answer(first, statusAnswer(401));
    untilText(world, "DOWN 1/2");
  },
  drain: (world) => {
    settle(world);
    world.post(`s=${first}&action=drain&b=k8s-de1-kube-api`);
  },
  "drain-going-down-1-2": (world) => {
    scenes["drain"]?.(world);
    world.fleet.answer(first, statusAnswer(500));
    untilText(world, "DRAIN 1/2");
  },
  "drain-and-down": (world) => {
    scenes["drain"]?.(world);
    world.fleet.answer(first, statusAnswer(500));
    untilText(world, "DOWN");
  },
  "drain-and-going-up": (world) => {
    scenes["drain-and-down"]?.(world);
    world.fleet.answer(first, statusAnswer(401));
    untilText(world, "DOWN 1/2");
  },
  maint: (world) => {
    settle(world);
    world.post(`s=${first}&action=maint&b=k8s-de1-kube-api`);
  },
  "all-maint-backend-zero-usable": (world) => {
    settle(world);
    world.post(`s=${first}&s=${second}&s=${third}&action=maint&b=k8s-de1-kube-api`);
  },
  "all-drain-backend-zero-usable": (world) => {
    scenes["all-maint-backend-zero-usable"]?.(world);
    world.post(`s=${first}&s=${second}&s=${third}&action=drain&b=k8s-de1-kube-api`);
  },
  "all-down-backend-zero-usable": (world) => {
    settle(world);
    for (const master of world.fleet.masters) world.fleet.answer(master, { kind: "refuse" });
    world.until((haproxy) => haproxy.servers.every((server) => statusText(server) === "DOWN"));
  },
  "check-in-progress": (world) => {
    settle(world);
    world.fleet.answer(first, statusAnswer(401, "Unauthorized", 700));
    world.until(({ servers: [server] }) => (server?.last?.durationMs ?? 0) >= 700 && server?.checkRuns === true);
  },
  "nolb-by-post": (world) => {
    settle(world);
    world.post(`s=${first}&action=hnolb&b=k8s-de1-kube-api`);
  },
  "hdown-by-post": (world) => {
    settle(world);
    world.post(`s=${first}&action=hdown&b=k8s-de1-kube-api`);
  },
  "health-checks-disabled-by-post": (world) => {
    settle(world);
    world.post(`s=${first}&action=dhlth&b=k8s-de1-kube-api`);
  },
};

describe.each(haproxyVersions)("the embedded HAProxy %s", (version) => {
  for (const [scene, happen] of Object.entries(scenes)) {
    const recorded = comparable(recording(version, `${scene}.csv`), scene);
    if (recorded !== undefined) {
      it(`serves the page of "${scene}" as it was recorded, but for what counts`, () => {
        const world = createWorld({ version });
        happen(world);
        const page = world.page("/;csv;norefresh");
        expect(readCsv(page).names).toEqual(readCsv(recorded).names);
        expect(shapeOf(page)).toEqual(shapeOf(recorded));
      });
    }
    const metrics = recording(version, `${scene}.server.metrics`);
    if (metrics !== undefined) {
      it(`serves /metrics?scope=server of "${scene}" as it was recorded`, () => {
        const world = createWorld({ version });
        happen(world);
        expect(shapeOfMetrics(world.page("/metrics?scope=server"))).toEqual(shapeOfMetrics(metrics));
      });
    }
  }
  for (const [file, uri] of Object.entries(variants)) {
    const recorded = comparable(recording(version, file), file);
    if (recorded === undefined) continue;
    it(`answers ${uri} as ${file}`, () => {
      const world = createWorld({ version });
      scenes[file.split(".")[0] ?? ""]?.(world);
      expect(shapeOf(world.page(uri))).toEqual(shapeOf(recorded));
    });
  }

  for (const [file, uri] of metricsQueries) {
    const recorded = recording(version, file);
    if (recorded === undefined) continue;
    it(`answers ${uri} as ${file}`, () => {
      const world = createWorld({ version });
      scenes[file.split(".")[0] ?? ""]?.(world);
      expect(shapeOfMetrics(world.page(uri))).toEqual(shapeOfMetrics(withoutTheLab(recorded)));
    });
  }
});

/** The lab's machine had a resolver and a name of its own, and its process a memory of its own. */
function withoutTheLab(text: string): string {
  return text.replaceAll(/^.*haproxy_resolver_.*\n/gm, "").replace('{node="vm"}', '{node="node01"}');
}

const filtered =
  "haproxy_server_status,haproxy_server_check_status,haproxy_process_start_time_seconds," +
  "haproxy_process_build_info,haproxy_process_node";

const metricsQueries: readonly (readonly [string, string])[] = [
  ["all-up.metrics", "/metrics"],
  ["all-up.global.metrics", "/metrics?scope=global"],
  ["all-up.backend.metrics", "/metrics?scope=backend"],
  ["maint.no-maint.server.metrics", "/metrics?no-maint&scope=server"],
  ["all-up.filter.metrics", `/metrics?metrics=${filtered}`],
];

const variants: Readonly<Record<string, string>> = {
  "all-up.variant-up.csv": "/;up;csv;norefresh",
  "all-up.variant-scope.csv": "/;csv;norefresh;scope=k8s-de1",
  "down-l4con.variant-up.csv": "/;up;csv;norefresh",
  "down-l4con.variant-no-maint.csv": "/;csv;no-maint;norefresh",
  "maint.variant-no-maint.csv": "/;csv;no-maint;norefresh",
};

function settle(world: World): void {
  world.until((haproxy) => haproxy.servers.every((server) => statusText(server) === "UP" && !server.checkRuns));
}

function goDown(world: World, answer: MasterAnswer): void {
  settle(world);
  world.fleet.answer(first, answer);
  untilText(world, "DOWN");
}

function waver(world: World, phrase: string): void {
  settle(world);
  world.fleet.answer(first, statusAnswer(500, phrase));
  untilText(world, "UP 1/2");
}

function untilText(world: World, text: string): void {
  world.until((haproxy) => {
    const [server] = haproxy.servers;
    return server !== undefined && statusText(server) === text && haproxy.servers.every((each) => !each.checkRuns);
  });
}

/** The sample's own proxies, and the last finished result where a recording caught a check under way by chance. */
function comparable(page: string | undefined, scene: string): string | undefined {
  const lines = page
    ?.split("\n")
    .filter((line) => /^(?:#|stats|kubernetes_master_kube_api|k8s-de1-kube-api|$)/.test(line));
  const text = lines?.join("\n");
  return scene === "check-in-progress" ? text : text?.replaceAll(",* L7OK,0,", ",L7OK,401,");
}

function recording(version: HaproxyVersion, file: string): string | undefined {
  try {
    return readFileSync(new URL(`../fixtures/stats/haproxy-${version}-${file}`, import.meta.url), "latin1");
  } catch {
    return undefined;
  }
}
