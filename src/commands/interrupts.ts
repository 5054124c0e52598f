/** A signal that asks the program to end. */
export type Interrupt = "SIGINT" | "SIGTERM" | "SIGHUP";

/** The wish to stop. `first` resolves with the first SIGINT, SIGTERM or SIGHUP; the second one ends the process at once. */
export type Interrupts = {
  readonly first: Promise<Interrupt>;
  isStopped(): boolean;
  forget(): void;
};

/**
 * Watches for Ctrl-C, SIGTERM and a terminal that goes away, for actions that must tell what they have done before they go.
 * Signals belong to the process as a whole; the shell has none.
 */
export function watchInterrupts(): Interrupts {
  const signals: readonly Interrupt[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  const { promise: first, resolve } = Promise.withResolvers<Interrupt>();
  let isStopped = false;
  const hear = (signal: NodeJS.Signals): void => {
    if (isStopped) process.exit(130);
    isStopped = true;
    resolve(signals.find((each) => each === signal) ?? "SIGINT");
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
