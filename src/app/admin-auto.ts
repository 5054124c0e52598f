import { describeReply, describeWay, type ReplyWords, type Way } from "../domain/describe-reply.ts";
import type { AdminVia, FleetNode } from "../domain/inventory.ts";
import type { RouteName, RouteReply } from "../domain/outcome.ts";
import { chooseWays, isDenied, isInVain, isProved } from "./admin-choice.ts";
import type { AdminRoute, AdminRoutes, RouteMemory, Sent } from "./admin-route.ts";

/** The routes there are. `loopback` is http to 127.0.0.1, for nodes that are this machine. */
export type Ways = Readonly<Record<Way, AdminRoute>>;

export type AutoOptions = {
  readonly ways: Ways;
  readonly memory: RouteMemory;
  /** From `--via`; where it is not given, each node's own `admin.via` holds. */
  readonly via: AdminVia | undefined;
  /** Whether a node is the machine that this runs on. */
  readonly isHere: (node: FleetNode) => Promise<boolean>;
};

/**
 * All routes behind one choice per node: goes on to the next way only where surely nothing was done, and remembers what
 * worked. The answer says which route acted and, way by way, what came back.
 */
export function createAdminRoutes({ ways, memory, via, isHere }: AutoOptions): AdminRoutes {
  /** The way that acted on a node, in this run: "http" may have been the loopback. */
  const acted = new Map<string, Way>();

  const note = (node: FleetNode, way: Way) => {
    acted.set(node.name, way);
    const name = routeName(way);
    if (memory.get(node.name) !== name) memory.set(node.name, name);
  };

  return {
    async send(node, order, deadlineMs, mayGo) {
      const remembered = memory.get(node.name);
      const tries: Try[] = [];
      let isHeld = false;
      const mayStillGo = async () => {
        isHeld = mayGo !== undefined && !(await mayGo());
        return !isHeld;
      };
      for (const way of chooseWays({ via: via ?? node.admin.via, remembered, isHere: await isHere(node) })) {
        // The way before may have waited long, and not every way asks by itself.
        if (tries.length > 0 && !(await mayStillGo())) break;
        const { hint, ...reply } = await ways[way].send(node, order, deadlineMs, mayStillGo);
        tries.push({ way, reply, words: describeReply(way, reply, node, hint) });
        if (isProved(reply)) note(node, way);
        if (isHeld || !isInVain(way, reply, node.stats.password !== undefined)) break;
      }
      return summarize(tries, node);
    },
    read(node, route, deadlineMs) {
      const way = acted.get(node.name);
      return ways[way !== undefined && routeName(way) === route ? way : route].read(node, deadlineMs);
    },
    stop() {
      for (const route of Object.values(ways)) route.stop?.();
    },
    async close() {
      await Promise.all(Object.values(ways).map((route) => route.close()));
    },
  };
}

type Try = { readonly way: Way; readonly reply: RouteReply; readonly words: ReplyWords };

/**
 * What counts is the last reply; but a node that said no by one way has said so, even where the other way was not
 * passable: then that no is the answer, and the advice is on the way that would have been open.
 */
function summarize(tries: readonly Try[], node: FleetNode): Sent {
  const last = tries.at(-1);
  if (last === undefined) throw new Error("there is a way to every node");
  const heard = tries.findLast(({ reply }) => reply.kind !== "not-sent") ?? last;
  const blocked = tries.findLast(({ reply }) => reply.kind === "not-sent");
  const { hint } = (isDenied(heard.reply) ? (blocked ?? heard) : heard).words;
  return {
    reply: heard.reply,
    route: routeName(heard.way),
    tried:
      tries.length > 1
        ? tries.map(({ words }) => words.text)
        : isProved(last.reply)
          ? []
          : [describeWay(last.way, node)],
    ...(hint === undefined ? {} : { hint }),
  };
}

function routeName(way: Way): RouteName {
  return way === "loopback" ? "http" : way;
}
