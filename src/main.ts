// The entry of the built program, started by the launcher (.ci/launcher.cjs) once Node is known to be new enough.
import { main } from "./cli.ts";

void main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
