import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SecretSource } from "../../src/domain/inventory.ts";
import { UserError } from "../../src/domain/user-error.ts";
import { createSecretReader, type ReadSecret } from "../../src/io/secret.ts";
import { tempDir } from "../support/temp-dir.ts";

const PATH = process.env["PATH"];
const node = (script: string): SecretSource => ({ kind: "command", argv: [process.execPath, "-e", script] });

async function secretFile(text: string, mode = 0o600): Promise<SecretSource & { kind: "file" }> {
  const path = join(await tempDir(), "password");
  await writeFile(path, text);
  await chmod(path, mode);
  return { kind: "file", path };
}

async function failure(source: SecretSource, readSecret: ReadSecret): Promise<UserError> {
  const error: unknown = await readSecret(source).catch((reason: unknown) => reason);
  if (error instanceof UserError) return error;
  throw new Error(`expected a UserError, got ${String(error)}`);
}

describe("createSecretReader", () => {
  const readSecret = createSecretReader({ env: { PATH, LB: "s3cret", EMPTY: "", TWO: "a\nb" } });

  it("reads a variable, a file, a command and a literal", async () => {
    expect(await readSecret({ kind: "env", name: "LB" })).toBe("s3cret");
    expect(await readSecret(await secretFile("s3cret\n"))).toBe("s3cret");
    expect(await readSecret(node("console.log('s3cret')"))).toBe("s3cret");
    expect(await readSecret({ kind: "literal", value: "s3cret" })).toBe("s3cret");
  });

  it("strips one line end and keeps all else", async () => {
    expect(await readSecret(await secretFile(" pass word \r\n"))).toBe(" pass word ");
    expect(await readSecret(await secretFile("päss"))).toBe("päss");
  });

  it.each<[string, SecretSource, string]>([
    ["not set", { kind: "env", name: "NONE" }, "the environment variable NONE is not set"],
    ["empty", { kind: "env", name: "EMPTY" }, "the environment variable EMPTY is empty"],
    ["of two lines", { kind: "env", name: "TWO" }, "the environment variable TWO holds line ends"],
  ])("refuses a variable that is %s", async (_what, source, text) => {
    expect((await failure(source, readSecret)).message).toContain(text);
  });

  it.each([0o644, 0o640, 0o604, 0o660, 0o620])("refuses a file of mode %o and says what to type", async (mode) => {
    const source = await secretFile("s3cret", mode);
    const error = await failure(source, createSecretReader({ env: {} }));
    const shown = `0${mode.toString(8)}`;
    expect(error.message).toBe(`the password file ${source.path} is open to others (mode ${shown}); expected 0600`);
    expect(error.hint).toBe(`chmod 600 ${source.path}`);
  });

  it("takes a file of mode 0400, and judges the file behind a link and not the link", async () => {
    const source = await secretFile("s3cret", 0o400);
    await symlink(source.path, `${source.path}.link`);
    expect(await readSecret({ kind: "file", path: `${source.path}.link` })).toBe("s3cret");
  });

  it("refuses a file that is absent, empty, a directory, or no password", async () => {
    const path = await tempDir();
    await mkdir(join(path, "directory"));
    const messages = [
      await failure({ kind: "file", path: join(path, "none") }, readSecret),
      await failure({ kind: "file", path: join(path, "directory") }, readSecret),
      await failure(await secretFile("\n"), readSecret),
      await failure(await secretFile("user\nhunter2\n"), readSecret),
      await failure(await secretFile("x".repeat(70_000)), readSecret),
    ].map((error) => error.message.replaceAll(/\/\S+\//g, ""));
    expect(messages).toEqual([
      "the password file none is not there",
      "the password file directory is no plain file",
      "the password file password is empty; expected the stats password",
      "the password file password holds line ends or control characters; expected one line",
      "the password file password is too large for a password",
    ]);
  });

  it("runs a command without a shell, with the environment it was given", async () => {
    const reader = createSecretReader({ env: { PATH, LB: "s3cret" } });
    const print = "console.log(process.env.LB + process.argv[1])";
    const argv = [process.execPath, "-e", print, "$HOME;`id`"];
    expect(await reader({ kind: "command", argv })).toBe("s3cret$HOME;`id`");
  });

  it("shows what a failed command said on stderr, cleaned, and nothing of its output and arguments", async () => {
    const script = "console.log('hunter2'); console.error('\\x1b[31mno such entry'); process.exit(3)";
    const error = await failure(node(script), readSecret);
    expect(error.message).toBe(`the password command "${process.execPath}" failed (exit code 3): [31mno such entry`);
  });

  it("names a program that is not installed", async () => {
    const error = await failure({ kind: "command", argv: ["k3s-lb-no-such-program", "hunter2"] }, readSecret);
    expect(error.message).toBe('the password command "k3s-lb-no-such-program" is not installed, or not in PATH');
  });

  it("refuses a command that prints nothing, or far too much", async () => {
    expect((await failure(node(""), readSecret)).message).toContain("is empty; expected the stats password");
    const flood = node("process.stdout.on('error', () => {}); process.stdout.write('x'.repeat(1e6))");
    expect((await failure(flood, readSecret)).message).toContain("printed far more than a password");
  });

  it("kills a command that gives no answer in time, even where a child of it holds the pipe", async () => {
    const pidFile = join(await tempDir(), "pid");
    const script = `sleep 20 & echo $$ $! > '${pidFile}'; echo waiting for a passphrase >&2; wait`;
    const reader = createSecretReader({ env: { PATH }, commandLimitMs: 1500 });
    const error = await failure({ kind: "command", argv: ["sh", "-c", script] }, reader);
    const [pid, childPid] = (await readFile(pidFile, "utf8")).split(" ").map(Number);
    if (childPid !== undefined) process.kill(childPid);
    expect(error.message).toBe('the password command "sh" gave no answer within 1.5 s: waiting for a passphrase');
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("asks every source once for all callers, also when it fails", async () => {
    const log = join(await tempDir(), "log");
    const append = `require('fs').appendFileSync(${JSON.stringify(log)}, 'asked ')`;
    const reader = createSecretReader({ env: { PATH } });
    const good = node(`${append}; console.log('s3cret')`);
    expect(await Promise.all([reader(good), reader(good), reader({ ...good })])).toEqual([
      "s3cret",
      "s3cret",
      "s3cret",
    ]);
    const bad = node(`${append}; process.exit(1)`);
    await failure(bad, reader);
    await failure(bad, reader);
    expect(await readFile(log, "utf8")).toBe("asked asked ");
  });
});

function isAlive(pid: number | undefined): boolean {
  try {
    process.kill(pid ?? 0, 0);
    return true;
  } catch {
    return false;
  }
}
