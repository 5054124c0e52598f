import type { Gate } from "./gate.ts";

/**
 * Begins every piece of work in its order, as soon as the gate has a place for it. Resolves when all have ended; rejects
 * with the first that did, while the others go on.
 */
export async function throughGate<Item>(
  items: readonly Item[],
  gate: Gate,
  run: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items].reverse();
  const running: Promise<unknown>[] = [];
  await new Promise<void>((resolve) => {
    const startWhatFits = () => {
      for (;;) {
        const item = waiting.at(-1);
        if (item === undefined) return resolve();
        const release = gate.enter();
        if (release === undefined) return gate.onFree(startWhatFits);
        waiting.pop();
        running.push(run(item).finally(release));
      }
    };
    startWhatFits();
  });
  await Promise.all(running);
}
