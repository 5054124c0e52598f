import { scryptSync } from "node:crypto";
import { encrypt } from "unixcrypt";
import { UserError } from "../domain/user-error.ts";

/** What every copy of the sample has, so that it is known to everybody. Source: captures/sample-rendered.cfg. */
const SAMPLE_PASSWORD = "yoursupersecretpassword";

/** Whose password it is. The same password of another user or cluster must not be seen to be the same. */
export type PasswordOf = { readonly cluster: string; readonly user: string };

/**
 * The hash of a password for a userlist of HAProxy, in the form of crypt(3): SHA-512, "$6$".
 * Shape: the same for the same password, user and cluster, so that a file that is made again is the same file. The salt
 * therefore follows from all three, by a function as slow as the hash: a quick one would let guesses be tried on the salt.
 */
export function hashPassword(password: string, { cluster, user }: PasswordOf): string {
  const bytes = scryptSync(password, `k3s-lb stats user\0${cluster}\0${user}`, 16);
  const salt = [...bytes].map((byte) => SALT_LETTERS[byte % 64]).join("");
  return encrypt(password, `$6$${salt}`);
}

const SALT_LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Refuses the password that everybody knows; `what` it is the password of. Errors: a UserError. */
export function refuseSamplePassword(password: string, what: string): void {
  if (password !== SAMPLE_PASSWORD) return;
  throw new UserError(
    `${what} is the one of the published sample, which everybody knows; nothing is generated with it`,
    "Choose another: openssl rand -base64 24",
  );
}
