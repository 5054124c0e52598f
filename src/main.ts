// The entry of the built program, started by the launcher (.ci/launcher.cjs) once Node is known to be new enough.
import { main } from "./cli.ts";

// A dead name server would hold the end of this process for 10 s and more, as neither Node nor exit() can call a lookup
// off; a poll waits for no name that long. Programs that are started from here get the environment as it was.
const env = { ...process.env };
process.env["RES_OPTIONS"] ??= "timeout:1 attempts:1";
// Node looks four names up at a time, which a fleet of host names would queue for. Read when the first one is.
process.env["UV_THREADPOOL_SIZE"] ??= "64";

void main(process.argv.slice(2), {
  env,
  cwd: process.cwd(),
  // Opened when it is read: that takes 4 ms, and most commands never do.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
