import { createCanvas } from "./canvas.ts";
import type { ConsoleDeps } from "./console-parts.ts";
import { createConsole } from "./controller.ts";
import { clipboardBytes } from "./copy.ts";
import { createKeyboard } from "./keyboard.ts";
import { mount } from "./mount.tsx";
import type { Size } from "./picture.ts";

/** The terminal as the screen needs it; `io/terminal.ts` fits it. */
export type ScreenTerminal<Ending> = {
  readonly ended: Promise<Ending>;
  size(): Size;
  suspend(): void;
  setMouse(isOn: boolean): void;
  onResize(listener: (size: Size) => void): void;
  onSuspend(listener: (isSuspended: boolean) => void): void;
};

export type ScreenDeps<Ending> = Omit<ConsoleDeps, "terminal" | "quit"> & {
  readonly terminal: ScreenTerminal<Ending>;
  /** Whether the mouse is listened to; without it the terminal selects text as it always does. */
  readonly mouse: boolean;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
};

/**
 * Draws until the viewer quits or the terminal ends it; the keyboard is given back, the screen is not yet left.
 * Errors: rejects with what a component threw.
 */
export async function startScreen<Ending>(deps: ScreenDeps<Ending>): Promise<Ending | { readonly kind: "interrupt" }> {
  const { stdin, stdout, terminal } = deps;
  const canvas = createCanvas(stdout, terminal.size());
  const { promise: left, resolve: quit } = Promise.withResolvers<{ readonly kind: "interrupt" }>();
  const console = createConsole(
    {
      ...deps,
      terminal: {
        repaint: canvas.repaint,
        suspend: terminal.suspend,
        isBusy: canvas.isBusy,
        copy: (text) => stdout.write(clipboardBytes(text)),
      },
      quit: () => quit({ kind: "interrupt" }),
    },
    terminal.size(),
  );
  let isOurs = true;
  deps.announce?.onRing((bytes) => {
    if (isOurs) stdout.write(bytes);
  });
  terminal.setMouse(deps.mouse);
  const keyboard = createKeyboard(stdin, deps.clock, (reports) => {
    if (deps.mouse) console.mouse(reports);
  });
  const app = mount(console, canvas, keyboard);
  terminal.onResize((size) => {
    canvas.setSize(size);
    canvas.stream.emit("resize");
    console.resize(size);
    canvas.repaint();
  });
  terminal.onSuspend((isSuspended) => {
    isOurs = !isSuspended;
    canvas.pause(isSuspended);
    if (!isSuspended) canvas.repaint();
  });
  const stop = console.start();
  try {
    // Ink ends by itself only for an error of a component.
    return await Promise.race([left, terminal.ended, app.ended.then(() => left)]);
  } finally {
    stop();
    isOurs = false;
    canvas.pause(true);
    app.unmount();
  }
}
