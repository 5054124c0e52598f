import type { VaultSecret } from "./ansible-userlist.ts";
import type { GenerateInput } from "./generate-input.ts";
import { haproxyUsers } from "./haproxy-users.ts";

/** One variable of the vault, for the user that it belongs to; `placeholder` stands for the value until it is written. */
export type VaultVariable = VaultSecret & { readonly user: string; readonly placeholder: string };

/**
 * The variables that the operator's vault has to hold, one for each user of the stats listener.
 * Shape: placeholders have the form of a hash. With hashes a file needs no guard against a password that is not set,
 * which here is Ansible's to see, as it is Ansible that fills it in.
 */
export function vaultVariables(input: GenerateInput): readonly VaultVariable[] {
  const isHash = input.secrets.kind === "hash";
  return haproxyUsers(input).map(({ name, variable }, at) => {
    const password = `vault_${variable.toLowerCase()}`;
    return {
      user: name,
      placeholder: `$6$placeholder$${"x".repeat(20)}${at}`,
      variable: isHash ? password.replace(/_password$/, "_hash") : password,
      isHash,
    };
  });
}
