// The entry of the built program. Plain enough for an old Node to parse, so that it can say what it needs.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `k3s-lb needs Node 22.19 or newer; this is Node ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exit(1);
}
const { main } = await import("./cli.ts");
process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
