import { render } from "ink";
import { App } from "./App.tsx";
import type { Canvas } from "./canvas.ts";
import type { Console } from "./console-parts.ts";

/**
 * Puts the console on the canvas. Shape: `ended` rejects with the error of a component; `unmount` gives the keyboard
 * back.
 */
export function mount(
  console: Console,
  canvas: Canvas,
  stdin: NodeJS.ReadStream,
): { readonly ended: Promise<unknown>; readonly unmount: () => void } {
  const app = render(<App console={console} />, {
    stdin,
    stdout: canvas.stream,
    // Whole frames without cursor movements: the canvas draws what changed, and drops what the terminal cannot take.
    debug: true,
    // Also where CI is set: whether there is a terminal has been asked before.
    interactive: true,
    // Its output for screen readers would go through the same picture of cells; top --plain prints lines for them.
    isScreenReaderEnabled: false,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return { ended: app.waitUntilExit(), unmount: () => app.unmount() };
}
