import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { generatePrometheus } from "../../src/generate/prometheus.ts";
import { droppedCheckStates, scrapedMetrics, scrapedScopes } from "../../src/generate/prometheus-metrics.ts";
import { captured, capturedFiles } from "../support/captured.ts";
import { inputOf } from "../support/generate-input.ts";
import { type RealHaproxy, skipsRealHaproxy, startRealHaproxy } from "../support/real-haproxy.ts";
import { startTlsMasters, type TlsMaster } from "../support/tls-masters.ts";

/** The labels with which a rule expects each metric. */
function expectedLabels(name: string): string {
  if (name.startsWith("haproxy_server_")) return /_status$/.test(name) ? "proxy,server,state" : "proxy,server";
  return name.endsWith("build_info") ? "version" : "";
}

/** The label names of every metric in an answer. */
function labelsByMetric(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^(\w+)(?:\{(.*)\})? /gm)].map(([, name = "", labels = ""]) => [
      name,
      [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label).join(),
    ]),
  );
}

function statesIn(text: string, metric: string): readonly string[] {
  return [
    ...new Set([...text.matchAll(new RegExp(`^${metric}\\{.*state="(\\w+)"`, "gm"))].map(([, state = ""]) => state)),
  ];
}

function expectAllIn(text: string): void {
  const seen = labelsByMetric(text);
  expect(scrapedMetrics.map((name) => [name, seen.get(name)])).toEqual(
    scrapedMetrics.map((name) => [name, expectedLabels(name)]),
  );
  expect(statesIn(text, "haproxy_server_status").toSorted()).toEqual(["DOWN", "DRAIN", "MAINT", "NOLB", "UP"]);
  expect(statesIn(text, "haproxy_server_check_status")).toEqual(expect.arrayContaining([...droppedCheckStates]));
}

const versions = capturedFiles(/-all-up\.server\.metrics$/).map((file) => file.replace("server.metrics", ""));

describe("what is scraped", () => {
  it("was recorded from 2.4 to 3.5", () => {
    expect(versions.map((version) => /\d+\.\d+/.exec(version)?.[0])).toEqual(["2.4", "2.6", "2.8", "3.0", "3.5"]);
  });

  it.each(versions)("is in the recorded answers of %s, with the labels that the rules use", (version) => {
    expectAllIn(scrapedScopes.map((scope) => captured(`${version}${scope}.metrics`).toString()).join(""));
  });
});

describe.skipIf(skipsRealHaproxy())("what is scraped from a real HAProxy", () => {
  let masters: readonly TlsMaster[];
  let haproxy: RealHaproxy;
  beforeAll(async () => {
    masters = await startTlsMasters(3);
    haproxy = await startRealHaproxy({ masterPorts: masters.map(({ port }) => port) });
  });
  afterAll(async () => {
    await haproxy.stop();
    await Promise.all(masters.map((master) => master.close()));
  });

  it("is in its answer to the query of the generated configuration", async () => {
    const [file] = generatePrometheus(inputOf());
    const [job] = parse(file?.text ?? "").scrape_configs;
    const query = new URLSearchParams();
    for (const [name, values] of Object.entries<string[]>(job.params))
      for (const one of values) query.append(name, one);
    const url = `http://127.0.0.1:${haproxy.statsPort}${job.metrics_path}?${query}`;
    const authorization = `Basic ${Buffer.from(`${job.basic_auth.username}:${haproxy.password}`).toString("base64")}`;
    const ask = () => fetch(url, { headers: { authorization } }).then((answer) => answer.text());
    // Before its first checks have ended it has no duration of them to tell.
    await expect.poll(ask, { timeout: 10_000 }).toContain("haproxy_server_check_duration_seconds{");
    expectAllIn(await ask());
  });
});
