import type { Operation } from "../domain/history.ts";

/** What is known of earlier operations; `absent` where this console has no ledger to read. */
export type PastState =
  | { readonly kind: "absent" }
  | { readonly kind: "loading" }
  | { readonly kind: "known"; readonly operations: readonly Operation[] }
  | { readonly kind: "failed"; readonly text: string };

/** The ledger's operations, read when somebody looks at them and again when the ledger has grown. */
export type Past = {
  /** Told at every frame: whether the page is open, and how far the ledger goes. */
  watch(isOpen: boolean, lastAtMs: number | undefined): void;
  state(): PastState;
};

/** `read` gives the newest operations first; `changed` is called when there is something new to draw. */
export function createPast(read: (() => Promise<readonly Operation[]>) | undefined, changed: () => void): Past {
  let state: PastState = { kind: read === undefined ? "absent" : "loading" };
  let readTo: number | undefined | "never" = "never";
  let isReading = false;

  async function load(from: () => Promise<readonly Operation[]>): Promise<void> {
    isReading = true;
    try {
      state = { kind: "known", operations: await from() };
    } catch (error) {
      state = { kind: "failed", text: error instanceof Error ? error.message : String(error) };
    } finally {
      isReading = false;
      changed();
    }
  }

  return {
    watch(isOpen, lastAtMs) {
      if (!isOpen || read === undefined || isReading || readTo === lastAtMs) return;
      readTo = lastAtMs;
      void load(read);
    },
    state: () => state,
  };
}
