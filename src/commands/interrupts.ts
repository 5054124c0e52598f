/** The wish to stop. `first` resolves with the first SIGINT, SIGTERM or SIGHUP; the second one ends the process at once. */
export type Interrupts = {
  readonly first: Promise<void>;
  isStopped(): boolean;
  forget(): void;
};

/**
 * Watches for Ctrl-C, SIGTERM and a terminal that goes away, for actions that must tell what they have done before they go.
 * Signals belong to the process as a whole; the shell has none.
 */
export function watchInterrupts(): Interrupts {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const { promise: first, resolve } = Promise.withResolvers<void>();
  let isStopped = false;
  const hear = (): void => {
    if (isStopped) process.exit(130);
    isStopped = true;
    resolve();
  };
  for (const signal of signals) process.on(signal, hear);
  return {
    first,
    isStopped: () => isStopped,
    forget() {
      for (const signal of signals) process.off(signal, hear);
    },
  };
}
