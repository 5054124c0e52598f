import { spawn } from "node:child_process";

/**
 * Shows a page with `man -l -`, which brings its own pager, on the terminal of this process. Resolves to whether it did:
 * not every man takes a page from its input, and one that does not has shown nothing.
 * Source: man(1) of man-db; those of mandoc and of macOS take none.
 */
export function showManual(
  man: string,
  page: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  // Ctrl-C in a pager is for the pager; without this it would be left alone on the terminal.
  const stay = () => {};
  process.on("SIGINT", stay);
  return new Promise<boolean>((resolve) => {
    const child = spawn(man, ["-l", "-"], { env: { ...env }, stdio: ["pipe", "inherit", "ignore"] });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
    // Whoever quits the pager early does not read to the end.
    child.stdin.on("error", () => {});
    child.stdin.end(page);
  }).finally(() => process.off("SIGINT", stay));
}
