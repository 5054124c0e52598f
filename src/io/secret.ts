import type { SecretSource } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import { runSecretCommand } from "./secret-command.ts";
import { readSecretFile } from "./secret-file.ts";

/** Gives the secret of a source. Rejects with a `UserError` that never holds the value. */
export type ReadSecret = (source: SecretSource) => Promise<string>;

/** What reading secrets needs of the process. `commandLimitMs` is the time a command has. */
export type SecretSettings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly commandLimitMs?: number;
};

/**
 * Makes the reader of secrets for one process: every source is asked once, and a failure is not tried again either,
 * so that a password manager asks its user once and not at every poll.
 */
export function createSecretReader({ env, commandLimitMs = 30_000 }: SecretSettings): ReadSecret {
  const answers = new Map<string, Promise<string>>();
  return (source) => {
    const key = JSON.stringify(source);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = read(source, env, commandLimitMs);
    // Whoever waits for it hears of the failure; a caller that has gone away must not end the process.
    answer.catch(() => {});
    answers.set(key, answer);
    return answer;
  };
}

async function read(source: SecretSource, env: SecretSettings["env"], commandLimitMs: number): Promise<string> {
  switch (source.kind) {
    case "env":
      return readVariable(source.name, env);
    case "file":
      return oneLine(await readSecretFile(source.path), `the password file ${source.path}`);
    case "command": {
      const output = await runSecretCommand(source.argv, env, commandLimitMs);
      return oneLine(output, `the output of the password command "${source.argv[0]}"`);
    }
    case "literal":
      return oneLine(source.value, "the password in the fleet file");
  }
}

function readVariable(name: string, env: SecretSettings["env"]): string {
  const value = env[name];
  if (value) return oneLine(value, `the environment variable ${name}`);
  const state = value === undefined ? "not set" : "empty";
  throw new UserError(
    `the environment variable ${name} is ${state}; the fleet file takes the stats password from it`,
    `Set it (read -rs ${name} && export ${name}), or name a file: password: { file: path }.`,
  );
}

/** Without the line end that editors and programs add; more than one line is no password but a wrong file. */
function oneLine(text: string, what: string): string {
  const value = text.replace(/\r?\n$/, "");
  if (value === "") throw new UserError(`${what} is empty; expected the stats password`);
  if (/\p{Cc}/u.test(value)) throw new UserError(`${what} holds line ends or control characters; expected one line`);
  return value;
}
