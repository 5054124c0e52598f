import process from "node:process";

/** Why the terminal is no longer ours to draw on. A bug carries what was thrown. */
export type Ending =
  | { readonly kind: "interrupt" }
  | { readonly kind: "terminate" }
  | { readonly kind: "hangup" }
  | { readonly kind: "bug"; readonly error: unknown };

/**
 * The terminal, borrowed: alternate screen, no cursor, keys unechoed. `leave` gives it back and may be called at any
 * time and twice; `suspend` stops the program as Ctrl-Z does and comes back when it is continued.
 * Units: `onResize` tells columns and rows, when they have stood still for a tenth of a second.
 */
export type Terminal = {
  readonly ended: Promise<Ending>;
  size(): { readonly columns: number; readonly rows: number };
  suspend(): void;
  /** Gives the terminal back while `run` works with it: a password program may ask there. */
  lend<Result>(run: () => Promise<Result>): Promise<Result>;
  leave(): void;
  /** Whether the mouse is reported (it is not at first): then the terminal selects text with Shift only. */
  setMouse(isOn: boolean): void;
  onResize(listener: (size: { readonly columns: number; readonly rows: number }) => void): void;
  /** Before the program stops, and when it is back on a screen that holds nothing of ours. */
  onSuspend(listener: (isSuspended: boolean) => void): void;
};

/** What is pasted is to be marked as such (2004): it is no row of keys. Source: xterm, ctlseqs, bracketed paste. */
const enterScreen = "\u001b[?1049h\u001b[?2004h\u001b[?25l\u001b[2J\u001b[H";
/** Buttons and wheel (1000) in decimal numbers (1006), and nothing of where it moves. Source: xterm, ctlseqs, mouse tracking. */
const mouseOn = "\u001b[?1000;1006h";
/** Every mode of the mouse, also those that a program which died before this one has left on. */
const mouseOff = "\u001b[?1000;1002;1003;1006l";
/** Ends an unfinished synchronized update first: a terminal that waits for its end would show nothing. */
const leaveScreen = `\u001b[?2026l\u001b[0m\u001b[?25h${mouseOff}\u001b[?2004l\u001b[?1049l`;
const settleMs = 100;

/**
 * Takes the terminal and watches for every way in which it can be lost. Signals and crashes are the process's own and
 * can be had nowhere else, so this file reads `process`.
 */
export function openTerminal(stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): Terminal {
  let isOurs = false;
  let isOver = false;
  let hasMouse = false;
  let resized: NodeJS.Timeout | undefined;
  let tellResize: ((size: { columns: number; rows: number }) => void) | undefined;
  let tellSuspend: ((isSuspended: boolean) => void) | undefined;
  const { promise: ended, resolve: end } = Promise.withResolvers<Ending>();

  const size = () => {
    const [columns, rows] = stdout.isTTY ? stdout.getWindowSize() : [0, 0];
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  };
  const attempt = (run: () => void) => {
    try {
      run();
    } catch {
      // The terminal is gone; whoever waits for `ended` has been told or is about to be.
    }
  };
  const take = () => {
    isOurs = true;
    attempt(() => stdin.setRawMode(true));
    attempt(() => stdout.write(enterScreen + mouseOff + (hasMouse ? mouseOn : "")));
  };
  const giveBack = () => {
    if (!isOurs) return;
    isOurs = false;
    attempt(() => stdout.write(leaveScreen));
    attempt(() => stdin.setRawMode(false));
  };

  /** `group` is whom to stop: the whole pipeline by a key, this process alone by a signal that came to it alone. */
  const stop = (group: 0 | number) => {
    if (isOver || !isOurs) return;
    tellSuspend?.(true);
    giveBack();
    // By the signal's own default, which the kernel leaves out where nobody could continue us.
    process.off("SIGTSTP", onStop);
    process.off("SIGCONT", onContinue);
    process.kill(group, "SIGTSTP");
    process.on("SIGCONT", onContinue);
    process.on("SIGTSTP", onStop);
    take();
    tellSuspend?.(false);
    onWindow();
  };
  const onStop = () => stop(process.pid);
  /** After SIGSTOP nobody could give anything back; the shell has set its own modes meanwhile. */
  const onContinue = () => {
    if (isOver || !isOurs) return;
    attempt(() => stdin.setRawMode(false));
    take();
    tellSuspend?.(false);
    onWindow();
  };
  const onWindow = () => {
    clearTimeout(resized);
    resized = setTimeout(() => tellResize?.(size()), settleMs);
  };
  const onInterrupt = () => end({ kind: "interrupt" });
  const onTerminate = () => end({ kind: "terminate" });
  const onHangup = () => end({ kind: "hangup" });
  const onBug = (error: unknown) => end({ kind: "bug", error });

  const leave = () => {
    giveBack();
    if (isOver) return;
    isOver = true;
    clearTimeout(resized);
    process.off("exit", giveBack);
    process.off("SIGTSTP", onStop);
    process.off("SIGCONT", onContinue);
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
    process.off("SIGHUP", onHangup);
    process.off("uncaughtException", onBug);
    process.off("unhandledRejection", onBug);
    stdout.off("resize", onWindow);
    stdin.off("end", onHangup);
    // Errors of a lost terminal may still come; without a listener they would end in a stack.
    stdin.pause();
    stdin.unref();
  };

  process.on("exit", giveBack);
  process.on("SIGTSTP", onStop);
  process.on("SIGCONT", onContinue);
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  process.on("SIGHUP", onHangup);
  process.on("uncaughtException", onBug);
  process.on("unhandledRejection", onBug);
  stdout.on("resize", onWindow);
  stdout.on("error", onHangup);
  stdin.on("error", onHangup);
  stdin.on("end", onHangup);
  take();

  return {
    ended,
    size,
    suspend: () => stop(0),
    async lend(run) {
      giveBack();
      try {
        return await run();
      } finally {
        if (!isOver) take();
      }
    },
    leave,
    setMouse(isOn) {
      if (isOn === hasMouse) return;
      hasMouse = isOn;
      if (isOurs) attempt(() => stdout.write(isOn ? mouseOn : mouseOff));
    },
    onResize(listener) {
      tellResize = listener;
    },
    onSuspend(listener) {
      tellSuspend = listener;
    },
  };
}
