import { createJudgedInterval } from "../app/judged-interval.ts";
import { createPoller } from "../app/poller.ts";
import { createStore } from "../app/store.ts";
import { createAssessor } from "../domain/assess.ts";
import type { Fleet } from "../domain/inventory.ts";
import type { ClusterDeps } from "../ui/start-screen.ts";
import { configFlag } from "./admin-scope.ts";
import { DEFAULT_PARALLEL, readParallel } from "./flag-values.ts";
import { openIntents, watchIntents } from "./open-ledger.ts";
import { openReader } from "./open-reader.ts";
import type { Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";
import { createTopAnnounce } from "./top-announce.ts";
import { lookOf } from "./top-look.ts";
import { createTopOperations } from "./top-operations.ts";
import { fleetOf } from "./top-options.ts";
import { openTopRecording } from "./top-recording.ts";
import type { TopSettings } from "./top-settings.ts";

/** A cluster that is polled. `end` stops that and waits for what was sent; it resolves to what is to be said then. */
export type TopCluster = { readonly deps: ClusterDeps; end(): Promise<readonly string[]> };

/** How far back the dashboard shows the ledger. */
const historyLimit = 200;

/**
 * Begins to poll a cluster, for its console. `lend` gives the terminal to a program that asks for a password.
 * Errors: a UserError for flags, secrets and the file of a recording.
 */
export async function openTopCluster(
  shell: Shell,
  whole: Fleet,
  {
    flags,
    lend,
    scope = configFlag(flags.config),
    settings,
  }: {
    readonly flags: TopFlags;
    readonly settings: TopSettings;
    /** The flag by which a copied command finds this fleet, behind a blank. */
    readonly scope?: string | undefined;
    readonly lend: <Result>(run: () => Promise<Result>) => Promise<Result>;
  },
): Promise<TopCluster> {
  const fleet = fleetOf(whole, flags);
  const parallel = flags.parallel === undefined ? DEFAULT_PARALLEL : readParallel(flags.parallel);
  const open = () => openReader(shell, fleet.nodes);
  const { reader, clock } = asksAtTerminal(fleet) ? await lend(open) : await open();
  const alone = flags.backend !== undefined;
  const recording = await openTopRecording(shell, {
    ...{ fleet, clock, isAlone: alone, store: createStore(), path: flags.record },
  });
  const { store } = recording;
  const poller = createPoller({ nodes: fleet.nodes, reader, clock, store, parallel });
  const assess = createAssessor(fleet);
  const judged = createJudgedInterval(clock, poller.intervalMs());
  let redraw = () => {};
  const warnings: string[] = [];
  const readIntents = openIntents(shell, fleet.cluster, (text) => warnings.push(text));
  const intents = watchIntents(readIntents, clock, () => {
    recording.facts(intents.current());
    redraw();
  });
  const ledger = () => {
    const facts = intents.current();
    return facts && { facts, wallMs: clock.wall() };
  };
  const operations =
    flags.readOnly === true || fleet.admin.readOnly === true
      ? undefined
      : createTopOperations(shell, {
          ...{ fleet, alone, reader, clock, store, parallel },
          intents: () => intents.current()?.intents ?? [],
        });
  const look = lookOf(shell, flags, settings);
  const announce = createTopAnnounce(shell, fleet, {
    arrow: look.glyphs.arrow,
    clock,
    flags,
    warn: (text) => warnings.push(text),
  });
  poller.start();
  return {
    deps: {
      fleet,
      clock,
      look,
      read: (nowMs) => assess(store.records, nowMs, { alone, intervalMs: judged.at(nowMs), ledger: ledger() }),
      watch(listener) {
        redraw = listener;
        return store.subscribe(listener);
      },
      poller: {
        ...poller,
        setIntervalMs(next) {
          judged.set(next);
          recording.interval(next);
          poller.setIntervalMs(next);
        },
      },
      operations,
      recording,
      history: async () => (await import("./read-operations.ts")).readOperations(shell, fleet.cluster, historyLimit),
      announce,
      scope,
    },
    async end() {
      intents.stop();
      poller.stop();
      await Promise.all([operations?.end(), announce?.end()]);
      const said = [...warnings, ...(await recording.end())];
      await reader.close();
      return said;
    },
  };
}

/** Whether a password comes from a program, which may ask for another one at the terminal. */
export function asksAtTerminal({ nodes }: Fleet): boolean {
  return nodes.some(({ stats }) => stats.password?.kind === "command");
}
