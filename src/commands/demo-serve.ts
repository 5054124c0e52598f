import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { demoFleetFile, fleetFileHeading } from "../demo/demo-fleet-file.ts";
import { type DemoOptions, type OpenDemo, openDemo } from "../demo/open-demo.ts";
import { UserError } from "../domain/user-error.ts";
import { print, type Shell } from "./shell.ts";

/**
 * `demo --serve`: the fleet runs until Ctrl-C or SIGTERM. The fleet file's path goes to stdout as soon as every node
 * listens, what to try and each step of the incident to stderr.
 * Errors: a `UserError` where the fleet file cannot be written.
 */
export async function serveDemo(shell: Shell, options: DemoOptions, file: string | undefined): Promise<number> {
  const target = file === undefined ? undefined : resolve(shell.cwd, file);
  if (target !== undefined) await refuseToOverwrite(target);
  const end = watchForEnd();
  const startedAtMs = Date.now();
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-demo-"));
  const path = target ?? join(folder, "k3s-lb.yaml");
  let demo: OpenDemo | undefined;
  let written: string | undefined;
  try {
    demo = await openDemo(options, (step) =>
      shell.stderr.write(`${String(Math.round((Date.now() - startedAtMs) / 1000)).padStart(4)} s  ${step.text}\n`),
    );
    written = await writeFleetFile(demo, folder, path);
    await print(shell, `${path}\n`);
    shell.stderr.write(whatToTry(demo, path, join(folder, "password")));
    await end.signalled;
    return 0;
  } finally {
    end.forget();
    await demo?.close();
    // Somebody else's text may stand there by now, another demo's too.
    if (written !== undefined && (await textOf(path)) === written) await rm(path);
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFleetFile(demo: OpenDemo, folder: string, path: string): Promise<string> {
  const passwordPath = join(folder, "password");
  await writeFile(passwordPath, `${demo.password}\n`, { mode: 0o600 });
  await chmod(passwordPath, 0o600);
  try {
    const text = demoFleetFile(demo.fleet, demo.endpoints, passwordPath);
    await writeFile(path, text);
    return text;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : error;
    throw new UserError(
      `cannot write the fleet file ${path} (${reason})`,
      "Name a path in a folder that you may write.",
    );
  }
}

/** Somebody's own fleet file must not be lost to a demo; an earlier demo's, left by a crash, may be replaced. */
async function refuseToOverwrite(path: string): Promise<void> {
  const present = await textOf(path);
  if (present === undefined || present.startsWith(fleetFileHeading)) return;
  throw new UserError(`${path} is there already and is not a demo's fleet file`, "Name another path, or none.");
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

function whatToTry(demo: OpenDemo, path: string, passwordPath: string): string {
  const [first] = demo.endpoints;
  const config = `--config ${path}`;
  return `${demo.endpoints.length} nodes are listening on loopback. In another terminal, try

  k3s-lb ${config} top
  k3s-lb ${config} status -o wide
  k3s-lb ${config} drain 2
  curl -u "admin:$(cat ${passwordPath})" 'http://${first?.address}:${first?.port}/;csv;norefresh'

Ctrl-C ends the fleet and removes its files.
`;
}

/**
 * Watches from the beginning, so that an early Ctrl-C cleans up as well.
 * Signals belong to the process as a whole: the shell has none, and no other command needs them outside the screen.
 */
function watchForEnd(): { readonly signalled: Promise<void>; forget(): void } {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const { promise: signalled, resolve } = Promise.withResolvers<void>();
  // A timer on a far date keeps the process alive, which signal handlers do not.
  const alive = setInterval(() => undefined, 2 ** 30);
  const hear = (): void => resolve();
  for (const signal of signals) process.on(signal, hear);
  return {
    signalled,
    forget() {
      clearInterval(alive);
      for (const signal of signals) process.off(signal, hear);
    },
  };
}
