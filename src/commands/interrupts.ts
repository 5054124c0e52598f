/** A signal that asks the program to end. */
export type Interrupt = "SIGINT" | "SIGTERM" | "SIGHUP";

/** The wish to stop. `first` resolves with the first SIGINT, SIGTERM or SIGHUP; the second one ends the process at once. */
export type Interrupts = {
  readonly first: Promise<Interrupt>;
  isStopped(): boolean;
  forget(): void;
  /**
   * Ends the process by the signal that came, so that a shell sees who ended it and a loop in a script ends too; 0 where
   * none came. Call `forget` first.
   */
  end(): number;
};

/**
 * Watches for Ctrl-C, SIGTERM and a terminal that goes away, for actions that must tell what they have done before they go.
 * Signals belong to the process as a whole; the shell has none.
 */
export function watchInterrupts(): Interrupts {
  const signals: readonly Interrupt[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  const { promise: first, resolve } = Promise.withResolvers<Interrupt>();
  let came: Interrupt | undefined;
  const hear = (signal: NodeJS.Signals): void => {
    if (came !== undefined) process.exit(130);
    came = signals.find((each) => each === signal) ?? "SIGINT";
    resolve(came);
  };
  for (const signal of signals) process.on(signal, hear);
  return {
    first,
    isStopped: () => came !== undefined,
    forget() {
      for (const signal of signals) process.off(signal, hear);
    },
    end() {
      if (came === undefined) return 0;
      process.kill(process.pid, came);
      return 130;
    },
  };
}
